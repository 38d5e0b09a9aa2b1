"""Lesions of the lids' skin: nodule and ulcer (basal and squamous cell carcinoma), chalazion, xanthelasma."""

import cv2
import numpy as np

from .eye import Eye, smoothstep
from .surface import Drawn
from .texture import (
    Rng,
    blob,
    blob_depth,
    luminance,
    noise,
    paint,
    relief,
    skin_colour,
    strokes,
    tint,
    vessel,
)


def _place(eye: Eye, rng: Rng, lower: float, canthus: float, gap: tuple[float, float]) -> np.ndarray:
    """A point on the lids, `gap` px off the margin; lower, canthus: chances of lower lid and inner corner."""
    if rng.random() < canthus:
        return eye.inner + np.array([-eye.toward_temple * rng.uniform(2, 7), rng.uniform(-4, 6)])
    column = int(np.argmin(np.abs(eye.along - rng.uniform(0.12, 0.9))))
    x = eye.grid[0][0, column]
    distance = rng.uniform(*gap)
    if rng.random() < lower:
        return np.array([x, eye.lower_margin[column] + distance])
    return np.array([x, eye.upper_margin[column] - distance])


def _on_skin(eye: Eye, overhang: float) -> np.ndarray:
    """1 on skin, 0 on the eyeball; a lesion of the margin may hang over it by `overhang` px."""
    return 1 - eye.opening(overhang)


def _dome(depth: np.ndarray, height: float, flatness: float) -> np.ndarray:
    peak = max(float(depth.max()), 1e-3)
    return height * np.clip(depth / peak, 0, 1) ** flatness


def _shine(height: np.ndarray, image: np.ndarray, power: float) -> np.ndarray:
    gain = relief(image, height, 1.0) - 1
    top = smoothstep(gain / (gain.max() + 1e-3)) ** power
    return cv2.GaussianBlur(top.astype(np.float32), (0, 0), 0.6)


