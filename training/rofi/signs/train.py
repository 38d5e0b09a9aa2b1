"""Trains the sign detector's scorer, from image labels, from the drawn masks, or from both.

Begins with the exported network's features and goes on from its own checkpoint. The rate falls to nothing by the end of
the minutes or steps asked for.

Usage: python -m rofi.signs.train --cache DIR --run DIR [--learn both] [--minutes 75 | --steps 3000] [--threads 1]
"""

import argparse
import json
import math
import os
import time
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from ..data import ROOT
from ..provenance import provenance
from .detector import SignScorer, recover
from .losses import LESSONS, losses_of
from .views import Batch, batches

START = ROOT.parent / "public" / "models" / "sign_detector.onnx"
_WARM_UP = 60
_STEEPEST = 2.0
"""Norm that a step's gradient is cut to."""
_AVERAGE = 0.995
_EVERY = 60
"""Seconds between checkpoints."""
_DIVERGED, _SLOWER = 20.0, 0.5
"""A run whose loss is so high goes on from its last checkpoint, with so much of the rate."""


def begin(start: Path) -> SignScorer:
    """The scorer to train: the exported network's features, scores that are learned anew."""
    scorer = SignScorer()
    recover(scorer, start)
    with torch.no_grad():
        for part in (scorer.linear, scorer.other, scorer.both):
            part.weight[0] = 0
        scorer.linear.bias[0] = -2
        scorer.mix.weight.zero_()
    return scorer.to(memory_format=torch.channels_last)


def logits_of(scorer: SignScorer, batch: Batch) -> Tensor:
    """Logits [faces, 2, 2, h, w] of a batch. A sick face's healthy eye is its twin's and is looked at once."""
    faces = len(batch.sick)
    sick = batch.sick.flatten().bool()
    healthy, drawn = batch.eyes[:, 0].flatten(0, 1), batch.eyes[:, 1].flatten(0, 1)
    eyes = torch.cat([healthy, drawn[sick]]).contiguous(memory_format=torch.channels_last)
    order = torch.arange(2 * faces, device=sick.device)
    twin = torch.where(sick, 2 * faces - 1 + sick.cumsum(0), order)
    pairs = torch.stack([order.view(faces, 2), twin.view(faces, 2)], 1).flatten(0, 1)
    return scorer.score(scorer.features(eyes)[pairs]).unflatten(0, (faces, 2))


class Training:
    """A scorer, its optimiser and the average of its weights, kept in a checkpoint."""

    def __init__(self, scorer: SignScorer, learn: str, rate: float, decay: float) -> None:
        self.scorer, self.average = scorer, deepcopy(scorer).requires_grad_(False)
        self.learn, self.rate, self.steps = learn, rate, 0
        self.optimiser = torch.optim.AdamW(scorer.parameters(), lr=rate, weight_decay=decay, betas=(0.9, 0.98))

    def step(self, batch: Batch, factor: float) -> dict[str, Tensor]:
        """One step at a share of the rate. Returns the losses by name."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate * factor
        device = batch.eyes.device.type
        with torch.autocast(device, torch.bfloat16):
            logits = logits_of(self.scorer, batch)
        terms = losses_of(logits.float(), batch.coverage, batch.sick, self.learn)
        self.optimiser.zero_grad()
        sum(terms.values()).backward()
        nn.utils.clip_grad_norm_(self.scorer.parameters(), _STEEPEST)
        self.optimiser.step()
        self.steps += 1
        share = min(_AVERAGE, self.steps / (self.steps + 10))
        with torch.no_grad():
            for mean, weight in zip(self.average.parameters(), self.scorer.parameters(), strict=True):
                mean.lerp_(weight, 1 - share)
        return {name: term.detach() for name, term in terms.items()}

    def save(self, file: Path, made: dict[str, object]) -> None:
        """Writes the checkpoint; the one before stays whole until then."""
        partial = file.with_suffix(".partial")
        state = {"scorer": self.average.state_dict(), "weights": self.scorer.state_dict()}
        torch.save(state | {"optimiser": self.optimiser.state_dict(), "steps": self.steps, "made": made}, partial)
        os.replace(partial, file)

    def load(self, file: Path) -> None:
        """Goes on from a checkpoint."""
        state = torch.load(file, map_location=next(self.scorer.parameters()).device, weights_only=True)
        self.average.load_state_dict(state["scorer"])
        self.scorer.load_state_dict(state["weights"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.steps = state["steps"]


def main() -> None:
    """Trains for some minutes or steps more, and writes checkpoint and losses every minute."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--start", type=Path, default=START, help="exported network to begin with")
    parser.add_argument("--learn", choices=LESSONS, default="both")
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--steps", type=int, help="stop after so many steps, whatever the time")
    parser.add_argument("--faces", type=int, default=5, help="in a batch; each is three or four eyes")
    parser.add_argument("--rate", type=float, default=4e-4)
    parser.add_argument("--decay", type=float, default=2e-2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.run.mkdir(parents=True, exist_ok=True)
    checkpoint = args.run / "sign_detector.pt"
    training = Training(begin(args.start).to(args.device), args.learn, args.rate, args.decay)
    if checkpoint.exists():
        training.load(checkpoint)
    else:
        training.save(checkpoint, {})
    began = saved = time.monotonic()
    first, losses = training.steps, []

    def progress() -> float:
        if args.steps is not None:
            return (training.steps - first) / args.steps
        return (time.monotonic() - began) / 60 / args.minutes

    for batch in batches(args.cache, args.faces, np.random.default_rng([args.seed, first]), args.device):
        warm = min(1.0, (training.steps - first + 1) / _WARM_UP)
        terms = training.step(batch, warm * (0.01 + 0.495 * (1 + math.cos(math.pi * min(progress(), 1.0)))))
        if not sum(terms.values()) < _DIVERGED:
            training.load(checkpoint)
            training.rate *= _SLOWER
            print(f"diverged: back to step {training.steps}, at a rate of {training.rate:g}", flush=True)
            losses.clear()
            continue
        losses.append(terms)
        over = progress() >= 1
        if over or time.monotonic() - saved > _EVERY:
            training.save(checkpoint, provenance(args.seed, args.cache.glob("shard-???.npz")) if over else {})
            line = {"step": training.steps, "learn": args.learn, "seconds": round(time.monotonic() - began)}
            line |= {name: round(torch.stack([each[name] for each in losses]).mean().item(), 4) for name in losses[0]}
            with (args.run / "sign_detector.jsonl").open("a") as file:
                file.write(json.dumps(line) + "\n")
            print(line, flush=True)
            saved, losses = time.monotonic(), []
        if over:
            break


if __name__ == "__main__":
    main()
