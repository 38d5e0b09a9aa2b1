"""A face sealed into its own cells and unsealed from them. Mirrored by seal-face.ts and read-face.ts of the product."""

from dataclasses import dataclass

import numpy as np

from rofi.sealed import small
from rofi.sealed.carriers import Code, Reading
from rofi.sealed.cells import CELL, CELLS, GRID
from rofi.sealed.seal import SHARES, Header, intact, room, seal, unseal

# A cell holds code where the drawn face shows so much in all of it: eyes, kept signs and hair stay untouched.
COVERED = 0.25
LAYERS = range(3)


def writable_cells(opacity: np.ndarray) -> np.ndarray:
    """Which code cells may be written, bool, where opacity [256, 256] in 0..1 is how much of the drawn face shows."""
    least = opacity.reshape(GRID, CELL, GRID, CELL).min((1, 3))
    return least.ravel()[CELLS] >= COVERED


def pixels_of(writable: np.ndarray) -> np.ndarray:
    """Which pixels [256, 256] are in a cell that holds code."""
    grid = np.zeros(GRID * GRID, bool)
    grid[CELLS[writable]] = True
    return np.kron(grid.reshape(GRID, GRID), np.ones((CELL, CELL), bool))


def seal_code(crop: np.ndarray, key: bytes, nonce: bytes, writable: np.ndarray) -> Code | None:
    """Three pictures of a crop uint8 [256, 256, 3], sealed; None where the writable cells have room for none.

    nonce: 12 bytes, never used before.
    """
    share = min(SHARES - 1, SHARES * int(writable.sum()) // len(CELLS))
    if share == 0:
        return None
    header = Header(share, nonce)
    frames = (seal(key, header, layer, _picture(crop, small.SIDES[layer], room(header, layer))) for layer in LAYERS)
    return Code(header, tuple(frames))


def _picture(crop: np.ndarray, side: int, size: int) -> bytes:
    try:
        return small.encode_within(crop, side, size)
    except ValueError:
        return b""


@dataclass(frozen=True)
class Unsealed:
    """The best picture that a key opened: uint8 [256, 256, 3], its bytes, and its layer, 0 to 2."""

    image: np.ndarray
    size: int
    layer: int


def unseal_code(reading: Reading, key: bytes) -> Unsealed | None:
    """The best layer that came through; None where none did, there is no code, or the key is another's."""
    best: tuple[bytes, int] | None = None
    if reading.header is None:
        return None
    for layer in LAYERS:
        frame = reading.frame(layer)
        # A layer that did not come through has none behind it: each is fainter than the one before.
        if not intact(frame):
            break
        picture = unseal(key, reading.header, layer, frame)
        if picture is None:
            return None
        if picture:
            best = picture, layer
    return None if best is None else Unsealed(small.decode(best[0]), len(best[0]), best[1])
