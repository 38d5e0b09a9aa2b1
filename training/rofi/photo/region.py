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
# Where a face is finer than this many photo pixels a crop pixel, whole blocks of pixels are read and written as one.
FINE = 3


class Region:
    """A face's part of a photo uint8 [h, w, 3]; writing and reading see it the same.

    Where the photo is much finer than the crop, a pixel of the region is the mean of a block of the photo's, and a
    block is changed as a whole.
    """

    def __init__(self, photo: np.ndarray, near: Similarity) -> None:
        self._photo = photo
        self._block = block = max(1, math.floor(near.fineness / FINE))
        ends = np.array([-MARGIN, SIZE + MARGIN], float)
        corners = near.inverse(np.stack(np.meshgrid(ends, ends), -1)).reshape(-1, 2)

        def within(values: np.ndarray, size: int) -> tuple[int, int]:
            start = min(max(math.floor(values.min()), 0), size - block)
            return start, (min(max(math.ceil(values.max()), start + block), size) - start) // block

        (self._left, width), (self._top, height) = (within(corners[:, i], photo.shape[1 - i]) for i in (0, 1))
        blocks = self._blocks(photo, width, height).astype(np.float32)
        self._before = blocks.mean((1, 3))
        self._data = self._before.copy()

    def _blocks(self, photo: np.ndarray, width: int, height: int) -> np.ndarray:
        """The photo's part [height, block, width, block, 3], a view of it."""
        block = self._block
        part = photo[self._top : self._top + height * block, self._left : self._left + width * block]
        return part.reshape(height, block, width, block, 3)

    def cut(self, transform: Similarity) -> np.ndarray:
        """The face cut out, float32 [256, 256, 3] in 0..255, nothing rounded."""
        return sample(self._data, transform.from_part(self._left, self._top, self._block), SIZE)

    def add(self, change: np.ndarray, transform: Similarity) -> None:
        """Adds to the photo what is to change in its crop [256, 256, 3], smoothly."""
        height, width = self._data.shape[:2]
        columns, rows = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
        places = transform.from_part(self._left, self._top, self._block)(np.stack([columns, rows], -1))
        inside = ((places >= 0) & (places < SIZE)).all(-1)
        self._data[inside] += catmull_rom(change, places[inside] - 0.5)

    def pixels(self) -> np.ndarray:
        """The region itself in 8 bits, a pixel for each block."""
        return to_pixels(self._data)

    def holding(self, pixels: np.ndarray) -> "Region":
        """The region with other pixels."""
        other = copy(self)
        other._data = pixels.astype(np.float32)
        return other

    def written(self) -> np.ndarray:
        """A copy of the photo changed as the region was, in 8 bits: a block is rounded so that its mean is right."""
        photo = self._photo.copy()
        height, width = self._data.shape[:2]
        block = self._block
        rounding = (np.arange(block**2).reshape(1, block, 1, block, 1) + 0.5) / block**2 - 0.5
        change = (self._data - self._before)[:, None, :, None]
        part = self._blocks(photo, width, height)
        part[:] = to_pixels(part + change + rounding)
        return photo
