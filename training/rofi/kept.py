"""What of the photo is kept for its signs: shares of cells, and the soft outline that they have in the crop.

The product mirrors this file in src/engine/drawing (sign-map.ts, overlay.ts).
"""

import cv2
import numpy as np

from rofi.constants import CONSTANTS
from rofi.geometry import polygon

SIZE, GRID = CONSTANTS["crop"]["side"], CONSTANTS["crop"]["cells"]
SIGN_THRESHOLD = 0.5
# Round each eye below the brow and above the cheek: the socket, with lids and lid folds.
SOCKETS = CONSTANTS["landmarks"]["sockets"]
# The outline is a level of the shares' blur: whole some 6 px beyond a long kept edge, gone 11 px beyond it.
SIGMA, NOTHING, WHOLE = (CONSTANTS["keptSigns"][name] for name in ("outlineSigma", "nothing", "whole"))
MOSTLY: float = CONSTANTS["keptSigns"]["mostly"]


def kept_shares(scores: np.ndarray, threshold: float = SIGN_THRESHOLD) -> np.ndarray:
    """How much of each cell is kept, float32 [32, 32] in 0..1, of scores [32, 32].

    Cells above the threshold are kept whole; beside them, so much as their scores come near it.
    """
    above = (scores > threshold).astype(np.float32)
    beside = cv2.dilate(above, np.ones((3, 3), np.uint8), borderValue=0)
    near = np.clip(2 * scores / threshold - 1, 0, 1)
    return np.where(above > 0, 1, beside * near).astype(np.float32)


def whole_eyes(landmarks: np.ndarray) -> np.ndarray:
    """Shares of cells [32, 32] that keep both eyes whole: what of each lies in a socket."""
    sockets = np.maximum(*(polygon(landmarks[list(ring)], SIZE) for ring in SOCKETS))
    return sockets.reshape(GRID, SIZE // GRID, GRID, SIZE // GRID).mean((1, 3))


def sign_mask(shares: np.ndarray) -> np.ndarray:
    """The protector's mask, float32 [32, 32]: 1 where the photo's own features stay."""
    return (shares > MOSTLY).astype(np.float32)


def kept(shares: np.ndarray) -> np.ndarray:
    """How much of the photo's own face shows for its signs, [256, 256] in 0..1, of shares of cells [32, 32]."""
    cell = SIZE // GRID
    plane = np.repeat(np.repeat(shares.astype(np.float32), cell, 0), cell, 1)
    level = np.clip((cv2.GaussianBlur(plane, (0, 0), SIGMA) - NOTHING) / (WHOLE - NOTHING), 0, 1)
    return level * level * (3 - 2 * level)
