"""Drawing on a crop: lines, surfaces and outlines of what lies in front of faces."""

import cv2
import numpy as np

SIZE = 256
# Drawn so many times as large, in 1/16 pixels.
FINE, BITS = 2, 4
BROWS = (70, 63, 105, 66, 107, 336, 296, 334, 293, 300)
Rng = np.random.Generator
Layer = tuple[np.ndarray, np.ndarray]
"""A colour [256, 256, 3] and an opacity [256, 256], both float32 in 0..1."""


def blank() -> np.ndarray:
    """Nothing drawn yet."""
    return np.zeros((SIZE * FINE, SIZE * FINE), np.uint8)


def _fixed(points: np.ndarray) -> np.ndarray:
    return np.round(np.asarray(points) * FINE * (1 << BITS)).astype(np.int32)


def small(plane: np.ndarray) -> np.ndarray:
    """What was drawn, [256, 256] in 0..1."""
    return cv2.resize(plane, (SIZE, SIZE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def fill(canvas: np.ndarray, points: np.ndarray) -> None:
    """Fills a polygon [n, 2]."""
    cv2.fillPoly(canvas, [_fixed(points)], 255, cv2.LINE_AA, BITS)


def line(canvas: np.ndarray, points: np.ndarray, width: float, *, closed: bool = False, value: int = 255) -> None:
    """Draws a line through points [n, 2]."""
    cv2.polylines(canvas, [_fixed(points)], closed, value, max(1, round(width * FINE)), cv2.LINE_AA, BITS)


def smooth_noise(rng: Rng, cells: int) -> np.ndarray:
    """Noise [256, 256] of about unit size, `cells` bumps across."""
    small = rng.normal(size=(cells, cells)).astype(np.float32)
    return cv2.resize(small, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC)


def colour(rng: Rng) -> np.ndarray:
    """Any colour, greys, white and black more often than others."""
    kind = rng.random()
    if kind < 0.3:
        return np.float32(np.repeat(rng.uniform(0.02, 0.25), 3) * rng.uniform(0.85, 1.15, 3))
    if kind < 0.5:
        return np.float32(np.clip(np.repeat(rng.uniform(0.5, 1), 3) * rng.uniform(0.9, 1.1, 3), 0, 1))
    return rng.uniform(0.02, 0.98, 3).astype(np.float32)


def cloth(rng: Rng, other: np.ndarray) -> np.ndarray:
    """A surface: plain with folds, striped, or cut out of another picture [256, 256, 3]."""
    kind = rng.random()
    if kind < 0.3:
        side = int(rng.integers(24, 200))
        x, y = rng.integers(0, SIZE - side, 2)
        surface = cv2.resize(other[y : y + side, x : x + side], (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
    else:
        surface = np.broadcast_to(colour(rng), (SIZE, SIZE, 3)).copy()
    if kind > 0.85:
        across = np.indices((SIZE, SIZE), np.float32)
        angle, step = rng.uniform(0, np.pi), rng.uniform(0.1, 0.9)
        stripes = np.sin((across[0] * np.cos(angle) + across[1] * np.sin(angle)) * step) > rng.uniform(-0.5, 0.5)
        surface = np.where(stripes[..., None], surface, colour(rng))
    shade = 1 + rng.uniform(0, 0.25) * smooth_noise(rng, int(rng.integers(2, 9)))
    grain = 1 + rng.uniform(0, 0.06) * rng.normal(size=(SIZE, SIZE)).astype(np.float32)
    return np.clip(surface * (shade * grain)[..., None], 0, 1).astype(np.float32)


def blob(rng: Rng, centre: np.ndarray, radius: float, *, rough: float = 0.3, points: int = 40) -> np.ndarray:
    """The outline [n, 2] of a round thing."""
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    size = np.ones(points)
    for wave in range(1, 6):
        size += rough / wave * rng.normal() * np.cos(wave * angle + rng.uniform(0, 2 * np.pi))
    stretch, turn = rng.uniform(0.4, 1), rng.uniform(0, np.pi)
    at = np.stack([np.cos(angle), stretch * np.sin(angle)], -1) * np.clip(size, 0.2, 2)[:, None] * radius
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return centre + at @ spin
