"""Resampling of the aligned crop to the chip that a recogniser expects."""

from dataclasses import dataclass
from functools import cache

import numpy as np
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
    centres = start * source + (np.arange(size) + 0.5) * step - 0.5
    support = max(step, 1.0)
    # Enough virtual pixels on both sides to clamp what the chip sees outside the crop.
    margin = int(support) + 2 + max(0, int(-start * source), int((start + span - 1) * source))
    pixels = np.arange(-margin, source + margin)
    weights = np.clip(1 - np.abs(pixels[None] - centres[:, None]) / support, 0, None)
    matrix = np.zeros((size, source))
    np.add.at(matrix, (slice(None), np.clip(pixels, 0, source - 1)), weights)
    return torch.tensor(matrix / matrix.sum(1, keepdims=True), dtype=torch.float32)


def extract_chip(image: Tensor, chip: Chip) -> Tensor:
    """Chip [b, c, size, size] of the aligned crop `image` [b, c, s, s], as two products with constants."""
    source = int(image.shape[-1])  # a number even while an exporter traces
    rows = resampling_matrix(source, chip.size, chip.top, chip.span).to(image)
    columns = resampling_matrix(source, chip.size, chip.left, chip.span).to(image)
    return rows @ (image @ columns.T)
