"""How unlike any one person a mix of donors is: blotches, a nose in another light than its cheeks.

Donors' brightness is looked at coarsely, in logarithms; what neither soft light nor the main ways in which faces differ
explain is odd. Mirrored by src/engine/people/oddness.ts.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from rofi.geometry import EYES, OVAL, FaceMesh, polygon
from rofi.people.compose import LUMA

# Pixels a side that a face is looked at on, of the texture's.
SIDE = 32
# Light is a sum of cosines of so many half-waves across and down together.
WAVES = 2
AXES = 40
# Brightness below which differences fade, and how little of a face is always unexplained.
DARK, LEAST_SPREAD = 0.04, 0.02
# What is looked at: neither the rim, so many pixels of the texture wide, nor eyes, nor what lips open to.
RIM, EYES_GROWN, MOST_HIDDEN = 7, 2, 0.3


@dataclass(frozen=True)
class Oddness:
    """tones [n, p]: the donors' brightness less their mean at p pixels. masks [4, p]: what of each part shows there.

    axes [k, p], orthonormal: what light and faces have. spread [p]: what is left of real faces.
    """

    tones: np.ndarray
    masks: np.ndarray
    axes: np.ndarray
    spread: np.ndarray

    @classmethod
    def fit(cls, textures: list[np.ndarray], masks: np.ndarray, mouth: np.ndarray, mesh: FaceMesh) -> "Oddness":
        """Of donors' textures [256, 256, 3]; masks [4, 256, 256] and mouth [256, 256] as the atlas has them."""
        used = _used(mesh, mouth)
        tones = np.stack([_small(np.log(texture @ LUMA + DARK))[used] for texture in textures])
        tones = tones - tones.mean(0)
        light = np.linalg.qr(_waves()[:, used].T)[0].T
        rest = tones - tones @ light.T @ light
        axes = np.concatenate([light, np.linalg.svd(rest, full_matrices=False)[2][:AXES]])
        axes = np.linalg.qr(axes.T)[0].T
        left = tones - tones @ axes.T @ axes
        shares = np.stack([_small(mask)[used] for mask in masks])
        return cls(tones, shares, axes, np.sqrt((left**2).mean(0)) + LEAST_SPREAD)

    def of(self, rows: list[int]) -> float:
        """Of the donors of face, brows, nose and mouth: root mean square, in what is left of real faces."""
        mixed = (self.masks * self.tones[rows]).sum(0)
        left = mixed - mixed @ self.axes.T @ self.axes
        return float(np.sqrt(((left / self.spread) ** 2).mean()))


def _small(plane: np.ndarray) -> np.ndarray:
    return cv2.resize(plane, (SIDE, SIDE), interpolation=cv2.INTER_AREA)


def _used(mesh: FaceMesh, mouth: np.ndarray) -> np.ndarray:
    side = mouth.shape[0]
    face = cv2.erode(polygon(mesh.mean[list(OVAL)], side), np.ones((2 * RIM + 1,) * 2))
    eyes = np.maximum(*(polygon(mesh.mean[list(contour)], side) for contour in EYES.values()))
    eyes = cv2.dilate(eyes, np.ones((2 * EYES_GROWN + 1,) * 2))
    return (_small(face) > 0.99) & (_small(eyes) < MOST_HIDDEN) & (_small(mouth) < MOST_HIDDEN)


def _waves() -> np.ndarray:
    at = (np.arange(SIDE) + 0.5) / SIDE * np.pi
    pairs = [(u, v) for u in range(WAVES + 1) for v in range(WAVES + 1 - u)]
    return np.stack([np.outer(np.cos(v * at), np.cos(u * at)) for u, v in pairs])
