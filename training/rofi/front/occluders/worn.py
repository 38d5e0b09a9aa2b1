"""Glasses, masks, hats and patches."""

import cv2
import numpy as np

from rofi.front.occluders.canvas import (
    BROWS,
    SIZE,
    Layer,
    Rng,
    blank,
    blob,
    cloth,
    colour,
    fill,
    line,
    small,
    smooth_noise,
)
from rofi.geometry import OVAL


def glasses(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """Frames of any kind, or sunglasses."""
    right, left = points[[33, 133]].mean(0), points[[362, 263]].mean(0)
    axis = (left - right) / np.linalg.norm(left - right)
    down = np.array([-axis[1], axis[0]])
    span = np.linalg.norm(left - right)
    half = rng.uniform(0.3, 0.46) * span, rng.uniform(0.17, 0.42) * span
    drop = rng.uniform(-0.02, 0.14) * span
    apart = rng.uniform(0.97, 1.08)
    power, slant = rng.uniform(1.7, 6), rng.uniform(-0.25, 0.15)
    t = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    circle = np.stack([np.cos(t), np.sin(t)], -1)
    shape = np.sign(circle) * np.abs(circle) ** (2 / power) * half
    shape[:, 0] *= 1 + 0.18 * rng.normal() * shape[:, 1] / half[1] * (shape[:, 0] > 0)
    frame, lens = blank(), blank()
    kind = rng.random()
    width = rng.uniform(0.7, 2) if kind < 0.45 else rng.uniform(2, 6.5)
    rim = rng.random()
    middle = (right + left) / 2
    for eye, side in ((right, -1), (left, 1)):
        centre = middle + (eye - middle) * apart + drop * down
        local = shape * (side, 1)
        local[:, 1] += slant * local[:, 0] * side
        ring = centre + local[:, :1] * axis + local[:, 1:] * down
        fill(lens, ring)
        if rim < 0.72:
            line(frame, ring, width, closed=True)
        elif rim < 0.92:
            line(frame, ring[t > np.pi], width)
        temple = centre + side * axis * half[0] * 0.98 - down * half[1] * rng.uniform(0.1, 0.6)
        line(frame, np.stack([temple, temple + axis * side * 60 + down * rng.uniform(-10, 6)]), max(width, 1.2))
    height = -half[1] * rng.uniform(0, 0.6) + drop
    inner = [middle + s * axis * (span / 2 * apart - half[0] * 0.97) + down * height for s in (-1, 1)]
    line(frame, np.stack([inner[0], middle + down * (height - rng.uniform(0, 5)), inner[1]]), max(1, width * 0.8))
    if rng.random() < 0.15:
        line(frame, np.stack([p - down * 5 for p in inner]), max(1, width * 0.7))
    alpha, glass = small(frame), small(lens)
    paint = np.broadcast_to(colour(rng), (SIZE, SIZE, 3)).copy()
    if rng.random() < 0.3:
        paint = cloth(rng, other)
    if rng.random() < 0.5:
        light = np.clip(smooth_noise(rng, int(rng.integers(4, 24))) - rng.uniform(0.3, 1.5), 0, 1)
        paint = paint + (rng.uniform(0.3, 1) * light)[..., None] * (1 - paint)
    dark = rng.random()
    if dark < 0.25:
        black = np.broadcast_to(np.float32([0.05, 0.05, 0.06]), paint.shape)
        tint = cloth(rng, other) * rng.uniform(0.1, 0.7) if rng.random() < 0.5 else black
        gloss = np.clip(smooth_noise(rng, 3), 0, 1)[..., None] * rng.uniform(0, 0.5)
        shown = rng.uniform(0.75, 1) * np.clip(1 + rng.uniform(-0.5, 0.3) * np.linspace(-1, 1, SIZE)[:, None], 0.5, 1)
        return [((tint + gloss * (1 - tint)).astype(np.float32), (glass * shown).astype(np.float32)), (paint, alpha)]
    if dark < 0.45:
        # A clear lens: what it tints or reflects a little is still the face.
        cast = np.broadcast_to(np.float32(rng.uniform(0.3, 1, 3)), (SIZE, SIZE, 3))
        return [(cast, glass * np.float32(rng.uniform(0.03, 0.2))), (paint, alpha)]
    return [(paint, alpha * np.float32(rng.uniform(0.85, 1)))]


def mask(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A mask over nose and mouth, or over the mouth alone, or a scarf."""
    edge = (234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454)
    low = points[list(edge[int(rng.integers(0, 4)) : len(edge) - int(rng.integers(0, 4))])]
    nose = points[[195, 197, 6, 4][int(rng.integers(4))]]
    nose = nose + rng.normal(size=2) * [2, 6]
    cheeks = points[[425, 205]] + rng.normal(size=(2, 2)) * 5 - [0, rng.uniform(-5, 20)]
    low = low.mean(0) + (low - low.mean(0)) * rng.uniform(1, 1.15)
    canvas = blank()
    fill(canvas, np.concatenate([low, cheeks[:1], nose[None], cheeks[1:]]))
    alpha = small(cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.5, 3)))
    alpha = np.clip((alpha - 0.5) * 2 + 0.5, 0, 1)
    surface = cloth(rng, other)
    if rng.random() < 0.5:
        rows = np.arange(SIZE, dtype=np.float32)[:, None]
        tone = np.float32(rng.choice([[0.62, 0.78, 0.88], [0.92, 0.93, 0.94], [0.1, 0.1, 0.12], [0.55, 0.75, 0.7]]))
        folds = 1 - 0.12 * (np.abs((rows / rng.uniform(9, 18)) % 1 - 0.5) < 0.1)
        surface = np.clip(tone * (folds * (1 + 0.12 * smooth_noise(rng, 4)))[..., None], 0, 1).astype(np.float32)
    loops = blank()
    for at, side in ((edge[0], 0), (edge[-1], -1)):
        line(loops, np.stack([points[at] + rng.normal(size=2) * 6, low[side]]), rng.uniform(0.8, 2))
    return [(surface, np.maximum(alpha, small(loops) * (rng.random() < 0.5)))]


def hat(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A cap, a hairband, a scarf round the head, or a strap."""
    edge = points[list(OVAL)]
    left, right = edge[:, 0].min(), edge[:, 0].max()
    top, brow = points[10, 1], points[list(BROWS), 1].mean()
    line = top + (brow - top) * rng.uniform(-0.2, 0.95)
    x = np.linspace(left - 50, right + 50, 24)
    curve = line + rng.uniform(-0.12, 0.25) * ((x - 128) / 64) ** 2 * 25 + rng.normal() * 0.08 * (x - 128)
    lower = np.stack([x, curve], -1)
    canvas = blank()
    if rng.random() < 0.6:
        fill(canvas, np.concatenate([lower, [[x[-1], -40], [x[0], -40]]]))
    else:
        fill(canvas, np.concatenate([lower, (lower - [0, rng.uniform(4, 26)])[::-1]]))
    if rng.random() < 0.25:
        for side, at in ((-1, left), (1, right)):
            inner = at - side * rng.uniform(-6, 16)
            outer, low = at + side * 90, inner + side * rng.uniform(0, 8)
            fill(canvas, np.array([[inner, line], [low, 256], [outer, 256], [outer, line]]))
    return [(cloth(rng, other), small(canvas))]


def patch(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A patch or gauze over an eye or elsewhere, often with a strap or tape."""
    eye = points[[33, 133]].mean(0) if rng.random() < 0.5 else points[[362, 263]].mean(0)
    if rng.random() < 0.25:
        eye = points[int(rng.integers(468))]
    canvas = blank()
    fill(canvas, blob(rng, eye, rng.uniform(14, 40), rough=0.08))
    if rng.random() < 0.5:
        turn = rng.uniform(-0.7, 0.7)
        step = np.array([np.cos(turn), np.sin(turn)]) * 200
        line(canvas, np.stack([eye - step, eye + step]), rng.uniform(1.5, 8))
    surface = cloth(rng, other)
    if rng.random() < 0.4:
        surface = np.clip(np.float32([0.93, 0.92, 0.89]) * (1 + 0.05 * smooth_noise(rng, 60))[..., None], 0, 1)
    return [(surface.astype(np.float32), small(canvas))]
