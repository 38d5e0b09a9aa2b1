"""Faces found in a photo as the product finds them: once in the whole picture, once more upright and close up."""

import numpy as np

from rofi.data import SIZE
from rofi.landmarks import Landmarker
from rofi.photo.resampling import blend, reduce_to, resample, to_pixels
from rofi.photo.similarity import Similarity, align_eyes, eye_centres

DETECTION_SIZE = 640
MIN_EYE_SPAN = 80
CLOSE_UP = SIZE * 3 // 2
MARGIN = (CLOSE_UP - SIZE) / 2
OUTER_CORNERS = (33, 263)


def find(landmarker: Landmarker, photo: np.ndarray) -> np.ndarray | None:
    """Landmarks [478, 2] in photo pixels of the largest face, or None.

    Tiles, in which the page looks for small faces besides, are left out: those are too small to be protected.
    """
    small, factor = reduce_to(photo, DETECTION_SIZE)
    found = [face * small.shape[1::-1] * factor for face in landmarker.detect(small)]
    if not found:
        return None
    largest = max(found, key=eye_span)
    again = find_near(landmarker, photo, largest)
    return largest if again is None else again


def find_near(
    landmarker: Landmarker, photo: np.ndarray, landmarks: np.ndarray, drawn: np.ndarray | None = None
) -> np.ndarray | None:
    """The face where another one's landmarks say, looked at close up; None when there is none.

    drawn: aligned crop [256, 256, 3] in 0..255 that is looked at in place of the photo's own.
    """
    transform = align_eyes(*eye_centres(landmarks))
    wider = Similarity(transform.turn, transform.shift + complex(MARGIN, MARGIN))
    picture = to_pixels(resample(photo, wider, CLOSE_UP))
    if drawn is not None:
        picture = blend(picture, drawn, Similarity(1, complex(-MARGIN, -MARGIN)))
    near = [wider.inverse(face * CLOSE_UP) for face in landmarker.detect(picture)]
    reach = 0.5 * abs(np.subtract(*eye_centres(landmarks)))
    offsets = [_offset(landmarks, face) for face in near]
    if not offsets or min(offsets) > reach:
        return None
    return near[int(np.argmin(offsets))]


def eye_span(landmarks: np.ndarray) -> float:
    """Distance between the eyes' outer corners, in the landmarks' pixels."""
    right, left = landmarks[list(OUTER_CORNERS)]
    return float(np.linalg.norm(left - right))


def _offset(one: np.ndarray, other: np.ndarray) -> float:
    return max(abs(a - b) for a, b in zip(eye_centres(one), eye_centres(other), strict=True))
