"""Trains the sign detector from image-level labels on pre-drawn eye crops.

Usage: python -m rofi.signs.train --cache DIR --out detector.pt [--minutes 25] [--threads 1]
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from .cache import MARGIN
from .detector import SignScorer, region_score
from .draw import KINDS

Arrays = dict[str, np.ndarray]
CROPS = ((80, 112), (64, 80), (48, 64), (32, 48))
"""Heights and widths of the random crops: the whole eye region, and parts of it."""
_CROP_CHANCES = ((0.55, (0.0, 0.05, 0.35, 0.6)), (0.8, (0.1, 0.3, 0.4, 0.2)), (1.01, (0.4, 0.3, 0.25, 0.05)))
"""Their chances up to each share of the run: small and fast first."""
_SOFT_MAX = ((0.2, 6), (0.6, 4), (0.85, 2), (1.01, 1))
"""Regions averaged up to each share of the run: many at first, the paper's maximum at last."""
_KINDS_WEIGHT = 0.5


def load_shards(folder: Path, seen: set[str]) -> list[Arrays]:
    """Shards of the cache that are not in `seen`, which grows by their names."""
    fresh = [path for path in sorted(folder.glob("shard-???.npz")) if path.name not in seen]
    seen.update(path.name for path in fresh)
    return [dict(np.load(path)) for path in fresh]


def crop_origin(
    bounds: np.ndarray, size: tuple[int, int], limit: tuple[int, int], rng: np.random.Generator
) -> list[int]:
    """A random place of a crop that holds `bounds` (top, left, bottom, right) if it is large enough."""
    origin = []
    for axis in range(2):
        low, high = int(bounds[axis]), int(bounds[axis + 2])
        most = limit[axis] - size[axis]
        first, last = max(0, high + 2 - size[axis]), min(most, low - 2)
        if first > last:
            first = last = int(np.clip((low + high - size[axis]) // 2, 0, most))
        origin.append(int(rng.integers(first, last + 1)))
    return origin


def make_batch(
    pool: Arrays, pairs: int, size: tuple[int, int], rng: np.random.Generator
) -> tuple[torch.Tensor, torch.Tensor]:
    """Crops [2·pairs, 3, h, w] in [-1, 1] and labels [2·pairs, 1 + kinds], any sign first.

    A crop lies round what was drawn, so the eye's label stays true of it; its healthy twin is cut at the same
    place, so the place tells nothing.
    """
    chosen = rng.integers(len(pool["crops"]), size=pairs)
    crops = np.empty((pairs, 2, *size, 3), np.uint8)
    for row, index in enumerate(chosen):
        if size == CROPS[0]:
            top, left = rng.integers(0, 2 * MARGIN + 1, 2)
        else:
            top, left = crop_origin(pool["bounds"][index], size, pool["crops"].shape[2:4], rng)
        crops[row] = pool["crops"][index, :, top : top + size[0], left : left + size[1]]
    kinds = pool["labels"][chosen].astype(np.float32)
    labels = np.zeros((pairs, 2, 1 + kinds.shape[1]), np.float32)
    labels[:, 1, 0], labels[:, 1, 1:] = 1, kinds
    pixels = torch.from_numpy(crops).permute(0, 1, 4, 2, 3).float() / 127.5 - 1
    gains = torch.from_numpy(rng.normal(1, 0.1, (pairs, 1, 1, 1, 1)).astype(np.float32))
    return (pixels * gains).clamp(-1, 1).flatten(0, 1), torch.from_numpy(labels).flatten(0, 1)


def gather(shards: list[Arrays]) -> Arrays:
    """All shards as one pool."""
    return {key: np.concatenate([shard[key] for shard in shards]) for key in shards[0]}


def losses_of(pooled: torch.Tensor, labels: torch.Tensor) -> dict[str, torch.Tensor]:
    """Cross-entropy of any sign and of each kind, and ranking: a sick eye must score above its healthy twin.

    pooled: image logits [2·pairs, 1 + kinds], healthy and sick in turn; labels: the same shape, 0 or 1.
    """
    each = functional.binary_cross_entropy_with_logits(pooled, labels, reduction="none")
    ranking = functional.softplus(pooled[::2] - pooled[1::2]) * labels[1::2]
    return {
        "any": each[:, 0].mean(),
        "kinds": _KINDS_WEIGHT * each[:, 1:].sum(1).mean(),
        "any ranked": ranking[:, 0].mean(),
        "kinds ranked": _KINDS_WEIGHT * ranking[:, 1:].sum(1).mean(),
    }


def optimiser_for(scorer: SignScorer, rate: float, decay: float) -> torch.optim.AdamW:
    """AdamW with weight decay on the kernels only."""
    kernels = [p for p in scorer.parameters() if p.ndim > 1]
    others = [p for p in scorer.parameters() if p.ndim == 1]
    groups = [{"params": kernels, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.99))


def main() -> None:
    """Runs the training for a fixed time and writes the checkpoint every minute."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--decay", type=float, default=0.05)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    scorer = SignScorer(extra=len(KINDS)).to(device, memory_format=torch.channels_last)
    if args.start:
        scorer.load_state_dict(torch.load(args.start, weights_only=True))
    optimiser = optimiser_for(scorer, args.rate, args.decay)
    seen: set[str] = set()
    shards = load_shards(args.cache, seen)
    pool = gather(shards)
    began = saved = time.monotonic()
    step, losses = 0, []
    while (progress := (time.monotonic() - began) / 60 / args.minutes) < 1:
        for group in optimiser.param_groups:
            group["lr"] = args.rate * min(1.0, (step + 1) / 100) * 0.5 * (1 + np.cos(np.pi * progress))
        chances = next(chances for share, chances in _CROP_CHANCES if progress < share)
        size = CROPS[rng.choice(len(CROPS), p=chances)]
        pixels, labels = make_batch(pool, args.batch // 2, size, rng)
        pixels = pixels.to(device, memory_format=torch.channels_last)
        regions = next(count for share, count in _SOFT_MAX if progress < share)
        with torch.autocast(device.type, torch.bfloat16):
            logits = scorer(pixels)
        terms = losses_of(region_score(logits.float(), regions), labels.to(device))
        loss = sum(terms.values())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(scorer.parameters(), 5.0)
        optimiser.step()
        losses.append([term.item() for term in terms.values()])
        step += 1
        if time.monotonic() - saved > 60:
            saved = time.monotonic()
            means = dict(zip(terms, np.mean(losses, axis=0).round(3).tolist(), strict=True))
            print(f"{progress:.2f} step {step} eyes {2 * len(pool['crops'])} {means}", flush=True)
            losses.clear()
            torch.save(scorer.state_dict(), args.out)
            fresh = load_shards(args.cache, seen)
            if fresh:
                shards += fresh
                pool = gather(shards)
    torch.save(scorer.state_dict(), args.out)


if __name__ == "__main__":
    main()
