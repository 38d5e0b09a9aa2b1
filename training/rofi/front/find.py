"""What is in front of a face, as the network sees it. Mirrored by src/engine/front/find-front.ts.

In doubt nothing is: what is not is drawn over, and what is taken for it shows the person.
"""

import cv2
import numpy as np

from rofi.constants import CONSTANTS
from rofi.data import SIZE
from rofi.front.regions import connected
from rofi.geometry import OVAL, polygon

_FRONT = CONSTANTS["front"]
# How sure the network is where a part begins, and in how many pixels of 128² of it at least, so far inside the face's
# outline: see `choose`.
WEAK, SURE, LEAST_SURE, OUTLINE = (_FRONT[name] for name in ("weak", "sure", "leastSure", "outline"))
# What is found is grown by so many pixels of 128² and then as soft as this, in crop pixels.
GROW, SOFT = _FRONT["grow"], _FRONT["soft"]


def front_of(shares: np.ndarray, landmarks: np.ndarray) -> np.ndarray | None:
    """What stays in front of a face with landmarks [478, 2] in 0..1 where the network gave shares [128, 128].

    float32 [256, 256] in 0..1; None where nothing is.
    """
    found = parts_in_front(shares, landmarks)
    if not found.any():
        return None
    grown = cv2.dilate(found.astype(np.float32), np.ones((2 * GROW + 1,) * 2))
    return cv2.GaussianBlur(cv2.resize(grown, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR), (0, 0), SOFT)


def parts_in_front(
    shares: np.ndarray, landmarks: np.ndarray, *, weak: float = WEAK, sure: float = SURE, least: int = LEAST_SURE
) -> np.ndarray:
    """The pixels, bool [s, s], of the parts that a network is sure of; shares [s, s] in 0..1: how sure it is."""
    parts = connected(shares > weak)
    # All round a face something is in front of it, in a way: hair, a collar, the background.
    outline = polygon(landmarks[list(OVAL)], len(shares))
    inner = cv2.erode(outline, np.ones((2 * OUTLINE + 1,) * 2), borderValue=0) > 0
    enough = np.bincount(parts[(shares > sure) & inner], minlength=parts.max() + 1) >= least
    return enough[parts] & (parts > 0)
