"""Drawn scenes in batches, each seen anew: mirrored, turned, in other light and colours."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from rofi.front.worn import FACE, FRONT, UNSURE

MIRRORED, GREY, DIM, GRAINY = 0.5, 0.12, 0.15, 0.25
TURN, SCALE, SHIFT = 0.08, 0.06, 0.04
"""Deviations: radians, logarithm, shares of half the crop."""


class Scenes:
    """All shards of a folder, and what the faces in them wear themselves."""

    def __init__(self, folder: Path, worn: Path) -> None:
        self.worn = np.load(worn, mmap_mode="r")
        self.shards = [
            [np.load(file.with_suffix("").with_suffix(f".{name}.npy"), mmap_mode="r") for name in NAMES]
            for file in sorted(folder.glob("*.whose.npy"))
        ]

    def __len__(self) -> int:
        return sum(len(whose) for *_, whose in self.shards)

    def take(self, places: np.ndarray) -> tuple[Tensor, Tensor]:
        """Images [b, 3, 128, 128] in 0..1 and labels [b, 128, 128]: FACE, UNSURE, FRONT."""
        size = len(self.shards[0][2])
        images, labels = [], []
        for place in places:
            pictures, drawn, whose = self.shards[place // size]
            label, own = drawn[place % size], self.worn[whose[place % size]]
            images.append(pictures[place % size])
            labels.append(np.where(label == FACE, own, label))
        pictures = torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 255
        return pictures, torch.from_numpy(np.stack(labels))


NAMES = ("images", "labels", "whose")


def batches(scenes: Scenes, size: int, rng: np.random.Generator) -> Iterator[tuple[Tensor, Tensor]]:
    """Endless batches: images [b, 3, 128, 128] in [-1, 1], labels [b, 128, 128]."""
    torch.manual_seed(int(rng.integers(2**31)))
    while True:
        order = rng.permutation(len(scenes))
        for start in range(0, len(order) - size + 1, size):
            images, labels = moved(*scenes.take(order[start : start + size]))
            yield recoloured(images) * 2 - 1, labels


def moved(images: Tensor, labels: Tensor) -> tuple[Tensor, Tensor]:
    """Mirrored, turned, scaled and shifted together; what comes in from outside is unsure."""
    count = len(images)
    turn, scale = torch.randn(count) * TURN, torch.exp(torch.randn(count) * SCALE)
    flip = torch.where(torch.rand(count) < MIRRORED, -1.0, 1.0)
    cos, sin = torch.cos(turn) * scale, torch.sin(turn) * scale
    shift = torch.randn(count, 2) * SHIFT
    way = torch.stack(
        [torch.stack([cos * flip, -sin, shift[:, 0]], 1), torch.stack([sin * flip, cos, shift[:, 1]], 1)], 1
    )
    grid = F.affine_grid(way, [count, 3, *images.shape[2:]], align_corners=False)
    images = F.grid_sample(images, grid, padding_mode="border", align_corners=False)
    sure = (labels[:, None] != UNSURE).float()
    planes = torch.cat([sure, (labels[:, None] == FRONT).float()], 1)
    planes = F.grid_sample(planes, grid, mode="bilinear", padding_mode="zeros", align_corners=False)
    label = torch.where(planes[:, 1] > 0.5, FRONT, FACE)
    return images, torch.where((planes[:, 0] < 0.95) | ((planes[:, 1] > 0.25) & (planes[:, 1] <= 0.5)), UNSURE, label)


def recoloured(images: Tensor) -> Tensor:
    """Images [b, 3, h, w] in 0..1 in other light and colours, some grey, some dark, some grainy."""
    shape = (len(images), 1, 1, 1)
    few = torch.rand(shape)
    saturation = torch.where(few < GREY, torch.zeros(shape), 0.5 + torch.rand(shape))
    grey = images.mean(1, keepdim=True)
    images = grey + saturation * (images - grey)
    gain = torch.exp(torch.randn(shape) * 0.15 + torch.randn(len(images), 3, 1, 1) * 0.08 * (few >= GREY))
    middle = images.mean((1, 2, 3), keepdim=True)
    images = (middle + torch.exp(torch.randn(shape) * 0.15) * (images - middle)) * gain
    gamma = torch.exp(torch.randn(shape) * 0.2) + torch.where(torch.rand(shape) < DIM, torch.rand(shape) * 1.2, 0.0)
    images = images.clamp(0, 1) ** gamma
    grain = torch.where(torch.rand(shape) < GRAINY, torch.rand(shape) * 0.03, torch.zeros(shape))
    return (images + grain * torch.randn_like(images)).clamp(0, 1)
