"""Trains the sign detector's scorer on cached features, from image labels, from the drawn masks, or from both.

The features are those of the exported network and stay as they are. A run goes on from its checkpoint.

Usage: python -m rofi.signs.train --cache DIR --run DIR [--learn both] [--minutes 20] [--threads 1]
"""

import argparse
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .detector import SignScorer, recover, region_score
from .features import START, load_shards
from .metrics import COVERED

LESSONS = ("labels", "masks", "both")
_WARM_UP = 30
_RANKED_WEIGHT = 0.5
_HARDEST = 8
"""Of every eye's healthy regions those that count are the ones that look most like a sign."""
_AVERAGE, _SOME = 0.99, 40


@dataclass(frozen=True)
class Batch:
    """Both eyes of faces, each face healthy and sick.

    features: [faces, 2, 2, 1024, h, w]. coverage: share of each region that a sign covers, [faces, 2, h, w]. sick: 1
    for eyes with a sign, [faces, 2].
    """

    features: Tensor
    coverage: Tensor
    sick: Tensor


def batches(folder: Path, faces: int, rng: np.random.Generator) -> Iterator[Batch]:
    """Batches for ever, of all shards there are so far.

    Raises FileNotFoundError when there are none.
    """
    seen: set[str] = set()
    shards: list[dict[str, np.ndarray]] = []
    while True:
        shards += load_shards(folder, seen)
        if not shards:
            raise FileNotFoundError(f"{folder} has no features: run rofi.signs.features first")
        for place in rng.permutation(len(shards)):
            shard = shards[place]
            order = rng.permutation(len(shard["labels"]))
            for start in range(0, len(order) - faces + 1, faces):
                chosen = order[start : start + faces]
                arrays = (shard["features"][chosen], shard["coverage"][chosen], shard["labels"][chosen].max(-1))
                yield Batch(*(torch.from_numpy(array.astype(np.float32)) for array in arrays))


def label_losses(logits: Tensor, sick: Tensor) -> dict[str, Tensor]:
    """The paper's: cross-entropy of the highest region; and a sick eye must score above its healthy twin.

    logits: [faces, 2, 2, h, w]: healthy and sick, right and left. sick: [faces, 2].
    """
    pooled = region_score(logits)
    labelled = functional.binary_cross_entropy_with_logits(pooled[:, 1], sick)
    ranked = functional.softplus(pooled[:, 0] - pooled[:, 1]) * sick
    return {"label": functional.softplus(pooled[:, 0]).mean() + labelled, "ranked": _RANKED_WEIGHT * ranked.mean()}


def region_losses(logits: Tensor, coverage: Tensor) -> dict[str, Tensor]:
    """Cross-entropy of the regions that a drawn sign covers, and of the healthy ones that look most like one.

    Regions at a sign's border count for neither.
    """
    most = coverage.flatten(2).amax(-1)[..., None, None]
    positive = (coverage >= most.clamp(max=COVERED)) & (coverage > 0.02)
    border = functional.max_pool2d((coverage > 0.01).float(), 3, 1, 1) > 0
    covered = functional.softplus(-logits[:, 1]) * positive
    each = positive.sum((-1, -2)).clamp(min=1)
    # Every sign weighs the same, however small it is.
    covered = (covered.sum((-1, -2)) / each).sum() / (most > 0.02).sum().clamp(min=1)
    clean = torch.stack([functional.softplus(logits[:, 0]), functional.softplus(logits[:, 1]) * ~border], 1)
    return {"covered": covered, "clean": clean.flatten(-2).topk(_HARDEST, -1).values.mean()}


def losses_of(logits: Tensor, batch: Batch, learn: str) -> dict[str, Tensor]:
    """All losses of a lesson: one of LESSONS."""
    terms = {} if learn == "masks" else label_losses(logits, batch.sick)
    return terms if learn == "labels" else terms | region_losses(logits, batch.coverage)


