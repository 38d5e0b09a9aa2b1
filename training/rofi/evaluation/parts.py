"""What is left of a face when parts of it are taken out: what gives a person away, and by what photos are linked."""

import cv2
import numpy as np

from rofi.data import SIZE
from rofi.evaluation.baselines import eye_crop
from rofi.evaluation.product import Face
from rofi.geometry import EYES, OVAL, polygon

EYES_GROWN, INSIDE_FEATHER = 8, 3.0
GREY = 128.0
WHOLE, INSIDE, WITHOUT_EYES, OUTSIDE = (
    "whole",
    "without the drawn face",
    "without the eyes",
    "without hair, ears and background",
)


def taken_apart(face: Face, crop: np.ndarray, opacity: np.ndarray) -> dict[str, np.ndarray]:
    """The crop [256, 256, 3] in 0..255 whole, and with one part at a time replaced by an even colour.

    opacity: [256, 256] in 0..1, where the face is drawn; its inside is replaced by the mean of its own skin.
    """
    drawn = opacity[..., None]
    skin = (crop * drawn).sum((0, 1)) / max(float(drawn.sum()), 1)
    eyes, outside = _eyes(face), 1 - polygon(face.landmarks[list(OVAL)], SIZE)
    return {
        WHOLE: crop,
        INSIDE: crop + drawn * (skin - crop),
        WITHOUT_EYES: crop + eyes[..., None] * (skin - crop),
        OUTSIDE: crop + outside[..., None] * (GREY - crop),
    }


def eye_strip(face: Face, crop: np.ndarray) -> np.ndarray:
    """Only the band with both eyes; the rest is grey."""
    return eye_crop(np.clip(np.round(crop), 0, 255).astype(np.uint8), face.landmarks)


def _eyes(face: Face) -> np.ndarray:
    both = np.maximum(*(polygon(face.landmarks[list(contour)], SIZE) for contour in EYES.values()))
    return cv2.GaussianBlur(cv2.dilate(both, np.ones((2 * EYES_GROWN + 1,) * 2)), (0, 0), INSIDE_FEATHER)
