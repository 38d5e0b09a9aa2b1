"""Random views of cached faces: what the detector's crops of them might have been, a little askew."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from .cache import MARGIN
from .eye import CELL, COLUMNS, ROWS

HEIGHT, WIDTH = ROWS.stop - ROWS.start, COLUMNS["right"].stop - COLUMNS["right"].start
_SHIFT, _TURN, _GROWTH = 5.0, 4.0, 0.06
"""Most pixels a view is moved; standard deviations: degrees, share of size."""
_EXPOSURE, _CAST = 0.12, 0.04
_SEEN, _PIXELS = 20, 10
"""A sign shows when it changes so many pixels of the picture by so many of 255 levels."""

Shard = dict[str, np.ndarray]


@dataclass(frozen=True)
class Batch:
    """Both eyes of faces, each face healthy and sick.

    eyes: [faces, 2, 2, 3, 80, 112] in [-1, 1]: healthy and sick, right and left. coverage: share of each region that a
    sign covers, [faces, 2, 10, 14]. sick: 1 for eyes with a sign, [faces, 2].
    """

    eyes: Tensor
    coverage: Tensor
    sick: Tensor


def askew(rng: np.random.Generator) -> np.ndarray:
    """The affine map [2, 3] from a cached crop to a view, the crop's middle near the view's."""
    turn = cv2.getRotationMatrix2D(
        (WIDTH / 2 + MARGIN - 0.5, HEIGHT / 2 + MARGIN - 0.5), rng.normal(0, _TURN), np.exp(rng.normal(0, _GROWTH))
    )
    turn[:, 2] += rng.uniform(-_SHIFT, _SHIFT, 2) - MARGIN
    return turn


def view(shard: Shard, index: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """One face's eyes, float32 [2, 2, 3, 80, 112] in [-1, 1], and coverage [2, 10, 14]; the twins alike."""
    eyes, coverage = np.empty((2, 2, HEIGHT, WIDTH, 3), np.float32), []
    for side in range(2):
        place = askew(rng)
        for twin in range(2):
            crop = shard["crops"][index, twin, side]
            eyes[twin, side] = cv2.warpAffine(crop, place, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT_101)
        mask = cv2.warpAffine(shard["masks"][index, side], place, (WIDTH, HEIGHT)).astype(np.float32) / 255
        coverage.append(mask.reshape(HEIGHT // CELL, CELL, WIDTH // CELL, CELL).mean((1, 3)))
    light = rng.normal(1, _EXPOSURE) * rng.normal(1, _CAST, 3)
    seen = np.clip(eyes * light.astype(np.float32), 0, 255) / 127.5 - 1
    return seen.transpose(0, 1, 4, 2, 3), np.array(coverage)


def shown(shard: Shard) -> Shard:
    """The shard without the signs that darkness, blur or glasses hide; nobody could tell those eyes from healthy."""
    masks, labels = shard["masks"].copy(), shard["labels"].copy()
    for face, side in np.argwhere(labels.any(-1)):
        healthy, sick = shard["crops"][face, :, side].astype(np.int16)
        changed = (np.abs(sick - healthy).max(-1) >= _SEEN) & (masks[face, side] > 100)
        if changed.sum() < _PIXELS:
            masks[face, side], labels[face, side] = 0, 0
    return {"crops": shard["crops"], "masks": masks, "labels": labels}


def load_shards(folder: Path, seen: set[str]) -> list[Shard]:
    """Shards that are not in `seen`, which grows by their names."""
    fresh = [path for path in sorted(folder.glob("shard-???.npz")) if path.name not in seen]
    seen.update(path.name for path in fresh)
    return [shown(dict(np.load(path))) for path in fresh]


def chances(labels: np.ndarray) -> np.ndarray:
    """How often each face is shown, [n], summing to 1: rare signs as often as common ones. labels: [n, 2, kinds]."""
    has = labels.any(1)
    rarity = len(has) / has.shape[1] / has.sum(0).clip(min=1)
    weights = np.where(has.any(1), (has * rarity).max(1), 1.0)
    return weights / weights.sum()


def batches(folder: Path, faces: int, rng: np.random.Generator) -> Iterator[Batch]:
    """Batches for ever, of all shards there are at the beginning of each round through them.

    Raises FileNotFoundError when there are none.
    """
    seen: set[str] = set()
    shards: list[Shard] = []
    while True:
        shards += load_shards(folder, seen)
        if not shards:
            raise FileNotFoundError(f"{folder} has no shards: run rofi.signs.cache first")
        places = np.array([(at, face) for at, shard in enumerate(shards) for face in range(len(shard["labels"]))])
        often = chances(np.concatenate([shard["labels"] for shard in shards]))
        order = places[rng.choice(len(places), len(places), p=often)]
        for start in range(0, len(order) - faces + 1, faces):
            chosen = order[start : start + faces]
            eyes, coverage = zip(*(view(shards[at], face, rng) for at, face in chosen), strict=True)
            sick = [shards[at]["labels"][face].max(-1) for at, face in chosen]
            yield Batch(
                torch.from_numpy(np.stack(eyes)),
                torch.from_numpy(np.stack(coverage)),
                torch.from_numpy(np.stack(sick)).float(),
            )
