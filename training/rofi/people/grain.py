"""What a drawing has that is finer than the crop: skin from a larger person, and grain as the photo has it.

Mirrored by src/engine/drawing/grain.ts.
"""

import cv2
import numpy as np

from rofi.constants import CONSTANTS
from rofi.people.compose import rank
from rofi.people.draw import LUMA, SIZE, Drawing

# Detail may be raised or lowered so far to match the photo's.
MOST_GAIN, DARK, INSIDE = (CONSTANTS["grain"][name] for name in ("mostGain", "dark", "inside"))


def finer(plane: np.ndarray) -> np.ndarray:
    """What of a plane [256·k, 256·k] is finer than the crop: its means over the crop's pixels are near 0."""
    for _ in range(2):
        small = plane.reshape(SIZE, plane.shape[0] // SIZE, SIZE, -1).mean((1, 3))
        plane = plane - cv2.resize(small, plane.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return plane


def smooth(plane: np.ndarray) -> np.ndarray:
    """A plane without what is finest, of which photographs keep little."""
    kernel = np.float32([1, 2, 1]) / 4
    return cv2.sepFilter2D(plane.astype(np.float32), cv2.CV_32F, kernel, kernel, borderType=cv2.BORDER_REPLICATE)


def noise(side: int, seed: int) -> np.ndarray:
    """Nearly normal noise [side, side] of deviation 1 that a seed decides: three uniform numbers each."""
    at = np.arange(side * side)
    bits = rank(seed, at).astype(np.int64)
    total = (bits & 1023) + ((bits >> 10) & 1023) + ((bits >> 20) & 1023)
    return ((total / 1023 - 1.5) * 2).reshape(side, side)


def grain(photo: np.ndarray, drawing: Drawing, detail: np.ndarray, seed: int) -> np.ndarray:
    """The fine layer [256·k, 256·k] of a drawing: a share of its brightness to add to every pixel.

    photo: the patient's crop [256·k, 256·k, 3] in 0..1. detail: [s, s] ratio on the mean shape.
    """
    side = photo.shape[0]
    field = cv2.resize(drawing.field, (side, side), interpolation=cv2.INTER_LINEAR) * detail.shape[0] - 0.5
    ratio = cv2.remap(detail, field[..., 0], field[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    opacity = cv2.resize(drawing.opacity, (side, side), interpolation=cv2.INTER_LINEAR)
    drawn = finer(ratio - 1)
    luma = photo @ LUMA
    own = finer(luma) / (cv2.resize(drawing.image @ LUMA, (side, side), interpolation=cv2.INTER_LINEAR) + DARK)
    inside = opacity > INSIDE
    if not inside.any():
        return np.zeros_like(luma)

    def size(plane: np.ndarray) -> float:
        return float(np.abs(smooth(plane)[inside]).mean())

    gain = min(MOST_GAIN, size(own) / (size(drawn) + 1e-6))
    missing = np.sqrt(max(0.0, size(own) ** 2 - (gain * size(drawn)) ** 2))
    speckle = finer(smooth(noise(side, seed)))
    speckle *= missing / size(speckle)
    return (opacity * (gain * drawn + speckle)).astype(np.float32)
