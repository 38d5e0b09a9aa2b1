"""What is drawn in front of a face, with its shadow, in the face's light and as sharp as it."""

from dataclasses import dataclass

import cv2
import numpy as np

from rofi.front.occluders.canvas import SIZE, Layer, Rng


@dataclass(frozen=True, eq=False)
class Drawn:
    """Layers, and what of the crop they cover, [256, 256] in 0..1: a clear frame covers what it lets through.

    unsure [256, 256] in 0..1: neither the face nor something in front of it, such as a reflection on a lens.
    """

    layers: list[Layer]
    covers: np.ndarray
    unsure: np.ndarray | None = None


def of_layers(layers: list[Layer]) -> Drawn:
    """Layers that cover what they hide."""
    hidden = np.zeros((SIZE, SIZE), np.float32)
    for _, alpha in layers:
        hidden = hidden + alpha * (1 - hidden)
    return Drawn(layers, hidden)


def light_of(image: np.ndarray) -> np.ndarray:
    """How light falls on a crop [256, 256, 3], about 1, [256, 256]."""
    grey = cv2.resize(image.mean(-1), (64, 64), interpolation=cv2.INTER_AREA)
    low = cv2.GaussianBlur(grey, (0, 0), 8) + 0.05
    return cv2.resize(low / low[16:52, 16:48].mean(), (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)


def put(image: np.ndarray, drawn: Drawn, rng: Rng) -> np.ndarray:
    """A crop [256, 256, 3] in 0..1 with what is drawn in front of it."""
    covers = drawn.covers
    for sigma, most, chance in ((rng.uniform(0.8, 2), 0.5, 0.7), (rng.uniform(2.5, 7), 0.55, 0.5)):
        if rng.random() < chance:
            move = np.float32([[1, 0, rng.normal() * sigma * 0.8], [0, 1, rng.uniform(0, 1.5) * sigma]])
            cast = cv2.GaussianBlur(cv2.warpAffine(covers, move, (SIZE, SIZE)), (0, 0), sigma)
            image = image * (1 - rng.uniform(0.1, most) * cast)[..., None]
    gain = np.full((SIZE, SIZE), rng.uniform(0.75, 1.15), np.float32)
    if rng.random() < 0.5:
        gain *= np.clip(light_of(image) ** rng.uniform(0.3, 1), 0.35, 1.7)
    soft = rng.uniform(0.2, 1.1) if rng.random() < 0.7 else 0
    for surface, alpha in drawn.layers:
        surface = np.clip(surface * gain[..., None], 0, 1)
        if soft > 0.35:
            surface, alpha = (cv2.GaussianBlur(plane, (0, 0), soft) for plane in (surface, alpha))
        image = image + alpha[..., None] * (surface - image)
    return image