class Heads(nn.Module):
    """A scorer's linear maps, in features of unit size, so that each learns as fast as the other."""

    def __init__(self, scorer: SignScorer, size: Tensor) -> None:
        super().__init__()
        self.scorer = scorer
        self.maps = nn.ParameterDict(
            {
                name: nn.Parameter(getattr(scorer, name).weight[0, :, 0, 0].detach() * size)
                for name in ("linear", "other", "both")
            }
        )
        self.bias = nn.Parameter(scorer.linear.bias.detach().clone())
        self.register_buffer("size", size)

    def forward(self, features: Tensor) -> Tensor:
        """Features [faces, 2, 2, 1024, h, w] → logits [faces, 2, 2, h, w]."""
        weights = torch.stack([self.maps[name] for name in ("linear", "other", "both")]) / self.size
        flat = features.flatten(0, 2)
        own, other, both = functional.conv2d(flat, weights[:, :, None, None]).unflatten(0, (-1, 2)).unbind(2)
        around = functional.avg_pool2d(other, 3, 1, 1, count_include_pad=False).flip(1)
        logits = own + around + both.mean((1, 2, 3))[:, None, None, None] + self.bias
        return logits.unflatten(0, (-1, 2))

    def fill(self, state: dict[str, Tensor]) -> SignScorer:
        """The scorer with the maps of a state of this module."""
        with torch.no_grad():
            for name in self.maps:
                getattr(self.scorer, name).weight.copy_((state[f"maps.{name}"] / self.size)[None, :, None, None])
            self.scorer.linear.bias.copy_(state["bias"])
        return self.scorer


def sizes(folder: Path) -> Tensor:
    """Root mean square of each feature over some healthy faces, [1024]."""
    first = min(folder.glob("features-???.npz"))
    some = torch.from_numpy(np.load(first)["features"][:_SOME, 0].astype(np.float32))
    return some.square().mean((0, 1, 3, 4)).sqrt().clamp(min=1e-2)


def begin(start: Path) -> SignScorer:
    """The scorer to train: the exported network's features, scores that are learned anew."""
    scorer = SignScorer()
    recover(scorer, start)
    for part in (scorer.linear, scorer.other, scorer.both):
        nn.init.zeros_(part.weight)
    nn.init.constant_(scorer.linear.bias, -2.0)
    return scorer


def main() -> None:
    """Trains for some minutes more, and writes checkpoint and losses every minute."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--start", type=Path, default=START, help="exported network to begin with")
    parser.add_argument("--learn", choices=LESSONS, default="both")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--steps", type=int, help="stop after so many steps, whatever the time")
    parser.add_argument("--faces", type=int, default=24, help="in a batch; each is four eyes")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--decay", type=float, default=1e-2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.run.mkdir(parents=True, exist_ok=True)
    checkpoint = args.run / "sign_detector.pt"
    heads = Heads(begin(args.start), sizes(args.cache))
    trained = [*heads.maps.values(), heads.bias]
    optimiser, step = torch.optim.AdamW(trained, lr=args.rate, weight_decay=args.decay, betas=(0.9, 0.99)), 0
    names = [name for name, _ in heads.named_parameters() if not name.startswith("scorer.")]
    average = {name: heads.get_parameter(name).detach().clone() for name in names}
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        with torch.no_grad():
            for name in names:
                heads.get_parameter(name).copy_(state["heads"][name])
        optimiser.load_state_dict(state["optimiser"])
        average, step = state["average"], state["step"]

    def save(losses: list[list[float]], terms: list[str]) -> None:
        partial = checkpoint.with_suffix(".partial")
        state = {
            "heads": {name: heads.get_parameter(name).detach() for name in names},
            "average": average,
            "optimiser": optimiser.state_dict(),
            "step": step,
            "scorer": heads.fill(average).state_dict(),
        }
        torch.save(state, partial)
        os.replace(partial, checkpoint)
        line = {"step": step, "learn": args.learn, "seconds": round(time.monotonic() - began)}
        line |= dict(zip(terms, np.mean(losses, axis=0).round(4).tolist(), strict=True))
        with (args.run / "sign_detector.jsonl").open("a") as file:
            file.write(json.dumps(line) + "\n")
        print(line, flush=True)

    began = saved = time.monotonic()
    first, losses = step, []
    for batch in batches(args.cache, args.faces, np.random.default_rng([args.seed, step])):
        done = step - first
        progress = (time.monotonic() - began) / 60 / args.minutes if args.steps is None else done / args.steps
        if progress >= 1:
            break
        rate = float(args.rate * min(1.0, (done + 1) / _WARM_UP) * (0.02 + 0.49 * (1 + np.cos(np.pi * progress))))
        for group in optimiser.param_groups:
            group["lr"] = rate
        terms = losses_of(heads(batch.features), batch, args.learn)
        optimiser.zero_grad()
        sum(terms.values()).backward()
        optimiser.step()
        step += 1
        share = min(_AVERAGE, step / (step + 10))
        for name in names:
            average[name].lerp_(heads.get_parameter(name).detach(), 1 - share)
        losses.append([term.item() for term in terms.values()])
        if time.monotonic() - saved > 60:
            save(losses, list(terms))
            saved, losses = time.monotonic(), []
    if losses:
        save(losses, list(terms))


if __name__ == "__main__":
    main()
