"""How sharp the drawn face is beside the original."""

import cv2
import numpy as np

from rofi.data import SIZE
from rofi.evaluation.product import ProtectedPhoto
from rofi.geometry import eye_boxes
from rofi.photo.resampling import resample
from rofi.photo.similarity import Similarity

SIDE = 384
DRAWN = 0.9


def sharpness_ratio(protected: ProtectedPhoto) -> float:
    """Variance of the Laplacian inside the drawn face over the original's, eye boxes left out, crop of 384 px.

    NaN where next to nothing is drawn.
    """
    face = protected.face
    factor = SIDE / SIZE
    finer = Similarity(face.transform.turn * factor, face.transform.shift * factor)
    inside = cv2.resize(protected.opacity.astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR) > DRAWN
    for left, top, right, bottom in np.round(eye_boxes(face.landmarks) * SIDE).astype(int):
        inside[top:bottom, left:right] = False
    if inside.sum() < SIDE:
        return float("nan")
    before, after = (_edges(resample(photo, finer, SIDE))[inside].var() for photo in (face.photo, protected.photo))
    return float(after / before)


def _edges(image: np.ndarray) -> np.ndarray:
    return cv2.Laplacian(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float64), cv2.CV_64F)
