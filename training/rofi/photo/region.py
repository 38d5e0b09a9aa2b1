"""The part of a photo round one face, in floating point: the sealed code is finer than 8-bit steps.

Mirrors src/engine/sealed-code/region.ts.
"""

import math
from copy import copy

import numpy as np

from rofi.data import SIZE
from rofi.photo.resampling import catmull_rom, sample, to_pixels
from rofi.photo.similarity import Similarity

# Crop pixels kept round the crop, for an alignment that is still to be found.
MARGIN = 20
# Where a face is finer than this many photo pixels a crop pixel, blocks of it are averaged before it is sampled.
FINE = 3


class Region:
    """A face's part of a photo uint8 [h, w, 3]; writing and reading see it the same."""

    def __init__(self, photo: np.ndarray, near: Similarity) -> None:
        self._photo = photo
        ends = np.array([-MARGIN, SIZE + MARGIN], float)
        corners = near.inverse(np.stack(np.meshgrid(ends, ends), -1)).reshape(-1, 2)

        def within(values: np.ndarray, size: int) -> tuple[int, int]:
            start = min(max(math.floor(values.min()), 0), size - 1)
            return start, min(max(math.ceil(values.max()), start + 1), size)

        (self._left, right), (self._top, bottom) = (within(corners[:, i], photo.shape[1 - i]) for i in (0, 1))
        self._data = photo[self._top : bottom, self._left : right].astype(np.float32)

    def cut(self, transform: Similarity) -> np.ndarray:
        """The face cut out, float32 [256, 256, 3] in 0..255, nothing rounded."""
        block = max(1, math.floor(transform.fineness / FINE))
        height, width = (side // block for side in self._data.shape[:2])
        whole = self._data[: height * block, : width * block]
        part = whole.reshape(height, block, width, block, 3).mean((1, 3))
        return sample(part, transform.from_part(self._left, self._top, block), SIZE)

    def add(self, change: np.ndarray, transform: Similarity) -> None:
        """Adds to the photo what is to change in its crop [256, 256, 3], smoothly."""
        height, width = self._data.shape[:2]
        columns, rows = np.meshgrid(np.arange(width) + self._left + 0.5, np.arange(height) + self._top + 0.5)
        places = transform(np.stack([columns, rows], -1))
        inside = ((places >= 0) & (places < SIZE)).all(-1)
        self._data[inside] += catmull_rom(change, places[inside] - 0.5)

    def pixels(self) -> np.ndarray:
        """The region itself in 8 bits."""
        return to_pixels(self._data)

    def holding(self, pixels: np.ndarray) -> "Region":
        """The region with other pixels."""
        other = copy(self)
        other._data = pixels.astype(np.float32)
        return other

    def written(self) -> np.ndarray:
        """A copy of the photo with the region in it, in 8 bits."""
        photo = self._photo.copy()
        height, width = self._data.shape[:2]
        photo[self._top : self._top + height, self._left : self._left + width] = to_pixels(self._data)
        return photo
