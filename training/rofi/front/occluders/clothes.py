"""Masks and headwear out of patterned, plain and photographed cloth."""

import cv2
import numpy as np

from rofi.front.occluders.canvas import BROWS, SIZE, Rng, blank, cloth, colour, fill, line, small, smooth_noise
from rofi.front.occluders.drawn import Drawn, of_layers
from rofi.geometry import OVAL

LOW = (234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454)
SURGICAL = np.float32(
    [[0.62, 0.78, 0.88], [0.92, 0.93, 0.94], [0.1, 0.1, 0.12], [0.55, 0.75, 0.7], [0.85, 0.62, 0.68], [0.3, 0.45, 0.7]]
)


def pattern(rng: Rng, other: np.ndarray) -> np.ndarray:
    """Cloth [256, 256, 3]: as before, or with dots, flowers, checks or letters."""
    if rng.random() < 0.45:
        return cloth(rng, other)
    surface = np.broadcast_to(colour(rng), (SIZE, SIZE, 3)).copy()
    if rng.random() < 0.6:
        plane, step = blank(), rng.uniform(7, 30)
        size, kind = step * rng.uniform(0.15, 0.5), rng.random()
        for x in np.arange(0, SIZE, step):
            for y in np.arange(0, SIZE, step):
                at = np.array([x, y]) + rng.normal(size=2) * step * 0.2
                t = np.linspace(0, 2 * np.pi, 20)
                petals = size * (1 + (0.4 * np.cos(5 * t) if kind < 0.4 else 0))
                if kind < 0.8:
                    fill(plane, at + np.stack([np.cos(t), np.sin(t)], -1) * np.reshape(petals * np.ones(20), (-1, 1)))
                else:
                    line(plane, at + rng.normal(size=(3, 2)) * size, 1.5)
        surface = surface + small(plane)[..., None] * (colour(rng) - surface)
    elif rng.random() < 0.5:
        y, x = np.indices((SIZE, SIZE), np.float32)
        for axis in (x, y):
            bands = (np.sin(axis * rng.uniform(0.15, 0.8)) > rng.uniform(-0.3, 0.8))[..., None]
            surface = np.where(bands, surface * 0.5 + 0.5 * colour(rng), surface)
    shade = 1 + rng.uniform(0, 0.25) * smooth_noise(rng, int(rng.integers(3, 12)))
    weave = 1 + rng.uniform(0, 0.05) * rng.normal(size=(SIZE, SIZE))
    return np.clip(surface * (shade * weave)[..., None], 0, 1).astype(np.float32)


