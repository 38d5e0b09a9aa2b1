"""Another take of a photo, where a person has only one: other crop, light, size and compression."""

import cv2
import numpy as np

from rofi.recognisers.threshold import jpeg


def another_take(photo: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The photo uint8 [h, w, 3] cut by up to 6 % a side, turned by up to 4°, in other light, smaller, JPEG."""
    height, width = photo.shape[:2]
    left, right, top, bottom = (rng.uniform(0, 0.06, 4) * (width, width, height, height)).astype(int)
    part = photo[top : height - bottom, left : width - right]
    matrix = cv2.getRotationMatrix2D((part.shape[1] / 2, part.shape[0] / 2), rng.uniform(-4, 4), 1)
    turned = cv2.warpAffine(part, matrix, part.shape[1::-1], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    light = (turned / 255) ** rng.uniform(0.75, 1.35)
    light = (light - 0.5) * rng.uniform(0.85, 1.15) + 0.5 + rng.uniform(-0.04, 0.04) + rng.uniform(-0.03, 0.03, 3)
    pixels = np.clip(np.round(light * 255), 0, 255).astype(np.uint8)
    scale = rng.uniform(0.75, 1)
    size = (round(pixels.shape[1] * scale), round(pixels.shape[0] * scale))
    return jpeg(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), int(rng.integers(75, 95)))
