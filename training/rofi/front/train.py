"""Trains the network that sees what is in front of a face, on drawn scenes.

python -m rofi.front.train --scenes FOLDER --worn FILE --run FOLDER --minutes 40
"""

import argparse
import math
import time
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from rofi.front.lessons import Scenes, batches
from rofi.front.network import FrontNetwork
from rofi.front.worn import FRONT, UNSURE
from rofi.provenance import provenance

AVERAGE = 0.998
WARM_UP = 100
STEEPEST = 1.0
# Pixels of 128² that count as little: a face without things may have no more of them than one with small things.
LITTLE = 30.0
EVERY = 60
"""Seconds between checkpoints."""


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """Logits [b, 128, 128] against labels: cross-entropy, and overlap of each face."""
    sure, target = (labels != UNSURE).float(), (labels == FRONT).float()
    entropy = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    share = torch.sigmoid(logits) * sure
    common, both = (share * target).sum((1, 2)), (share + target).sum((1, 2))
    overlap = (2 * common + LITTLE) / (both + LITTLE)
    return (entropy * sure).sum() / sure.sum().clamp(min=1) + 0.3 * (1 - overlap).mean()


def main() -> None:
    """Train for some minutes more; the rate falls to nothing by then, unless told to stay."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=Path, required=True)
    parser.add_argument("--worn", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--stay", action="store_true", help="at the full rate to the end")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    network = FrontNetwork().to(memory_format=torch.channels_last)
    average = deepcopy(network).requires_grad_(False)
    optimiser = torch.optim.AdamW(network.parameters(), lr=arguments.rate, weight_decay=0.02)
    arguments.run.mkdir(parents=True, exist_ok=True)
    file, step = arguments.run / "front.pt", 0
    if file.exists():
        state = torch.load(file, weights_only=True)
        for part, name in ((network, "weights"), (average, "network"), (optimiser, "optimiser")):
            part.load_state_dict(state[name])
        step = state["step"]
    first, losses = step, []
    began = saved = time.monotonic()
    made = provenance(arguments.seed, [*arguments.scenes.glob("*.npy"), arguments.worn])
    for images, labels in batches(
        Scenes(arguments.scenes, arguments.worn), arguments.batch, np.random.default_rng([arguments.seed, step])
    ):
        done = (time.monotonic() - began) / 60 / arguments.minutes
        fall = 1 if arguments.stay else 0.5 + 0.5 * math.cos(math.pi * min(done, 1))
        for group in optimiser.param_groups:
            group["lr"] = arguments.rate * min(1, (step - first + 1) / WARM_UP) * fall
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(images.contiguous(memory_format=torch.channels_last))
        loss = loss_of(logits[:, 0].float(), labels)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), STEEPEST)
        optimiser.step()
        step += 1
        keep_average(average, network, min(AVERAGE, step / (step + 10)))
        losses.append(loss.item())
        if done >= 1 or time.monotonic() - saved > EVERY or step in (10, 50, 200):
            print(f"{step} steps, {done:.2f} done, loss {np.mean(losses):.4f}", flush=True)
            state = {"network": average.state_dict(), "weights": network.state_dict()}
            partial = file.with_suffix(".partial")
            torch.save(state | {"optimiser": optimiser.state_dict(), "step": step, "made": made}, partial)
            partial.replace(file)
            saved, losses = time.monotonic(), []
        if done >= 1:
            break


@torch.no_grad()
def keep_average(average: nn.Module, network: nn.Module, share: float) -> None:
    """Moves an average towards a network's weights and statistics."""
    for mean, now in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        if mean.dtype.is_floating_point:
            mean.lerp_(now, 1 - share)


if __name__ == "__main__":
    main()