def nodule(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """Nodular carcinoma: a firm pearly dome with fine vessels, sometimes pigmented or with a small crust."""
    size = rng.uniform(3.0, 7.5)
    radii = (size, size * rng.uniform(0.65, 1.0))
    centre = _place(eye, rng, lower=0.7, canthus=0.2, gap=(0.0, size + 2))
    depth = blob_depth(eye, centre, radii, rng, angle=rng.uniform(0, np.pi), rough=0.09)
    mask = smoothstep(depth / 2.0 + 0.5) * _on_skin(eye, rng.uniform(0, size * 0.5))
    skin = skin_colour(image, mask)
    height = _dome(depth, size * rng.uniform(0.6, 1.0), 0.8) * (1 + 0.06 * noise(mask.shape, 2.5, rng))
    pearly = skin * np.array([rng.uniform(1.02, 1.14), rng.uniform(0.78, 0.94), rng.uniform(0.76, 0.92)])
    if rng.random() < 0.15:
        pearly = skin * rng.uniform(0.35, 0.6)
    grain = 1 + 0.05 * noise(mask.shape, 1.6, rng)
    light = relief(image, height * mask, rng.uniform(0.16, 0.34)) * grain
    drawn = paint(image, mask * rng.uniform(0.65, 0.9), np.clip(pearly, 0, 1))
    lines = []
    for _ in range(rng.integers(2, 7)):
        turn = rng.uniform(0, 2 * np.pi)
        edge = centre + np.array(radii) * np.array([np.cos(turn), np.sin(turn)])
        lines.append(vessel(edge, centre + rng.normal(size=2) * size * 0.3, rng, wander=0.25))
    vessels = strokes(eye, lines, 0.4) * mask
    drawn = paint(drawn, vessels * rng.uniform(0.15, 0.4), skin * np.array([0.85, 0.3, 0.3]))
    if rng.random() < 0.35:
        crust = blob(eye, centre, (size * 0.35,) * 2, rng, rough=0.25, edge=1.2) * mask
        drawn = paint(drawn, crust * 0.7, skin * np.array([0.5, 0.26, 0.2]))
    drawn = drawn * np.where(mask > 0.02, light, 1)[..., None]
    shine = _shine(height * mask, image, 2) * mask * rng.uniform(0.06, 0.25)
    under = cv2.GaussianBlur(mask, (0, 0), 1.5) * (1 - mask)
    return np.clip(paint(tint(drawn, under, (0.88, 0.8, 0.8)), shine, np.ones(3)), 0, 1), mask


def ulcer(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """Ulcerated carcinoma: a raw or crusted crater with a raised, rolled border that eats into the lid."""
    size = rng.uniform(3.2, 7.5)
    radii = (size, size * rng.uniform(0.6, 0.95))
    centre = _place(eye, rng, lower=0.75, canthus=0.2, gap=(-0.5, size))
    depth = blob_depth(eye, centre, radii, rng, angle=rng.normal() * 0.4, rough=0.11)
    mask = smoothstep(depth / 2.2 + 0.5) * _on_skin(eye, rng.uniform(0, size * 0.4))
    rim_width = size * rng.uniform(0.28, 0.42)
    crater = smoothstep((depth - rim_width) / 1.8 + 0.5) * mask
    skin = skin_colour(image, mask)
    height = 1.5 * np.exp(-0.5 * ((depth - rim_width * 0.5) / (rim_width * 0.5 + 0.3)) ** 2) - 0.8 * crater
    drawn = paint(image, mask * 0.75, np.clip(skin * np.array([1.08, 0.82, 0.8]), 0, 1))
    raw = np.array([0.56, 0.2, 0.17]) * rng.uniform(0.7, 1.15)
    crust = np.array([[0.42, 0.24, 0.14], [0.3, 0.12, 0.1], [0.68, 0.5, 0.25]][rng.integers(3)])
    patches = smoothstep(0.5 + noise(mask.shape, 2.5, rng) + rng.normal() * 0.5)
    bed = (raw + (crust - raw) * patches[..., None]) * (0.45 + 0.75 * luminance(skin))
    bed = bed * (1 + 0.13 * noise(mask.shape, 1.5, rng))[..., None]
    drawn = paint(drawn, crater * rng.uniform(0.75, 0.95), np.clip(bed, 0, 1))
    drawn = drawn * np.where(mask > 0.02, relief(image, height * mask, rng.uniform(0.2, 0.4)), 1)[..., None]
    around = cv2.GaussianBlur(mask, (0, 0), 2.2) * (1 - mask)
    return np.clip(tint(drawn, around, (1.02, 0.78, 0.76)), 0, 1), mask


def chalazion(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """A smooth round lump under the lid's skin, some millimetres off the margin, skin-coloured to red."""
    size = rng.uniform(3.5, 7.0)
    centre = _place(eye, rng, lower=0.5, canthus=0.0, gap=(size * 0.5, size + 2.5))
    depth = blob_depth(eye, centre, (size, size * rng.uniform(0.75, 0.95)), rng, rough=0.04)
    mask = smoothstep(depth / 2.6 + 0.5) * _on_skin(eye, 0.0)
    height = _dome(depth, size * rng.uniform(0.7, 1.1), 0.7)
    red = rng.uniform(0.3, 0.85)
    flushed = cv2.GaussianBlur(mask, (0, 0), 1.5)
    drawn = tint(image, flushed * red, (1.03, 0.68, 0.66))
    calm = cv2.GaussianBlur(drawn, (0, 0), 1.4)
    drawn = paint(drawn, mask * 0.6, calm)
    lump = cv2.GaussianBlur((height * mask).astype(np.float32), (0, 0), 1.0)
    drawn = drawn * relief(image, lump, rng.uniform(0.14, 0.3))[..., None]
    if rng.random() < 0.3:
        point = blob(eye, centre + rng.normal(size=2), (1.2, 1.2), rng, edge=1.4) * mask
        drawn = paint(drawn, point * 0.6, np.array([0.92, 0.84, 0.58]) * (0.4 + 0.6 * luminance(image).max()))
    shine = _shine(height * mask, image, 2.5) * mask * rng.uniform(0.03, 0.15)
    under = cv2.GaussianBlur(mask, (0, 0), 1.3) * (1 - mask)
    return np.clip(paint(tint(drawn, under, (0.9, 0.84, 0.84)), shine, np.ones(3)), 0, 1), mask


def xanthelasma(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """Soft yellow plaques at the nasal end of the lids, mostly the upper, flat or slightly raised."""
    mask = np.zeros(eye.grid[0].shape, np.float32)
    upper = rng.random() < 0.75
    for _ in range(rng.integers(1, 4)):
        column = int(np.argmin(np.abs(eye.along - rng.uniform(-0.12, 0.38))))
        above, below = (
            eye.upper_margin[column] - rng.uniform(4, 9),
            eye.lower_margin[column] + rng.uniform(3, 8),
        )
        length = rng.uniform(2.8, 6.0)
        tilt = (0.35 if upper else -0.25) * eye.toward_temple * -1 + rng.normal() * 0.25
        centre = (eye.grid[0][0, column], above if upper else below)
        radii = (length, length * rng.uniform(0.35, 0.6))
        mask = np.maximum(mask, blob(eye, centre, radii, rng, angle=tilt, rough=0.13, edge=2.4))
        if rng.random() < 0.25:
            upper = not upper
    mask = mask * _on_skin(eye, 0.0)
    skin = skin_colour(image, mask)
    yellow = np.array([1.08, rng.uniform(1.04, 1.12), rng.uniform(0.58, 0.8)])
    tone = 0.5 * image * yellow + 0.5 * skin * yellow * rng.uniform(1.0, 1.15)
    tone = tone * (1 + 0.05 * noise(mask.shape, 2, rng))[..., None]
    drawn = paint(image, mask * rng.uniform(0.6, 0.9), np.clip(tone, 0, 1))
    light = relief(image, mask * rng.uniform(0.8, 1.8), rng.uniform(0.15, 0.35))
    return np.clip(drawn * light[..., None], 0, 1), mask
