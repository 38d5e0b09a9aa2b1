"""Glasses of many kinds: full, half and no rims, metal, horn and clear plastic, clear, tinted and dark lenses."""

import cv2
import numpy as np

from rofi.front.occluders.canvas import SIZE, Rng, blank, cloth, colour, fill, line, small, smooth_noise
from rofi.front.occluders.drawn import Drawn

METALS = np.float32([[0.75, 0.6, 0.35], [0.7, 0.7, 0.72], [0.3, 0.3, 0.33], [0.8, 0.55, 0.45], [0.08, 0.08, 0.09]])


def frames(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> Drawn:
    """A pair of glasses."""
    right, left = points[[33, 133]].mean(0), points[[362, 263]].mean(0)
    span = np.linalg.norm(left - right)
    axis = (left - right) / span
    down = np.array([-axis[1], axis[0]])
    middle = (right + left) / 2 + down * rng.uniform(-0.03, 0.16) * span + rng.normal(size=2)
    outline = _lens(rng) * (rng.uniform(0.3, 0.45) * span, rng.uniform(0.17, 0.4) * span)
    apart = span / 2 * rng.uniform(0.97, 1.1)
    width = rng.uniform(0.6, 1.6) if rng.random() < 0.55 else rng.uniform(1.6, 7)
    kind = rng.choice(["full", "half", "none", "low"], p=[0.64, 0.18, 0.14, 0.04])
    frame, lens, edge = blank(), blank(), blank()
    nose = []
    for side in (-1, 1):
        centre = middle + side * apart * axis
        ring = centre + side * outline[:, :1] * axis + outline[:, 1:] * down
        fill(lens, ring)
        line(edge, ring, 0.8, closed=True)
        upper = outline[:, 1] < 0.25 * outline[:, 1].max()
        if kind == "full":
            line(frame, ring, width, closed=True)
            if rng.random() < 0.3:
                line(frame, _run(ring, upper), width * rng.uniform(1.2, 2.2))
        elif kind != "none":
            line(frame, _run(ring, upper if kind == "half" else ~upper), width)
        reach, height = outline[:, 0].max(), outline[:, 1].min() * rng.uniform(0.2, 0.75)
        hinge = centre + side * axis * reach * 0.97 + down * height
        end = hinge + side * axis * rng.uniform(12, 60) + down * rng.uniform(-9, 10)
        line(frame, np.stack([hinge, end]), max(width * rng.uniform(0.7, 1.6), 0.9))
        nose.append(centre - side * axis * reach * 0.97 + down * height * rng.uniform(0.2, 0.9))
        if rng.random() < 0.3:
            pad = nose[-1] - side * axis * 2 + down * rng.uniform(4, 9)
            line(frame, np.stack([nose[-1], pad]), max(0.7, width * 0.5))
    if rng.random() < 0.92:
        top = (nose[0] + nose[1]) / 2 - down * rng.uniform(0, 6)
        u = np.linspace(0, 1, 9)[:, None]
        line(
            frame,
            (1 - u) ** 2 * nose[0] + 2 * u * (1 - u) * top + u**2 * nose[1],
            max(0.8, width * rng.uniform(0.7, 1.3)),
        )
    if rng.random() < 0.15:
        line(frame, np.stack([point - down * rng.uniform(4, 8) for point in nose]), max(0.8, width * 0.7))
    alpha, glass = small(frame), small(lens)
    paint, opaque = _material(rng, other, width)
    layers, unsure, covers = [], None, alpha
    what = rng.random()
    if what < 0.17:
        tint = cloth(rng, other) * rng.uniform(0.05, 0.6) if rng.random() < 0.4 else np.float32(rng.uniform(0, 0.12, 3))
        shown = rng.uniform(0.7, 1) * np.linspace(1, rng.uniform(0.6, 1), SIZE, dtype=np.float32)[:, None]
        gloss = np.clip(smooth_noise(rng, 3), 0, 1)[..., None] * rng.uniform(0, 0.5)
        tint = np.broadcast_to(tint, (SIZE, SIZE, 3))
        layers.append(((tint + gloss * (1 - tint)).astype(np.float32), glass * shown))
        covers = np.maximum(alpha, glass)
    elif what < 0.6:
        cast = np.broadcast_to(np.float32(rng.uniform(0.2, 1, 3)), (SIZE, SIZE, 3))
        layers.append((cast, glass * np.float32(rng.uniform(0.02, 0.2))))
    if kind == "none" or rng.random() < 0.1:
        layers.append(
            (np.full((SIZE, SIZE, 3), rng.choice([0.2, 0.95]), np.float32), small(edge) * rng.uniform(0.15, 0.6))
        )
        covers = np.maximum(covers, 0.8 * small(edge))
    if rng.random() < 0.3:
        glare = _glare(rng) * glass
        layers.append((np.broadcast_to(np.float32(rng.uniform(0.85, 1, 3)), (SIZE, SIZE, 3)), glare))
        unsure = (glare > 0.25).astype(np.float32)
    return Drawn([*layers, (paint, alpha * opaque)], covers, unsure)


def _lens(rng: Rng) -> np.ndarray:
    """A lens' outline [64, 2] in -1..1, its nose on the left."""
    t = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    shape = np.stack([np.cos(t), np.sin(t)], -1)
    shape = np.sign(shape) * np.abs(shape) ** (2 / rng.uniform(1.8, 6))
    x, y = shape[:, 0].copy(), shape[:, 1].copy()
    # Aviators hang outwards, cat eyes rise outwards, most are a little wider above.
    shape[:, 1] += rng.uniform(-0.25, 0.2) * x + rng.uniform(-0.15, 0.15) * x**2
    shape[:, 0] *= 1 - rng.uniform(-0.05, 0.25) * np.clip(y, 0, 1)
    return shape


def _run(ring: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The chosen points of a ring in one run."""
    start = int(np.flatnonzero(chosen & ~np.roll(chosen, 1))[0])
    return np.roll(ring, -start, 0)[np.roll(chosen, -start)]


def _material(rng: Rng, other: np.ndarray, width: float) -> tuple[np.ndarray, float]:
    """Colours [256, 256, 3] and how opaque they are."""
    kind = rng.random()
    if kind < 0.3 or (width < 1.6 and kind < 0.6):
        base = METALS[rng.integers(len(METALS))] * rng.uniform(0.7, 1.2)
        shine = 1 + rng.uniform(0.1, 0.6) * smooth_noise(rng, int(rng.integers(8, 40)))
        return np.clip(base * shine[..., None], 0, 1).astype(np.float32), rng.uniform(0.75, 1)
    if kind < 0.45:
        clear = np.float32(rng.uniform(0.6, 1, 3)) if rng.random() < 0.5 else colour(rng)
        shine = 1 + 0.25 * smooth_noise(rng, int(rng.integers(6, 40)))
        return np.clip(clear * shine[..., None], 0, 1).astype(np.float32), rng.uniform(0.25, 0.65)
    if kind < 0.6:
        spots = np.clip(smooth_noise(rng, int(rng.integers(12, 40))) * 2, 0, 1)[..., None]
        return np.float32([0.1, 0.06, 0.04]) * (1 - spots) + np.float32([0.5, 0.3, 0.12]) * spots, rng.uniform(0.85, 1)
    if kind < 0.7:
        return cloth(rng, other), 1.0
    paint = np.broadcast_to(colour(rng), (SIZE, SIZE, 3)).copy()
    light = np.clip(smooth_noise(rng, int(rng.integers(4, 24))) - rng.uniform(0.5, 2), 0, 1)[..., None]
    return (paint + rng.uniform(0.2, 0.9) * light * (1 - paint)).astype(np.float32), rng.uniform(0.9, 1)


def _glare(rng: Rng) -> np.ndarray:
    """Light on a lens: streaks of a window or a lamp, [256, 256] in 0..1."""
    y, x = np.mgrid[:SIZE, :SIZE].astype(np.float32)
    strength = rng.uniform(0.15, 0.8)
    if rng.random() < 0.5:
        turn = rng.uniform(0, np.pi)
        across = (x - 128) * np.cos(turn) + (y - 108) * np.sin(turn) - rng.uniform(-60, 60)
        return (strength * np.exp(-0.5 * (across / rng.uniform(2, 9)) ** 2)).astype(np.float32)
    glare = np.zeros((SIZE, SIZE), np.float32)
    for centre in (85, 171):
        at = np.array([centre, 105]) + rng.normal(size=2) * 8
        size = rng.uniform(2, 9, 2)
        inside = (np.abs(x - at[0]) < size[0]) & (np.abs(y - at[1]) < size[1])
        glare = np.maximum(glare, cv2.GaussianBlur(inside.astype(np.float32), (0, 0), rng.uniform(0.6, 2)))
    return glare * strength
