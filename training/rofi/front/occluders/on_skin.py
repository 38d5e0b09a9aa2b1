"""What is on a face and not in front of it: light, shadow and marks."""

import cv2
import numpy as np

from rofi.front.occluders.canvas import SIZE, Rng, blank, blob, fill, small
from rofi.front.occluders.hair import hair
from rofi.front.occluders.held import anything, bar, hand
from rofi.front.occluders.worn import glasses, hat


def shadow(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """A hard or soft shadow, or a patch of sun, in the form of whatever else is drawn."""
    draw = (anything, hair, hat, hand, bar, glasses)[int(rng.integers(6))]
    alpha = np.max([a for _, a in draw(image, points, other, rng)], 0)
    move = np.float32([[1, 0, rng.normal() * 6], [0, 1, rng.uniform(0, 14)]])
    alpha = cv2.warpAffine(alpha, move, (SIZE, SIZE))
    alpha = cv2.GaussianBlur(alpha, (0, 0), rng.choice([0.6, 1.2, 3, 8]))[..., None]
    gain = rng.uniform(0.2, 0.8) * np.float32([1, rng.uniform(0.9, 1.08), rng.uniform(0.85, 1.15)])
    if rng.random() < 0.3:
        gain = rng.uniform(1.2, 1.9) * np.float32([1, rng.uniform(0.95, 1), rng.uniform(0.85, 1)])
    return np.clip(image * (1 + alpha * (gain - 1)), 0, 1)


def mark(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """What is on the skin: moles, spots, bruises, make-up, gloss."""
    canvas = blank()
    kind = rng.random()
    if kind < 0.3:
        for _ in range(rng.integers(1, 14)):
            fill(canvas, blob(rng, points[int(rng.integers(468))], rng.uniform(0.8, 4), rough=0.15))
        gains, soft = rng.uniform(0.25, 0.7) * np.float32([1, 0.85, 0.75]), 0.6
    elif kind < 0.5:
        fill(canvas, blob(rng, points[int(rng.integers(468))], rng.uniform(6, 26)))
        gains, soft = np.float32(rng.uniform(0.55, 1, 3)), rng.uniform(1, 6)
    elif kind < 0.7:
        lips = (61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91)
        fill(canvas, points[list(lips)])
        gains, soft = np.float32([rng.uniform(0.6, 1.1), rng.uniform(0.2, 0.8), rng.uniform(0.25, 0.9)]), 1.0
    elif kind < 0.85:
        for eye in (((33, 133), -1), ((362, 263), 1)):
            centre = points[list(eye[0])].mean(0) - [0, rng.uniform(3, 9)]
            fill(canvas, blob(rng, centre, rng.uniform(14, 24), rough=0.05))
        gains, soft = np.float32(rng.uniform(0.3, 1, 3)), rng.uniform(2, 5)
    else:
        for _ in range(rng.integers(1, 5)):
            fill(canvas, blob(rng, points[int(rng.integers(468))], rng.uniform(3, 16)))
        gains, soft = np.repeat(np.float32(rng.uniform(1.2, 2)), 3), rng.uniform(2, 6)
    alpha = cv2.GaussianBlur(small(canvas), (0, 0), soft)[..., None] * rng.uniform(0.4, 1)
    return np.clip(image * (1 + alpha * (gains - 1)), 0, 1)
