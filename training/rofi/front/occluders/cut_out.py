"""What others wear, cut out of their photos; and pieces of their bare skin, so that a seam alone says nothing."""

import cv2
import numpy as np

from rofi.front.occluders.canvas import SIZE, Rng, blank, blob, fill, small, smooth_noise
from rofi.front.occluders.drawn import Drawn

# Cheeks, nose, mouth, between the brows, chin.
INNER = (4, 195, 6, 9, 205, 425, 50, 280, 0, 17, 199, 61, 291, 66, 296, 187, 411)


def move(rng: Rng, most: float) -> np.ndarray:
    """A slight similarity about the middle of the crop, as cv2.warpAffine takes it."""
    turn, scale = rng.normal() * 0.03 * most, np.exp(rng.normal() * 0.03 * most)
    matrix = cv2.getRotationMatrix2D((128, 108), np.degrees(turn), scale)
    matrix[:, 2] += rng.normal(size=2) * 2 * most
    return matrix


def worn_by(other: np.ndarray, worn: np.ndarray, rng: Rng, *, mirrored: bool) -> Drawn:
    """What somebody else [256, 256, 3] wears, where worn [128, 128] says so."""
    mask = cv2.resize(worn.astype(np.float32), (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
    if mirrored:
        other, mask = other[:, ::-1], mask[:, ::-1]
    way = move(rng, 1.0)
    mask = np.clip(cv2.GaussianBlur(cv2.warpAffine(mask, way, (SIZE, SIZE)), (0, 0), 1.0) * 1.6 - 0.3, 0, 1)
    surface = cv2.warpAffine(other, way, (SIZE, SIZE), borderMode=cv2.BORDER_REPLICATE)
    if rng.random() < 0.4:
        surface = np.clip(surface * np.float32(rng.uniform(0.6, 1.3, 3)), 0, 1)
    return Drawn([(surface.astype(np.float32), mask)], mask)


def skin_of_others(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """Pieces of another bare face in about this one's colours, with more or less of a seam."""
    for _ in range(int(rng.integers(1, 4))):
        plane = blank()
        fill(plane, blob(rng, points[INNER[int(rng.integers(len(INNER)))]], rng.uniform(8, 34)))
        alpha = cv2.GaussianBlur(small(plane), (0, 0), rng.choice([0.6, 1.5, 4]))[..., None]
        shift = move(rng, 1.0)
        taken = cv2.warpAffine(other, shift, (SIZE, SIZE), borderMode=cv2.BORDER_REPLICATE)
        weight = alpha.sum() + 1e-3
        gain = ((image * alpha).sum((0, 1)) / weight + 0.02) / ((taken * alpha).sum((0, 1)) / weight + 0.02)
        taken = taken * np.clip(gain, 0.2, 5) * np.float32(np.exp(rng.normal() * 0.05))
        image = image + alpha * (np.clip(taken, 0, 1) - image)
    return image


def hair_of(
    other: np.ndarray, layers: list[tuple[np.ndarray, np.ndarray]], rng: Rng
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Drawn strands in the colours of what is at the top of another photo."""
    band = other[2:42, 70:186]
    surface = cv2.resize(band, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
    shade = 1 + 0.15 * smooth_noise(rng, 6)[..., None]
    tone = np.clip(surface * shade, 0, 1)
    return [
        (np.clip(tone * (drawn / (drawn.mean() + 0.02)).clip(0.4, 1.8), 0, 1).astype(np.float32), a)
        for drawn, a in layers
    ]
