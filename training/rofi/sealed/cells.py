"""The cells that hold the sealed code: 8×8 blocks of the aligned crop as cosine coefficients of luma and chroma.

Mirrored by src/engine/sealed-code/cells.ts. Luma and chroma are JPEG's (BT.601), so that what a portal's compression
does to one does not spill into the other.
"""

import numpy as np

from rofi.constants import CONSTANTS
from rofi.geometry import oval_radius

CELL = 8
GRID: int = CONSTANTS["crop"]["cells"]
SIZE = CELL * GRID
# Of the blending oval's radius: code stays where it is nearly opaque.
CODE_RADIUS: float = CONSTANTS["sealedCode"]["radius"]
# Of a cell's coefficients, smooth to fine, this is the first that holds code.
FIRST: int = CONSTANTS["sealedCode"]["first"]

TO_YCC = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])
TO_RGB = np.linalg.inv(TO_YCC)


def _basis() -> np.ndarray:
    at = np.arange(CELL)
    basis = np.cos(np.pi * (at[None] + 0.5) * at[:, None] / CELL) * np.sqrt(2 / CELL)
    basis[0] /= np.sqrt(2)
    return basis


def _slopes() -> np.ndarray:
    at, frequency = np.arange(CELL), np.arange(CELL)[:, None]
    return -np.sin(np.pi * (at[None] + 0.5) * frequency / CELL) * np.sqrt(2 / CELL) * np.pi * frequency / CELL


BASIS = _basis()
SLOPES = _slopes()
# Frequencies from smooth to fine: (down, across) of each of the 64 coefficients.
ORDER = sorted(((i, j) for i in range(CELL) for j in range(CELL)), key=lambda f: (f[0] ** 2 + f[1] ** 2, f))
_FLAT = np.array([i * CELL + j for i, j in ORDER])


def code_cells() -> np.ndarray:
    """Indices, row by row on the 32×32 grid, of the cells that may hold code: those well inside the blending oval."""
    corner = np.arange(GRID + 1) / GRID
    radius = oval_radius(corner[None], corner[:, None])
    farthest = np.max([radius[:-1, :-1], radius[1:, :-1], radius[:-1, 1:], radius[1:, 1:]], 0)
    return np.flatnonzero(farthest.ravel() <= CODE_RADIUS)


CELLS = code_cells()


def coefficients(image: np.ndarray) -> np.ndarray:
    """Crop float [256, 256, 3], 0..255, to coefficients [3, 1024, 64]: luma and two chromas, smooth to fine."""
    return np.stack([dct(plane) for plane in np.einsum("pc,yxc->pyx", TO_YCC, image)])


def dct(plane: np.ndarray) -> np.ndarray:
    """Coefficients [1024, 64] of one plane [256, 256]."""
    blocks = plane.reshape(GRID, CELL, GRID, CELL).transpose(0, 2, 1, 3)
    return (BASIS @ blocks @ BASIS.T).reshape(GRID * GRID, CELL * CELL)[..., _FLAT]


def planes_of(coefficients: np.ndarray) -> np.ndarray:
    """One plane's coefficients [1024, 64] to itself and its slopes to the right and down, [3, 256, 256]."""
    flat = np.empty_like(coefficients)
    flat[..., _FLAT] = coefficients
    blocks = flat.reshape(GRID, GRID, CELL, CELL)
    made = [BASIS.T @ blocks @ BASIS, BASIS.T @ blocks @ SLOPES, SLOPES.T @ blocks @ BASIS]
    return np.stack([part.transpose(0, 2, 1, 3).reshape(SIZE, SIZE) for part in made])


def picture(coefficients: np.ndarray) -> np.ndarray:
    """The inverse: coefficients [3, 1024, 64] to a crop float [256, 256, 3]."""
    flat = np.empty_like(coefficients)
    flat[..., _FLAT] = coefficients
    blocks = BASIS.T @ flat.reshape(3, GRID, GRID, CELL, CELL) @ BASIS
    planes = blocks.transpose(0, 1, 3, 2, 4).reshape(3, SIZE, SIZE)
    return np.einsum("cp,pyx->yxc", TO_RGB, planes)
