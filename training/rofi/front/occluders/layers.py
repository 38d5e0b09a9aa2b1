"""Drawn things laid over a picture."""

import cv2
import numpy as np

from rofi.front.occluders.canvas import SIZE, Layer, Rng


def lay(image: np.ndarray, layers: list[Layer], rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """Layers over a picture, with their shadow under them; and how much of it they hide, [256, 256]."""
    hidden = np.zeros((SIZE, SIZE), np.float32)
    if rng.random() < 0.5:
        alpha = np.max([a for _, a in layers], 0)
        move = np.float32([[1, 0, rng.normal() * 3], [0, 1, rng.uniform(0, 6)]])
        cast = cv2.GaussianBlur(cv2.warpAffine(alpha, move, (SIZE, SIZE)), (0, 0), rng.uniform(1, 5))
        image = image * (1 - rng.uniform(0, 0.55) * cast)[..., None]
    gain = rng.uniform(0.7, 1.15)
    for surface, alpha in layers:
        image = image + alpha[..., None] * (np.clip(surface * gain, 0, 1) - image)
        hidden = hidden + alpha * (1 - hidden)
    return image, hidden
