"""Random views of cached faces: what the detector's crops of them might have been, a little askew."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .cache import MARGIN
from .draw import KINDS
from .eye import CELL, COLUMNS, ROWS

HEIGHT, WIDTH = ROWS.stop - ROWS.start, COLUMNS["right"].stop - COLUMNS["right"].start
_SHIFT, _TURN, _GROWTH = 5.0, 4.0, 0.06
"""Most pixels a view is moved; standard deviations: degrees, share of size."""
_EXPOSURE, _CAST, _GAMMA = 0.12, 0.06, 0.12
_SATURATION = (0.5, 1.4)
_MOST = 100_000
"""Faces held at once, 17 GB: what has been shown most often makes room."""
_SEEN, _PIXELS = 20, 10
"""A sign shows when it changes so many pixels of the picture by so many of 255 levels."""
_HARD, _OFTENER = ("leukoma", "iris_lesion", "strabismus", "pigment"), 2.0
"""The signs that are missed most are shown so many times as often as the others."""


@dataclass(frozen=True)
class Faces:
    """Cached faces, each healthy and sick, right eye and left.

    crops: uint8 [n, 2, 2, 96, 128, 3]. masks: uint8 [n, 2, 96, 128]. labels: bool [n, 2, kinds].
    """

    crops: Tensor
    masks: Tensor
    labels: Tensor


@dataclass(frozen=True)
class Batch:
    """Both eyes of faces, each face healthy and sick.

    eyes: [faces, 2, 2, 3, 80, 112] in [-1, 1]: healthy and sick, right and left. coverage: share of each region that a
    sign covers, [faces, 2, 10, 14]. sick: 1 for eyes with a sign, [faces, 2].
    """

    eyes: Tensor
    coverage: Tensor
    sick: Tensor


def _askew(count: int, random: np.random.Generator, device: torch.device) -> Tensor:
    """Where each pixel of a view is taken from in the cached crop, [count, 80, 112, 2], -1 to 1 from edge to edge."""
    turn, size = np.radians(random.normal(0, _TURN, count)), np.exp(random.normal(0, _GROWTH, count))
    turned = [[size * np.cos(turn), -size * np.sin(turn)], [size * np.sin(turn), size * np.cos(turn)]]
    ways = torch.from_numpy(np.transpose(turned, (2, 0, 1)).astype(np.float32)).to(device)
    moved = torch.from_numpy(random.uniform(-_SHIFT, _SHIFT, (count, 1, 1, 2)).astype(np.float32)).to(device)
    y, x = (torch.arange(side, device=device) - (side - 1) / 2 for side in (HEIGHT, WIDTH))
    middle = torch.stack(torch.meshgrid(x, y, indexing="xy"), -1)
    places = torch.einsum("nij,hwj->nhwi", ways, middle) + moved
    return 2 * places / torch.tensor([WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN], device=device)


def _lit(eyes: Tensor, random: np.random.Generator) -> Tensor:
    """Both eyes of faces, [b, 2, 2, 3, h, w] in 0..1, in another light and developed otherwise; twins alike."""
    count = len(eyes)
    light = random.normal(1, _EXPOSURE, (count, 1)) * random.normal(1, _CAST, (count, 3))
    gamma = np.exp(random.normal(0, _GAMMA, (count, 1)))
    saturation = random.uniform(*_SATURATION, (count, 1))
    light, gamma, saturation = (
        torch.from_numpy(each.astype(np.float32)).to(eyes.device)[:, None, None, :, None, None]
        for each in (light, gamma, saturation)
    )
    eyes = (eyes * light).clamp(0, 1) ** gamma
    grey = eyes.mean(3, keepdim=True)
    return (grey + saturation * (eyes - grey)).clamp(0, 1)


def views(faces: Faces, chosen: Tensor, random: np.random.Generator) -> Batch:
    """One view of each chosen face, the twins alike; half of the faces mirrored. chosen: indices [b], on any device."""
    count, device = len(chosen), faces.crops.device
    pictures = faces.crops[chosen].permute(0, 2, 1, 5, 3, 4).flatten(2, 3)
    layers = torch.cat([pictures, faces.masks[chosen][:, :, None]], 2).flatten(0, 1).float()
    places = _askew(2 * count, random, device)
    seen = F.grid_sample(layers, places, padding_mode="reflection", align_corners=False).unflatten(0, (count, 2))
    eyes = _lit(seen[:, :, :6].unflatten(2, (2, 3)).transpose(1, 2) / 255, random)
    coverage = F.avg_pool2d(seen[:, :, 6] / 255, CELL)
    sick = faces.labels[chosen].any(-1).float()
    mirrored = torch.from_numpy(random.random(count) < 0.5).to(device)
    eyes = torch.where(mirrored[:, None, None, None, None, None], eyes.flip(2), eyes)
    coverage = torch.where(mirrored[:, None, None, None], coverage.flip(1), coverage)
    sick = torch.where(mirrored[:, None], sick.flip(1), sick)
    return Batch(2 * eyes - 1, coverage, sick)


def shown(faces: Faces) -> Faces:
    """The faces without the signs that darkness, blur or glasses hide; nobody could tell those eyes from healthy."""
    healthy, sick = faces.crops[:, 0].short(), faces.crops[:, 1].short()
    changed = ((sick - healthy).abs().amax(-1) >= _SEEN) & (faces.masks > 100)
    seen = changed.flatten(2).sum(-1) >= _PIXELS
    return Faces(faces.crops, faces.masks * seen[..., None, None], faces.labels & seen[..., None])


def _load(path: Path, device: str) -> Faces:
    shard = {name: torch.from_numpy(array).to(device) for name, array in np.load(path).items()}
    return shown(Faces(shard["crops"], shard["masks"], shard["labels"].bool()))


def _joined(parts: list[Faces]) -> Faces:
    """The faces of all parts, the newest where they are too many."""
    return Faces(
        *(torch.cat([getattr(part, name) for part in parts])[-_MOST:] for name in ("crops", "masks", "labels"))
    )


def chances(labels: np.ndarray) -> np.ndarray:
    """How often each face is shown, [n], summing to 1: rare signs as often as common ones, hard ones oftener.

    labels: [n, 2, kinds].
    """
    has = labels.any(1)
    rarity = len(has) / has.shape[1] / has.sum(0).clip(min=1)
    rarity[np.isin(KINDS, _HARD)] *= _OFTENER
    weights = np.where(has.any(1), (has * rarity).max(1), 1.0)
    return weights / weights.sum()


def batches(folder: Path, count: int, random: np.random.Generator, device: str = "cpu") -> Iterator[Batch]:
    """Batches of `count` faces for ever, of all shards there are at the beginning of each round through them.

    Raises FileNotFoundError when there are none.
    """
    seen: set[Path] = set()
    faces: Faces | None = None
    while True:
        fresh = sorted(set(folder.glob("shard-???.npz")) - seen)
        seen.update(fresh)
        if fresh:
            faces = _joined([*([] if faces is None else [faces]), *(_load(path, device) for path in fresh)])
        if faces is None:
            raise FileNotFoundError(f"{folder} has no shards: run rofi.signs.cache first")
        often = chances(faces.labels.cpu().numpy())
        order = torch.from_numpy(random.choice(len(often), len(often), p=often)).to(device)
        for start in range(0, len(order) - count + 1, count):
            yield views(faces, order[start : start + count], random)