def face_mask(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> Drawn:
    """A surgical, cloth or pointed mask over nose and mouth, below the nose, or at the chin; sometimes a scarf."""
    first = int(rng.integers(1, 6))
    low = points[list(LOW[first : len(LOW) - first])]
    low = low.mean(0) + (low - low.mean(0)) * rng.uniform(1.0, 1.18)
    worn = rng.random()
    nose = points[6] * (t := rng.uniform(0, 0.75)) + points[4] * (1 - t)
    if worn > 0.85:
        nose = points[2] + np.array([0, rng.uniform(2, 10)]) if worn < 0.95 else points[17] + np.array([0, 6])
    cheeks = points[[117, 346]] * (t := rng.uniform(0.2, 1)) + points[[205, 425]] * (1 - t)
    cheeks[:, 1] = np.clip(cheeks[:, 1], nose[1] + 1, None)
    upper = np.stack([low[-1], cheeks[1], nose, cheeks[0], low[0]])
    u = np.linspace(0, 4, 33)
    top = np.stack([np.interp(u, range(5), upper[:, i]) for i in (0, 1)], -1)
    smoothed = np.stack([np.convolve(np.pad(top[:, i], 4, mode="edge"), np.ones(9) / 9, "valid") for i in (0, 1)], -1)
    canvas = blank()
    fill(canvas, np.concatenate([low, smoothed]))
    alpha = small(canvas)
    if rng.random() < 0.5:
        tone = SURGICAL[rng.integers(len(SURGICAL))] * rng.uniform(0.75, 1.1)
        y, x = np.indices((SIZE, SIZE), np.float32)
        curve = y + rng.uniform(-10, 10) * ((x - 128) / 60) ** 2
        folds = 1 - rng.uniform(0.05, 0.25) * np.exp(-0.5 * (((curve / rng.uniform(9, 22)) % 1 - 0.5) / 0.06) ** 2)
        surface = tone * (folds * (1 + rng.uniform(0.03, 0.15) * smooth_noise(rng, 5)))[..., None]
    else:
        surface = pattern(rng, other)
    x = np.indices((SIZE, SIZE), np.float32)[1]
    ridge = np.exp(-0.5 * ((x - points[4, 0]) / rng.uniform(15, 60)) ** 2)
    shade = (rng.uniform(0.6, 0.95) + 0.4 * ridge) * (1 - 0.25 * np.exp(-_depth(alpha) / 2) * (rng.random() < 0.6))
    if rng.random() < 0.3:
        shade = shade * (1 - 0.2 * np.exp(-0.5 * ((x - points[4, 0]) / 1.2) ** 2))
    loops = blank()
    for ear, side in ((234, 0), (454, -1)):
        end = points[ear] + rng.normal(size=2) * [4, 10]
        for start in (low[side], low[side] + (low[side * 2 if side else 3] - low[side]) * rng.uniform(0.5, 1.5)):
            line(loops, np.stack([end, start]), rng.uniform(0.8, 2.4))
    strings = small(loops) * (rng.random() < 0.7)
    string = np.broadcast_to(np.float32(rng.choice([0.08, 0.9, 0.8])), (SIZE, SIZE, 3))
    surface = np.clip(surface * shade[..., None], 0, 1).astype(np.float32)
    return of_layers([(string, strings.astype(np.float32)), (surface, alpha)])


def cap(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> Drawn:
    """A cap with its brim, a woollen or surgical cap, a headband, or cloth all round the face."""
    edge = points[list(OVAL)]
    left, right, top = edge[:, 0].min(), edge[:, 0].max(), points[10, 1]
    brow = points[list(BROWS), 1].mean()
    level = top + (brow - top) * rng.uniform(-0.1, 0.9)
    x = np.linspace(left - 60, right + 60, 32)
    sag = rng.uniform(-10, 24)
    tilt = rng.normal() * 0.06
    lower = np.stack([x, level + sag * ((x - 128) / 75) ** 2 + tilt * (x - 128)], -1)
    kind = rng.random()
    canvas = blank()
    layers = []
    if kind < 0.4:
        fill(canvas, np.concatenate([lower, [[x[-1], -60], [x[0], -60]]]))
    elif kind < 0.65:
        fill(canvas, np.concatenate([lower - [0, rng.uniform(2, 12)], [[x[-1], -60], [x[0], -60]]]))
        half = rng.uniform(0.4, 0.62) * (right - left)
        u = np.linspace(-1, 1, 24)
        drop = rng.uniform(4, 24)
        front = np.stack([128 + rng.normal() * 10 + u * half, level + drop * (1 - u**2) + tilt * u * half], -1)
        brim = blank()
        fill(brim, np.concatenate([front, (front - [0, rng.uniform(8, 26)])[::-1]]))
        shade = np.float32(np.linspace(1.1, 0.6, SIZE))[:, None, None]
        layers.append((np.clip(pattern(rng, other) * shade, 0, 1).astype(np.float32), small(brim)))
    elif kind < 0.8:
        fill(canvas, np.concatenate([lower, (lower - [0, rng.uniform(3, 26)])[::-1]]))
    else:
        # Cloth round the face: a hood or a scarf, tight or loose.
        tight = rng.uniform(0.84, 1.04)
        ring = edge.mean(0) + (edge - edge.mean(0)) * [tight, tight * rng.uniform(0.9, 1.04)] + rng.normal(size=2) * 3
        fill(canvas, np.array([[-60, -60], [316, -60], [316, 316], [-60, 316]]))
        hole = blank()
        fill(hole, ring)
        canvas = np.where(hole > 0, 255 - hole, canvas).astype(np.uint8)
    if kind < 0.8 and rng.random() < 0.2:
        for side in (left, right):
            line(canvas, np.stack([[side, level], points[152] + [(side - 128) * 0.3, 20]]), rng.uniform(2, 7))
    alpha = small(canvas)
    surface = pattern(rng, other)
    if rng.random() < 0.5:
        # A hem.
        depth = _depth(alpha)
        hem = ((depth > 0.5) & (depth < rng.uniform(2, 7)))[..., None]
        surface = np.where(hem, surface * rng.uniform(0.6, 1.2), surface)
    shade = 1 - rng.uniform(0, 0.5) * np.exp(-_depth(alpha) / rng.uniform(1, 5))
    return of_layers([(np.clip(surface * shade[..., None], 0, 1).astype(np.float32), alpha), *layers])


def _depth(alpha: np.ndarray) -> np.ndarray:
    return cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
