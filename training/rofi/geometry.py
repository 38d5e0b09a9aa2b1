"""The face mesh, piecewise affine warps between a face and the mean shape, and the blending oval.

Coordinates are 0..1 of the aligned crop; pixel i covers i/size..(i+1)/size, its centre at (i + 0.5)/size.
The product mirrors this file in src/engine/geometry.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
from scipy.spatial import Delaunay

from rofi.constants import CONSTANTS, pair

MESH: int = CONSTANTS["landmarks"]["mesh"]
EYE_POINTS = (*CONSTANTS["landmarks"]["rightEye"], *CONSTANTS["landmarks"]["leftEye"])
EYES = {
    "right": (33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    "left": (362, 382, 381, 380, 374, 373, 390, 249, 263, 466, 388, 387, 386, 385, 384, 398),
}
OVAL = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
)  # fmt: skip
# Shape moves nothing within EYE_KEPT of an eye point, and the outline by OUTLINE_WEIGHT; both fade, 0..1 of the crop.
EYE_KEPT, EYE_FADE = CONSTANTS["shape"]["eyeKept"], CONSTANTS["shape"]["eyeFade"]
OUTLINE_WEIGHT, OUTLINE_FADE = 0.65, 0.12
# The blending oval, and the share of its radius up to which it is opaque.
OVAL_CENTRE, OVAL_RADII = pair(CONSTANTS["oval"]["centre"]), pair(CONSTANTS["oval"]["radii"])
OVAL_SOLID: float = CONSTANTS["oval"]["solid"]
_SUBPIXEL = 4


@dataclass(frozen=True, eq=False)
class FaceMesh:
    """Mean shape [468, 2] and its triangles [t, 3]: the frame in which textures are free of shape."""

    mean: np.ndarray
    triangles: np.ndarray

    @classmethod
    def fit(cls, landmarks: np.ndarray) -> "FaceMesh":
        """Mean of landmarks [n, 478, 2] and the Delaunay triangles over it."""
        mean = landmarks[:, :MESH].mean(0).astype(np.float64).round(6)
        return cls(mean, Delaunay(mean).simplices.astype(np.int32))

    @classmethod
    def read(cls, file: Path) -> "FaceMesh":
        """The mesh the product uses, from public/models/face_mesh.json."""
        content = json.loads(file.read_text())
        return cls(np.array(content["mean"]), np.array(content["triangles"], np.int32))

    @cached_property
    def _mean_corners(self) -> np.ndarray:
        return self.mean[self.triangles]

    def _affine(self, source: np.ndarray, target: np.ndarray) -> np.ndarray:
        """Per triangle, the affine map [t, 3, 2] that takes source corners to target corners."""
        corners = np.concatenate([source, np.ones((*source.shape[:2], 1))], -1)
        # A folded triangle has no inverse; the pseudo-inverse maps it to something harmless.
        return np.linalg.pinv(corners, rcond=1e-9) @ target

    def _cover(self, corners: np.ndarray, size: int) -> np.ndarray:
        """Triangle index + 1 of every pixel [size, size]; 0 where no triangle that faces the camera reaches."""
        cover = np.zeros((size, size), np.int32)
        fixed = np.round((corners * size - 0.5) * (1 << _SUBPIXEL)).astype(np.int32)
        facing = areas(corners) * areas(self._mean_corners) > 0
        for index in np.flatnonzero(facing):
            cv2.fillConvexPoly(cover, fixed[index], int(index) + 1, cv2.LINE_8, _SUBPIXEL)
        return cover

    def _warp(self, source: np.ndarray, target: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
        cover = self._cover(source, size)
        grid = (np.stack(np.meshgrid(np.arange(size), np.arange(size)), -1) + 0.5) / size
        affine = self._affine(source, target)[np.maximum(cover - 1, 0)]
        field = (grid[..., None, :] @ affine[..., :2, :])[..., 0, :] + affine[..., 2, :]
        return field.astype(np.float32), cover > 0

    def to_mean(self, landmarks: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
        """For every pixel of a face, its place in the mean shape: field [size, size, 2], covered [size, size]."""
        return self._warp(landmarks[:MESH][self.triangles].astype(np.float64), self._mean_corners, size)

    def from_mean(self, landmarks: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
        """For every pixel of the mean shape, its place in the face: field [size, size, 2], covered."""
        return self._warp(self._mean_corners, landmarks[:MESH][self.triangles].astype(np.float64), size)


def areas(corners: np.ndarray) -> np.ndarray:
    """Twice the area of triangles [t, 3, 2], with the sign of their winding."""
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    return first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0]


def virtual_landmarks(landmarks: np.ndarray, shape: np.ndarray, mean: np.ndarray, strength: float) -> np.ndarray:
    """Moves a face's mesh [468, 2] towards the virtual person's, never the eyes, the outline only in part.

    shape: the virtual person's landmarks less the mean shape, [468, 2].
    """
    landmarks = landmarks[:MESH]

    def away_from(points: tuple[int, ...]) -> np.ndarray:
        return np.linalg.norm(landmarks[:, None] - landmarks[None, list(points)], axis=2).min(1)

    # Fading towards the outline: a cheek that moves past it would fold.
    inner = OUTLINE_WEIGHT + (1 - OUTLINE_WEIGHT) * np.clip(away_from(OVAL) / OUTLINE_FADE, 0, 1)
    weight = strength * inner * np.clip((away_from(EYE_POINTS) - EYE_KEPT) / EYE_FADE, 0, 1)
    return landmarks + weight[:, None] * (shape - (landmarks - mean))


def polygon(points: np.ndarray, size: int) -> np.ndarray:
    """Filled polygon [size, size] float32 0/1 of points [n, 2]."""
    mask = np.zeros((size, size), np.uint8)
    fixed = np.round((points * size - 0.5) * (1 << _SUBPIXEL)).astype(np.int32)
    cv2.fillPoly(mask, [fixed], 1, cv2.LINE_8, _SUBPIXEL)
    return mask.astype(np.float32)


def blend_oval(size: int) -> np.ndarray:
    """The fixed feathered oval [size, size], 1 inside, 0 outside: it needs no landmarks to be undone."""
    at = (np.arange(size, dtype=np.float64) + 0.5) / size
    t = np.clip((1 - oval_radius(at[None], at[:, None])) / (1 - OVAL_SOLID), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def oval_radius(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How far places in 0..1 of the crop lie from the blending oval's centre, 1 on its edge."""
    return np.hypot((x - OVAL_CENTRE[0]) / OVAL_RADII[0], (y - OVAL_CENTRE[1]) / OVAL_RADII[1])


def eye_boxes(landmarks: np.ndarray) -> np.ndarray:
    """Whole-eye boxes [2, 4] (x0, y0, x1, y1): the lid contours' bounding boxes grown ×1.25 and ×1.9."""
    boxes = []
    for contour in EYES.values():
        points = landmarks[list(contour)]
        low, high = points.min(0), points.max(0)
        half = (high - low) / 2 * (1.25, 1.9)
        centre = (low + high) / 2
        boxes.append(np.concatenate([centre - half, centre + half]))
    return np.stack(boxes)
