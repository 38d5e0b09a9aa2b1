"""What is no thing in front: paint, light, beards, wrinkles, tongues, and seams."""

import cv2
import numpy as np

from rofi.front.occluders.canvas import BROWS, SIZE, Rng, blank, blob, colour, fill, line, small, smooth_noise
from rofi.front.occluders.cut_out import skin_of_others
from rofi.geometry import OVAL

LIPS = (61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91)
BEARD = (234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454)


def paint(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """Face paint: areas, stripes, dots and figures, through which the skin shows."""
    for _ in range(int(rng.integers(1, 4))):
        plane, kind = blank(), rng.random()
        if kind < 0.4:
            centre = points[int(rng.integers(468))]
            fill(plane, blob(rng, centre, rng.uniform(8, 60), rough=0.15))
            if rng.random() < 0.4:
                fill(plane, blob(rng, np.array([256 - centre[0], centre[1]]), rng.uniform(8, 60), rough=0.15))
        elif kind < 0.75:
            for _ in range(int(rng.integers(1, 9))):
                start, end = points[rng.integers(468, size=2)]
                middle = (start + end) / 2 + rng.normal(size=2) * 12
                line(plane, np.stack([start, middle, end]), rng.uniform(0.8, 9))
        elif kind < 0.88:
            fill(plane, points[list(OVAL)])
            cut = blank()
            turn, at = rng.uniform(0, 2 * np.pi), points[4] + rng.normal(size=2) * 20
            way = np.array([np.cos(turn), np.sin(turn)])
            side = np.array([-way[1], way[0]])
            fill(
                cut,
                np.stack([at - side * 300, at + side * 300, at + side * 300 + way * 300, at - side * 300 + way * 300]),
            )
            plane = np.minimum(plane, cut)
        else:
            fill(plane, points[list(LIPS)])
            plane = cv2.dilate(plane, np.ones((int(rng.integers(1, 12)),) * 2))
        alpha = cv2.GaussianBlur(small(plane), (0, 0), rng.choice([0.4, 1, 3]))
        alpha = (alpha * rng.uniform(0.2, 0.85) * np.clip(1 + 0.2 * smooth_noise(rng, 40), 0, 1.2))[..., None]
        # Paint has the skin's own shades and pores.
        shade = image.mean(-1, keepdims=True)
        tone = colour(rng) * np.clip(shade / max(0.1, float(np.median(shade[60:200, 70:190]))), 0.3, 1.7)
        image = image + np.clip(alpha, 0, 1) * (np.clip(tone, 0, 1) - image)
    return image


def hard_light(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """Light from the side that leaves a part of the face in the dark, by the face's own relief; or coloured light."""
    y, x = np.mgrid[:SIZE, :SIZE].astype(np.float32)
    turn = rng.uniform(0, 2 * np.pi)
    at = points[4] + rng.normal(size=2) * 22
    nose = np.exp(-0.5 * (((x - points[4, 0]) / 14) ** 2 + ((y - points[195, 1]) / 26) ** 2)) * rng.uniform(-16, 16)
    along = (x - at[0]) * np.cos(turn) + (y - at[1]) * np.sin(turn) + nose + 4 * smooth_noise(rng, 6)
    dark = 1 / (1 + np.exp(-along / rng.choice([1.5, 4, 10, 25])))[..., None]
    low = rng.uniform(0.08, 0.7) * np.float32(rng.uniform(0.8, 1.2, 3))
    high = rng.uniform(0.8, 1.6) * np.float32(rng.uniform(0.85, 1.15, 3))
    return np.clip(image * (low * dark + high * (1 - dark)), 0, 1)


def beard(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """Short hair round the mouth, at the jaw, over the lip; or thicker brows."""
    plane = blank()
    kind = rng.random()
    if kind < 0.6:
        inner = points[[205, 61, 17, 291, 425]] + rng.normal(size=(5, 2)) * 4
        inner[2] += [0, rng.uniform(-16, 6)]
        fill(
            plane,
            np.concatenate([points[list(BEARD[int(rng.integers(1, 5)) : -int(rng.integers(1, 5))])], inner[::-1]]),
        )
    elif kind < 0.8:
        line(plane, points[[61, 37, 2, 267, 291]] + [0, -2], rng.uniform(3, 10))
    else:
        for side in (BROWS[:5], BROWS[5:]):
            line(plane, points[list(side)] + rng.normal(size=2), rng.uniform(2, 8))
    alpha = cv2.GaussianBlur(small(plane), (0, 0), rng.uniform(1, 5))
    fine = cv2.GaussianBlur(rng.normal(size=(SIZE, SIZE)).astype(np.float32), (0, 0), rng.uniform(0.5, 1.1), sigmaY=1.6)
    fine = fine / (fine.std() + 1e-6)
    alpha = np.clip(alpha * (rng.uniform(0.25, 0.85) + rng.uniform(0.1, 0.3) * fine), 0, 0.97)[..., None]
    tone = (
        np.float32([0.12, 0.09, 0.07]) * rng.uniform(0.5, 2.5) if rng.random() < 0.75 else np.float32([0.6, 0.58, 0.55])
    )
    return np.clip(image + alpha * (tone - image), 0, 1)


def lines(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """Wrinkles, scars and creases: dark or light lines in the skin, with a lit edge."""
    plane = blank()
    for _ in range(int(rng.integers(1, 9))):
        kind = rng.random()
        if kind < 0.35:
            level = points[10, 1] + (points[9, 1] - points[10, 1]) * rng.uniform(0.2, 0.95)
            x = 128 + np.linspace(-1, 1, 9) * rng.uniform(12, 48)
            path = np.stack([x, level + rng.normal() * 4 * ((x - 128) / 40) ** 2 + rng.normal(size=9) * 0.5], -1)
        elif kind < 0.7:
            side = bool(rng.random() < 0.5)
            path = points[[129, 203, 206, 216, 212]] if side else points[[358, 423, 426, 436, 432]]
            path = path + rng.normal(size=2) * 3
        else:
            start = points[int(rng.integers(468))]
            path = np.stack([start, start + rng.normal(size=2) * 10, start + rng.normal(size=2) * 18])
        line(plane, path, rng.uniform(0.5, 2.4))
    alpha = cv2.GaussianBlur(small(plane), (0, 0), rng.uniform(0.4, 1.5))[..., None] * rng.uniform(0.2, 0.7)
    lit = np.roll(alpha, 2, 0)
    gains = rng.uniform(0.35, 0.85) * np.float32([1, 0.92, 0.9])
    return np.clip(image * (1 + alpha * (gains - 1)) * (1 + 0.15 * lit), 0, 1)


def tongue(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """A tongue put out, or teeth."""
    plane = blank()
    middle, wide = points[[13, 14]].mean(0), np.linalg.norm(points[61] - points[291])
    if rng.random() < 0.6:
        t = np.linspace(0, np.pi, 20)
        size = np.array([wide * rng.uniform(0.2, 0.36), rng.uniform(8, 30)])
        fill(plane, middle + np.stack([np.cos(t), np.sin(t)], -1) * size)
        tone = np.float32([0.8, 0.4, 0.42]) * rng.uniform(0.6, 1.15)
    else:
        t = np.linspace(0, 2 * np.pi, 20)
        fill(plane, middle + np.stack([np.cos(t) * wide * 0.36, np.sin(t) * rng.uniform(3, 10)], -1))
        tone = np.float32([0.9, 0.87, 0.8]) * rng.uniform(0.6, 1.05)
    alpha = cv2.GaussianBlur(small(plane), (0, 0), 0.8)[..., None]
    shade = 1 + 0.12 * smooth_noise(rng, 14)[..., None] - 0.3 * np.exp(-_inside(plane) / 2)[..., None]
    light = np.clip(image[150:200, 90:166].mean() * 1.8, 0.15, 1.1)
    return image + alpha * (np.clip(tone * shade * light, 0, 1) - image)


def spots(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """Freckles, redness, vitiligo, burns, bruises: other colours of the same skin."""
    if rng.random() < 0.5:
        plane = blank()
        for _ in range(int(rng.integers(10, 120))):
            fill(
                plane,
                blob(rng, points[int(rng.integers(468))] + rng.normal(size=2) * 4, rng.uniform(0.4, 1.8), points=8),
            )
        alpha = cv2.GaussianBlur(small(plane), (0, 0), 0.5)[..., None] * rng.uniform(0.2, 0.8)
        return np.clip(image * (1 - alpha * (1 - np.float32([0.6, 0.45, 0.38]))), 0, 1)
    cover = np.clip(smooth_noise(rng, int(rng.integers(4, 14))) - rng.uniform(0.2, 1), 0, 0.3) / 0.3
    cover = cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.5, 4))[..., None] * rng.uniform(0.3, 1)
    gains = ([1.05, 0.65, 0.65], [1.5, 1.55, 1.6], [0.6, 0.5, 0.6], [0.55, 0.5, 0.45])[int(rng.integers(4))]
    return np.clip(image * (1 + cover * (np.float32(gains) - 1)), 0, 1)


def _inside(plane: np.ndarray) -> np.ndarray:
    return cv2.distanceTransform((small(plane) > 0.5).astype(np.uint8), cv2.DIST_L2, 3)


HARMLESS = (paint, hard_light, beard, lines, tongue, spots, skin_of_others)
