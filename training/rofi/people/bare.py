"""Bare faces: which textures show nothing but a face, and what stands under hair that hangs over the brow.

Textures are flattened (light and skin tone divided out) and in the mean shape.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from rofi.geometry import OVAL, FaceMesh, polygon

SIDE = 64
COMPONENTS = 40
ROUNDS = 8
RIDGE = 0.02
REACH = 3.0
# Residuals over the bare faces' own at which a pixel begins to count as covered, and over how much it fades.
COVERED, COVERED_FADE = 1.7, 1.2
# What makes a person: never taken for something in front of it.
FEATURES = (
    70, 63, 105, 66, 107, 55, 65, 52, 53, 46, 300, 293, 334, 296, 336, 285, 295, 282, 283, 276,
    61, 291, 17, 164, 48, 278, 98, 327, 130, 359,
)  # fmt: skip
BROWS = (70, 63, 105, 66, 107, 336, 296, 334, 293, 300)


@dataclass(frozen=True)
class Mended:
    """A texture [s, s, 3] in 0..1 without the hair that hung over brow and temples.

    where: what was mended, 0..1 [64, 64]. hair: its share of brow and temples. covered: the share of the rest of the
    face that looks covered.
    """

    texture: np.ndarray
    where: np.ndarray
    hair: float
    covered: float


@dataclass(frozen=True)
class BareFaces:
    """A linear model of bare faces at 64 px, and how far bare faces are from it.

    mean [d], axes [k, d] orthonormal, deviation [k] of the coordinates, spread [64, 64] of the residual.
    """

    mesh: FaceMesh
    mean: np.ndarray
    axes: np.ndarray
    deviation: np.ndarray
    spread: np.ndarray

    @cached_property
    def inside(self) -> np.ndarray:
        """Pixels of the face, bool [64, 64]."""
        return face_pixels(self.mesh)

    @cached_property
    def hair_zone(self) -> np.ndarray:
        """Where hair may be taken away, 0..1 [64, 64]: forehead and temples, not brows, eyes, nose, mouth, beard."""
        features = np.zeros((SIDE, SIDE), np.uint8)
        hull = cv2.convexHull((self.mesh.mean[list(FEATURES)] * SIDE).astype(np.float32)).astype(np.int32)
        cv2.fillConvexPoly(features, hull, 1)
        rows = (np.arange(SIDE)[:, None] + 0.5) / SIDE
        zone = (cv2.dilate(features, np.ones((3, 3))) == 0) & (rows < self.mesh.mean[61, 1] - 0.04)
        return cv2.GaussianBlur(zone.astype(np.float32), (0, 0), 1.0)

    @classmethod
    def fit(cls, mesh: FaceMesh, small: np.ndarray) -> "BareFaces":
        """The model of textures [n, 64, 64, 3] in 0..1, most of them bare: the three worst fifths are left out."""
        inside = face_pixels(mesh)
        rows = small[:, inside].reshape(len(small), -1)
        keep = np.ones(len(rows), bool)
        for _ in range(4):
            mean = rows[keep].mean(0)
            axes = np.linalg.svd(rows[keep] - mean, full_matrices=False)[2][:COMPONENTS]
            error = (rows - mean) - (rows - mean) @ axes.T @ axes
            size = np.sqrt((error**2).mean(1))
            keep = size < np.quantile(size, 0.45)
        spread = np.zeros((SIDE, SIDE), np.float32)
        spread[inside] = np.sqrt((error[keep].reshape(keep.sum(), -1, 3) ** 2).mean((0, 2)))
        return cls(mesh, mean, axes, ((rows[keep] - mean) @ axes.T).std(0), spread)

    def covered(self, texture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """What of a texture [s, s, 3] in 0..1 no bare face has, 0..1 [64, 64], and the bare face under it [64, 64, 3].

        A robust fit: iterated least squares in which pixels count the less the further they are from the fit.
        """
        small = cv2.resize(texture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        row = small[self.inside].ravel() - self.mean
        weight = np.ones(len(row) // 3)
        for _ in range(ROUNDS):
            weighted = self.axes * np.repeat(weight, 3)
            gram = weighted @ self.axes.T + RIDGE * np.eye(len(self.axes))
            at = np.clip(np.linalg.solve(gram, weighted @ row), -REACH * self.deviation, REACH * self.deviation)
            fit = at @ self.axes
            residual = np.zeros((SIDE, SIDE), np.float32)
            residual[self.inside] = np.sqrt(((row - fit).reshape(-1, 3) ** 2).mean(1))
            ratio = cv2.GaussianBlur(residual / (self.spread + 0.02), (0, 0), 1.0)
            weight = 1 / (1 + (ratio[self.inside] / 1.6) ** 4)
        face = small.copy()
        face[self.inside] = (fit + self.mean).reshape(-1, 3)
        return np.clip((ratio - COVERED) / COVERED_FADE, 0, 1), np.clip(face, 0, 1)

    def without_hair(self, texture: np.ndarray) -> Mended:
        """A texture [s, s, 3] in 0..1 with the bare face where hair hangs over brow and temples."""
        over, face = self.covered(texture)
        where = cv2.GaussianBlur(cv2.dilate(over * self.hair_zone, np.ones((3, 3))), (0, 0), 0.8)
        size = texture.shape[0]
        alpha = cv2.resize(where, (size, size), interpolation=cv2.INTER_LINEAR)
        under = cv2.resize(face, (size, size), interpolation=cv2.INTER_CUBIC)
        rest = (1 - self.hair_zone) * self.inside
        return Mended(
            np.clip(texture + alpha[..., None] * (under - texture), 0, 1),
            where,
            float(where.sum() / self.hair_zone[self.inside].sum()),
            float((over * rest).sum() / rest.sum()),
        )


def face_pixels(mesh: FaceMesh) -> np.ndarray:
    """Pixels inside the face's outline at 64 px, bool [64, 64]."""
    return cv2.resize(polygon(mesh.mean[list(OVAL)], 4 * SIDE), (SIDE, SIDE), interpolation=cv2.INTER_AREA) > 0.6
