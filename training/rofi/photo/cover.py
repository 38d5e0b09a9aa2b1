"""A face covered by a coarse mosaic but for the eye region. Mirrors src/engine/drawing/cover.ts."""

import cv2
import numpy as np

from rofi.constants import CONSTANTS
from rofi.data import SIZE
from rofi.geometry import MESH
from rofi.people.draw import LUMA
from rofi.photo.similarity import Similarity, eye_centres

CELL = 8
# Blocks along a face, steps of brightness, and how far beyond the face's outline blocks are covered, in blocks.
BLOCKS, STEP, BEYOND = (CONSTANTS["cover"][name] for name in ("blocks", "step", "beyond"))


def cover(photo: np.ndarray, landmarks: np.ndarray, transform: Similarity, kept: np.ndarray) -> np.ndarray:
    """A copy of the photo uint8 [h, w, 3] with a face covered.

    landmarks: [478, 2] in photo pixels. kept: [32, 32], 1 where the aligned crop's cells stay.
    """
    hull = cv2.convexHull(landmarks[:MESH].astype(np.float32))[:, 0].astype(float)
    side = float(np.ptp(hull, 0).max()) / BLOCKS
    anchor = np.array([[z.real, z.imag] for z in eye_centres(landmarks)]).mean(0)
    height, width = photo.shape[:2]
    columns, rows = (
        np.floor((np.arange(size) + 0.5 - at) / side).astype(int)
        for size, at in zip((width, height), anchor, strict=True)
    )
    blocks = [
        (i, j)
        for i in np.unique(rows)
        for j in np.unique(columns)
        if _outside(anchor + side * np.array([j + 0.5, i + 0.5]), hull) <= BEYOND * side
    ]
    means = {(i, j): photo[np.ix_(rows == i, columns == j)].reshape(-1, 3).mean(0) for i, j in blocks}
    tone = np.mean(list(means.values()), 0)
    covered = photo.copy()
    for (i, j), mean in means.items():
        level = round(float(mean @ LUMA) / STEP) * STEP
        colour = np.clip(np.round(tone * level / max(float(tone @ LUMA), 1)), 0, 255)
        y, x = np.ix_(rows == i, columns == j)
        places = transform(np.stack(np.broadcast_arrays(x + 0.5, y + 0.5), -1))
        cell = np.floor(places / CELL).astype(int)
        inside = (cell >= 0).all(-1) & (cell < SIZE // CELL).all(-1)
        stays = inside & (kept[cell[..., 1].clip(0, 31), cell[..., 0].clip(0, 31)] == 1)
        covered[y, x] = np.where(stays[..., None], photo[y, x], colour)
    return covered


def _outside(point: np.ndarray, hull: np.ndarray) -> float:
    """How far a point lies beyond the nearest side of a convex outline; negative inside."""
    along = np.roll(hull, -1, 0) - hull
    normal = np.stack([along[:, 1], -along[:, 0]], 1) / np.linalg.norm(along, axis=1, keepdims=True)
    distances = ((point - hull) * normal).sum(1)
    middle = ((hull.mean(0) - hull) * normal).sum(1)
    return float((distances * -np.sign(middle)).max())
