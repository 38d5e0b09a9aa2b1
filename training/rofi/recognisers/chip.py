"""Resampling of the aligned crop to the chip that a recogniser expects."""

from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor


@dataclass(frozen=True)
class Chip:
    """A square of `size` pixels that spans `span` of the crop from (`left`, `top`), in 0..1 crop units."""

    size: int
    left: float
    top: float
    span: float


def chip_for_eyes(size: int, eye_distance: float, eye_height: float) -> Chip:
    """Chip in which the eyes, centred, lie `eye_distance` apart at `eye_height` (both in 0..1 of the chip).

    The aligned crop has its eye centres at (0.35, 0.42) and (0.65, 0.42).
    """
    span = 0.3 / eye_distance
    return Chip(size, 0.5 - span / 2, 0.42 - eye_height * span, span)


@cache
def resampling_matrix(source: int, size: int, start: float, span: float) -> Tensor:
    """Matrix [size, source] of an antialiased bilinear filter along one axis; the border is clamped."""
    step = span * source / size
    centres = start * source + (torch.arange(size, dtype=torch.float64) + 0.5) * step - 0.5
    support = max(step, 1.0)
    # Enough virtual pixels on both sides to clamp what the chip sees outside the crop.
    margin = int(support) + 2 + max(0, int(-start * source), int((start + span - 1) * source))
    pixels = torch.arange(-margin, source + margin)
    weights = (1 - (pixels[None] - centres[:, None]).abs() / support).clamp(min=0)
    weights /= weights.sum(1, keepdim=True)
    matrix = torch.zeros(size, source, dtype=torch.float64)
    return matrix.index_add_(1, pixels.clamp(0, source - 1), weights).float()


def extract_chip(image: Tensor, chip: Chip) -> Tensor:
    """Chip [b, c, size, size] of the aligned crop `image` [b, c, s, s], as two products with constants."""
    source = image.shape[-1]
    rows = resampling_matrix(source, chip.size, chip.top, chip.span).to(image)
    columns = resampling_matrix(source, chip.size, chip.left, chip.span).to(image)
    return rows @ (image @ columns.T)
