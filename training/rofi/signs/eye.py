"""Geometry of one eye inside the aligned 256 px crop, in pixels."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

Side = Literal["right", "left"]
SIDES: tuple[Side, Side] = ("right", "left")

SIZE = 256
CELL = 8
ROWS = slice(64, 144)
COLUMNS: dict[Side, slice] = {"right": slice(16, 128), "left": slice(128, 240)}
"""The detector's eye regions; "right" is the person's right eye, at the left of the picture."""

_UPPER = {
    "right": [33, 246, 161, 160, 159, 158, 157, 173, 133],
    "left": [263, 466, 388, 387, 386, 385, 384, 398, 362],
}
_LOWER = {
    "right": [33, 7, 163, 144, 145, 153, 154, 155, 133],
    "left": [263, 249, 390, 373, 374, 380, 381, 382, 362],
}
_IRIS = {"right": [468, 469, 470, 471, 472], "left": [473, 474, 475, 476, 477]}
_BROW = {"right": [46, 53, 52, 65, 55], "left": [276, 283, 282, 295, 285]}


def smoothstep(x: np.ndarray) -> np.ndarray:
    """Cubic step: 0 below 0, 1 above 1."""
    x = np.clip(x, 0, 1)
    return x * x * (3 - 2 * x)


@dataclass(frozen=True)
class Eye:
    """One eye of an aligned face.

    side: whose eye. landmarks: float [478, 2], 0..1 of the crop.
    All arrays below are float32 [80, 112] over the eye's region, all lengths are pixels of the crop.
    """

    side: Side
    landmarks: np.ndarray

    def _points(self, indices: list[int]) -> np.ndarray:
        return self.landmarks[indices].astype(np.float32) * SIZE - 0.5

    @property
    def window(self) -> tuple[slice, slice]:
        """Rows and columns of the eye's region in the crop."""
        return ROWS, COLUMNS[self.side]

    @property
    def toward_temple(self) -> int:
        """Sign of x that leads from the nose to the temple."""
        return -1 if self.side == "right" else 1

    @cached_property
    def grid(self) -> tuple[np.ndarray, np.ndarray]:
        """Pixel coordinates x and y of the region."""
        rows, columns = self.window
        y, x = np.mgrid[rows, columns].astype(np.float32)
        return x, y

    @cached_property
    def _upper(self) -> np.ndarray:
        return self._points(_UPPER[self.side])

    @cached_property
    def _lower(self) -> np.ndarray:
        return self._points(_LOWER[self.side])

    @cached_property
    def outer(self) -> np.ndarray:
        """Outer corner (x, y)."""
        return self._upper[0]

    @cached_property
    def inner(self) -> np.ndarray:
        """Inner corner (x, y)."""
        return self._upper[-1]

    @cached_property
    def width(self) -> float:
        """Length of the palpebral fissure."""
        return float(np.linalg.norm(self.outer - self.inner))

    @cached_property
    def height(self) -> float:
        """Largest height of the fissure."""
        return float(np.max(self.lower_margin - self.upper_margin))

    @cached_property
    def iris(self) -> np.ndarray:
        """Centre of the iris (x, y)."""
        return self._points(_IRIS[self.side])[0]

    @cached_property
    def radius(self) -> float:
        """Radius of the visible iris; the mesh draws it a little large."""
        points = self._points(_IRIS[self.side])
        return 0.93 * float(np.linalg.norm(points[1:] - points[0], axis=1).mean())

    def _curve(self, points: np.ndarray) -> np.ndarray:
        order = np.argsort(points[:, 0])
        columns = self.grid[0][0]
        curve = np.interp(columns, points[order, 0], points[order, 1])
        return np.convolve(np.pad(curve, 2, mode="edge"), np.full(5, 0.2), mode="valid").astype(np.float32)

    @cached_property
    def upper_margin(self) -> np.ndarray:
        """Height y of the upper lid's margin in each column, [112]."""
        return self._curve(self._upper)

    @cached_property
    def lower_margin(self) -> np.ndarray:
        """Height y of the lower lid's margin in each column, [112]."""
        return self._curve(self._lower)

    @cached_property
    def brow(self) -> float:
        """Height y of the brow's lower edge."""
        return float(self._points(_BROW[self.side])[:, 1].mean()) + 2

    @cached_property
    def along(self) -> np.ndarray:
        """Place in each column along the fissure: 0 at the inner corner, 1 at the outer, [112]."""
        columns = self.grid[0][0]
        return (columns - self.inner[0]) / (self.outer[0] - self.inner[0] + 1e-3)

    def lid_profile(self, sharpness: float = 0.8) -> np.ndarray:
        """How far each column of a lid follows when it moves: 0 at the corners, 1 in the middle, [112]."""
        inside = np.clip(self.along, 0, 1)
        return np.clip(np.sin(np.pi * inside), 0, 1) ** sharpness

    def opening(self, inset: float = 0.5) -> np.ndarray:
        """Soft mask of the visible eyeball, its edge moved inwards by `inset` px."""
        y = self.grid[1]
        inside = np.minimum(y - self.upper_margin, self.lower_margin - y) - inset
        ends = np.minimum(self.along, 1 - self.along) * self.width
        return np.clip(inside + 0.5, 0, 1) * np.clip(ends, 0, 1)

    def disc(self, radius: float, edge: float = 1.2, centre: np.ndarray | None = None) -> np.ndarray:
        """Soft disc round the iris' centre (or `centre`), not clipped by the lids."""
        x, y = self.grid
        cx, cy = self.iris if centre is None else centre
        return smoothstep((radius - np.hypot(x - cx, y - cy)) / edge + 0.5)

    @cached_property
    def sclera(self) -> np.ndarray:
        """Soft mask of the visible white of the eye."""
        return self.opening() * (1 - self.disc(self.radius + 0.3))


def eyes(landmarks: np.ndarray) -> tuple[Eye, Eye]:
    """Right and left eye of a face. landmarks: float [478, 2], 0..1."""
    return Eye("right", landmarks), Eye("left", landmarks)
