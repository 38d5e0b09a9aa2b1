"""Swelling of the lids: allergy, infection, thyroid eyes, injury."""

import cv2
import numpy as np

from .eye import Eye, smoothstep
from .position import lower_lid_over
from .surface import Drawn
from .texture import Rng, noise, paint, tint

_TONES = ((1.04, 0.76, 0.74), (1.02, 0.88, 0.88), (0.92, 0.74, 0.82), (1.0, 1.0, 1.0))
"""Red, pink, bruised, pale: what a swollen lid's skin is tinted with."""


def _cushion(eye: Eye, distance: np.ndarray, reach: float, breadth: float) -> tuple[np.ndarray, np.ndarray]:
    """Mask of a lid's skin up to `reach` px from its margin, and where on it we are, 0 at the margin, 1 at the end."""
    ends = np.clip(np.minimum(eye.along + breadth, 1 + breadth - eye.along) * 3, 0, 1)
    end = np.maximum(reach * ends**0.5, 1)
    mask = smoothstep(distance / 1.5 + 0.5) * smoothstep((end - distance) / 6 + 0.5) * ends
    return mask.astype(np.float32), np.clip(distance / end, 0, 1)


def _puffed(image: np.ndarray, mask: np.ndarray, place: np.ndarray, rng: Rng) -> np.ndarray:
    """Skin without creases, light where it bulges and dark where it ends."""
    calm = cv2.GaussianBlur(image.astype(np.float32), (0, 0), rng.uniform(1.4, 2.4))
    image = paint(image, mask * rng.uniform(0.6, 0.95), calm)
    image = tint(image, mask * rng.uniform(0.3, 0.95), _TONES[rng.integers(len(_TONES))])
    bulge = np.clip(np.sin(np.pi * place), 0, 1) ** 0.8
    ditch = np.exp(-0.5 * ((place - 0.88) / rng.uniform(0.12, 0.3)) ** 2)
    shine = bulge * smoothstep(noise(mask.shape, 4, rng) + 0.2)
    light = 1 + mask * (
        rng.uniform(0.03, 0.14) * bulge + rng.uniform(0, 0.06) * shine - rng.uniform(0.05, 0.25) * ditch
    )
    return image * light[..., None]


def swelling(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """Puffy, smooth, often reddened lids, the upper hanging over a narrowed opening."""
    y = eye.grid[1]
    mask = np.zeros(y.shape, np.float32)
    which = rng.choice(["upper", "lower", "both"], p=[0.5, 0.2, 0.3])
    if which != "upper":
        under, place = _cushion(eye, y - eye.lower_margin - 1, rng.uniform(11, 18), rng.uniform(0.1, 0.3))
        image, mask = _puffed(image, under, place, rng), under
    if which != "lower":
        opening = eye.lower_margin - eye.upper_margin
        drop = opening * rng.uniform(0.2, 0.55) * eye.lid_profile(rng.uniform(0.25, 0.6))
        image = lower_lid_over(image, eye, np.clip(drop, 0, None))[0]
        reach = max(float(eye.upper_margin.min() - eye.brow) * rng.uniform(0.6, 0.95), 7) + drop.max()
        over, place = _cushion(eye, eye.upper_margin + drop - y, reach, rng.uniform(0.1, 0.3))
        image, mask = _puffed(image, over, place, rng), np.maximum(mask, over)
    return np.clip(image, 0, 1), mask
