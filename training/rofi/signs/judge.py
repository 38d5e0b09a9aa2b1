"""An independent judge of signs: another architecture than the detector's, trained apart, used in figures only.

Usage: python -m rofi.signs.judge --cache DIR [--minutes 30]

Its offset is set so that it calls one in twenty of the healthy validation faces sick that settings may be chosen on.
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

from ..data import ROOT, choosing, load
from ..provenance import provenance
from .cache import eye_crop
from .eye import SIDES
from .views import Batch, batches

FILE = ROOT / "judges" / "sign_judge.pt"
_WIDTHS = ((32, 1), (64, 2), (64, 1), (128, 2), (128, 1), (192, 2), (192, 1), (192, 1))
"""Channels and stride of each block."""
_AVERAGE = 0.998
_SEED = 1
_FALSE_ALARMS = 0.05


class _Separable(nn.Module):
    """A depthwise and a pointwise convolution, with a shortcut where shapes allow."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, inputs, 5, stride, 2, groups=inputs, bias=False),
            nn.GroupNorm(4, inputs),
            nn.Conv2d(inputs, 2 * outputs, 1),
            nn.GELU(),
            nn.Conv2d(2 * outputs, outputs, 1),
        )
        self.same = inputs == outputs and stride == 1

    def forward(self, x: Tensor) -> Tensor:
        """[n, inputs, h, w] → [n, outputs, h / stride, w / stride]."""
        return x + self.body(x) if self.same else self.body(x)


class SignJudge(nn.Module):
    """Depthwise-separable convolutions; each eye is judged beside the other, as a whole: no map, no regions."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Conv2d(3, 24, 3, 2, 1), nn.GELU()]
        inputs = 24
        for width, stride in _WIDTHS:
            layers.append(_Separable(inputs, width, stride))
            inputs = width
        self.body = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.Linear(4 * inputs, 128), nn.GELU(), nn.Dropout(0.2), nn.Linear(128, 1))

    def forward(self, eyes: Tensor) -> Tensor:
        """Right and left eyes [n, 2, 3, 80, 112] in [-1, 1], noses at the right → logits [n, 2] of a sign in each."""
        maps = self.body(eyes.flatten(0, 1))
        seen = torch.cat([maps.mean((2, 3)), maps.amax((2, 3))], 1).unflatten(0, (-1, 2))
        return self.head(torch.cat([seen, seen.flip(1)], -1))[..., 0]


class Judge:
    """A trained judge, asked about whole faces."""

    def __init__(self, file: Path = FILE) -> None:
        state = torch.load(file, weights_only=True)
        self.network = SignJudge().eval()
        self.network.load_state_dict({name: weight.float() for name, weight in state["network"].items()})
        self.offset: float = state["offset"]
        self.made: dict[str, object] = state.get("made", {})

    @torch.no_grad()
    def __call__(self, image: np.ndarray) -> float:
        """Logit that one of the eyes of an aligned face, uint8 [256, 256, 3], has a sign: above 0 it says so."""
        eyes = np.stack([eye_crop(image, side) for side in SIDES]).astype(np.float32) / 127.5 - 1
        return self.network(torch.from_numpy(eyes.transpose(0, 3, 1, 2))[None]).max().item() + self.offset


def save(network: SignJudge, offset: float, made: dict[str, object], file: Path) -> None:
    """Writes a judge with half as many bits; offset: what is added to its logits."""
    file.parent.mkdir(parents=True, exist_ok=True)
    weights = {name: weight.half().cpu() for name, weight in network.state_dict().items()}
    torch.save({"network": weights, "offset": offset, "made": made}, file)


def step(network: SignJudge, optimiser: torch.optim.Optimizer, batch: Batch) -> Tensor:
    """One step on healthy and sick twins. Returns the loss."""
    device = batch.eyes.device.type
    with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
        logits = network(batch.eyes.flatten(0, 1)).float().unflatten(0, (-1, 2))
    truth = torch.stack([torch.zeros_like(batch.sick), batch.sick], 1)
    loss = F.binary_cross_entropy_with_logits(logits, truth)
    ranked = F.softplus(logits[:, 0] - logits[:, 1]) * batch.sick
    loss = loss + 0.5 * ranked.mean()
    optimiser.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return loss.detach()


def set_offset(file: Path) -> float:
    """Sets and returns a judge's offset by its false alarms on healthy faces."""
    judge, faces = Judge(file), load("val").images
    peaks = [judge(np.asarray(faces[at])) - judge.offset for at in choosing(len(faces))]
    offset = -float(np.quantile(peaks, 1 - _FALSE_ALARMS))
    save(judge.network, offset, judge.made, file)
    return offset


def train(args: argparse.Namespace) -> None:
    """Trains for args.minutes and writes args.out."""
    torch.manual_seed(_SEED)
    network = SignJudge().to(args.device)
    average = deepcopy(network).requires_grad_(False).eval()
    optimiser = torch.optim.AdamW(network.parameters(), lr=args.rate, weight_decay=0.05)
    began = reported = time.monotonic()
    for number, batch in enumerate(batches(args.cache, args.faces, np.random.default_rng(_SEED), args.device)):
        done = (time.monotonic() - began) / 60 / args.minutes
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = args.rate * min(1, (number + 1) / 200) * (0.005 + 0.4975 * (1 + math.cos(math.pi * done)))
        loss = step(network, optimiser, batch)
        with torch.no_grad():
            for mean, weight in zip(average.parameters(), network.parameters(), strict=True):
                mean.lerp_(weight, 1 - min(_AVERAGE, number / (number + 10)))
        if time.monotonic() - reported > 20:
            reported = time.monotonic()
            print(f"{number} steps, loss {loss.item():.4f}", flush=True)
    save(average, 0.0, provenance(_SEED, args.cache.glob("shard-???.npz")), args.out)


def main() -> None:
    """Trains a judge and sets its offset."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--faces", type=int, default=16, help="in a batch")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    train(args)
    print(f"offset {set_offset(args.out):.3f}")


if __name__ == "__main__":
    main()
