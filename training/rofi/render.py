"""Draws a key's virtual face on a photo's own mesh, with the photo's light and the photo's eye openings.

Baselines alone draw by it; the product draws people from the atlas (src/engine/drawing). Sizes in pixels are for the
256 px crop.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from rofi.constants import CONSTANTS
from rofi.data import SIZE
from rofi.geometry import EYES, OVAL, FaceMesh, polygon

SHAPE_STRENGTH = 1.0
OVAL_SHRINK = 1.0
MASK_ERODE = 1
MASK_SIGMA = 5.0
SHADING_GRID: int = CONSTANTS["light"]["grid"]
SHADING_SIGMA: float = CONSTANTS["light"]["sigma"]
SHADING_OFFSET = 0.03
EYE_DILATE = 2
EYE_SIGMA = 1.5


@dataclass(frozen=True)
class Canvas:
    """What a face's landmarks fix before any key: where the mesh lies, what is drawn, what is kept.

    field: float32 [256, 256, 2], each pixel's place in the mean shape. mask: [256, 256] 0..1, the drawn face.
    eyes: [256, 256] 0..1, the eye openings, which stay the photo's own.
    """

    field: np.ndarray
    mask: np.ndarray
    eyes: np.ndarray

    @property
    def alpha(self) -> np.ndarray:
        """How much of each pixel is drawn, [256, 256] 0..1."""
        return self.mask * (1 - self.eyes)


def _disc(radius: int) -> np.ndarray:
    return cv2.getStructuringElement(cv2.MORPH_RECT, (2 * radius + 1, 2 * radius + 1))


def canvas(mesh: FaceMesh, landmarks: np.ndarray, size: int = SIZE) -> Canvas:
    """The canvas of a face with mesh landmarks [468, 2] in 0..1 of the crop."""
    scale = size / SIZE
    field, covered = mesh.to_mean(landmarks, size)
    oval = landmarks[list(OVAL)]
    centre = oval.mean(0)
    mask = polygon((oval - centre) * OVAL_SHRINK + centre, size) * covered
    mask = cv2.erode(mask, _disc(max(1, round(MASK_ERODE * scale))), borderValue=0)
    mask = cv2.GaussianBlur(mask, (0, 0), MASK_SIGMA * scale)
    eyes = np.maximum(*(polygon(landmarks[list(contour)], size) for contour in EYES.values()))
    eyes = cv2.dilate(eyes, _disc(max(1, round(EYE_DILATE * scale))))
    return Canvas(field, mask, cv2.GaussianBlur(eyes, (0, 0), EYE_SIGMA * scale))


def shrunk(image: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Image [s, s] or [s, s, 3] times mask [s, s] on the 64 px grid of light."""
    masked = image * (mask[..., None] if image.ndim > mask.ndim else mask)
    return cv2.resize(masked, (SHADING_GRID, SHADING_GRID), interpolation=cv2.INTER_AREA)


def soft(image: np.ndarray, sigma: float) -> np.ndarray:
    """Gaussian blur."""
    return cv2.GaussianBlur(image, (0, 0), sigma)


def low_pass(image: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Gaussian low-pass of image [s, s, 3] normalised inside mask [s, s], computed on a 64 px grid."""
    weight = shrunk(np.ones_like(mask), mask)
    low = soft(shrunk(image, mask), SHADING_SIGMA) / (soft(weight, SHADING_SIGMA)[..., None] + 1e-4)
    return cv2.resize(low, mask.shape[::-1], interpolation=cv2.INTER_LINEAR)


def colour(image: np.ndarray, on: Canvas, texture: np.ndarray) -> np.ndarray:
    """Texture [t, t, 3] warped onto the canvas, in the light of image [s, s, 3]; all in 0..1."""
    side = texture.shape[0]
    place = on.field * side - 0.5
    drawn = cv2.remap(texture, place[..., 0], place[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    ratio = (low_pass(image, on.mask) + SHADING_OFFSET) / (low_pass(drawn, on.mask) + SHADING_OFFSET)
    return np.clip(drawn * np.clip(ratio, 0.25, 4), 0, 1)


def draw(image: np.ndarray, on: Canvas, texture: np.ndarray) -> np.ndarray:
    """The virtual face [s, s, 3] in 0..1: the texture inside the mask, the photo's own eyes and surroundings."""
    return image + on.alpha[..., None] * (colour(image, on, texture) - image)
