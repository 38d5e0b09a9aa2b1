"""A face sealed into its own cells and unsealed from them. Mirrored by seal-face.ts and read-face.ts of the product."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rofi.constants import CONSTANTS
from rofi.sealed import small
from rofi.sealed.carriers import CODE_BITS, LAYOUT, Code, Reading, code_of
from rofi.sealed.cells import CELL, CELLS, GRID
from rofi.sealed.seal import BASE, FINE, FULL_FRAMES, HEADER_BYTES, LAYERS, SHARES, Header, intact, room, seal, unseal

# A cell holds code where the drawn face shows so much in all of it: eyes, kept signs and hair stay untouched.
COVERED: float = CONSTANTS["sealedCode"]["covered"]
# Base and fine frame fill so much of what their places were seen to carry.
FILLED = (0.8, 0.72)
# Where JPEG leaves the base little, it has this share of what a file without loss leaves it.
LEAST_BASE = 0.3


def writable_cells(opacity: np.ndarray) -> np.ndarray:
    """Which code cells may be written, bool, where opacity [256, 256] in 0..1 is how much of the drawn face shows."""
    least = opacity.reshape(GRID, CELL, GRID, CELL).min((1, 3))
    return least.ravel()[CELLS] >= COVERED


def pixels_of(writable: np.ndarray) -> np.ndarray:
    """Which pixels [256, 256] are in a cell that holds code."""
    grid = np.zeros(GRID * GRID, bool)
    grid[CELLS[writable]] = True
    return np.kron(grid.reshape(GRID, GRID), np.ones((CELL, CELL), bool))


@dataclass(frozen=True)
class Trial:
    """What is read of code bits that were written for trial, from a file without loss and from a JPEG of quality 85."""

    stored: np.ndarray
    compressed: np.ndarray


def seal_code(
    crop: np.ndarray, key: bytes, nonce: bytes, rng: np.random.Generator, attempt: Callable[[Code], Trial]
) -> Code | None:
    """Pictures of a crop uint8 [256, 256, 3], sealed; None where the face has room for none.

    nonce: 12 bytes, never used before. attempt: writes a code where it is to stand and reads it again.
    """
    noise = rng.integers(0, 2, CODE_BITS, dtype=np.uint8)
    shares = chosen_shares(noise, attempt(Code(rng.bytes(HEADER_BYTES), noise)))
    if shares[BASE] == 0:
        return None
    header = Header(shares, nonce)
    frames = [seal(key, header, i, small.encode_within(crop, i, room(header, i))) if shares[i] else b"" for i in LAYERS]
    return code_of(header, tuple(frames), noise)


def chosen_shares(bits: np.ndarray, trial: Trial) -> tuple[int, int]:
    """The shares that frames may have by what came through of the bits."""
    clear, sturdy = (_share(BASE, bits, told) for told in (trial.stored, trial.compressed))
    base = min(clear, max(sturdy, int(LEAST_BASE * clear)))
    return base, _share(FINE, bits, trial.stored) if base else 0


def _share(layer: int, bits: np.ndarray, likelihoods: np.ndarray) -> int:
    places = LAYOUT[layer]
    carried = FILLED[layer] * information(bits[places], likelihoods[places])
    share = min(SHARES - 1, int(SHARES * carried / 8 / FULL_FRAMES[layer]))
    return share if room(Header((share, share), b""), layer) > 0 else 0


def information(bits: np.ndarray, likelihoods: np.ndarray) -> float:
    """How many bits' worth of information log likelihood ratios (positive for 0) hold about bits."""
    wrong = -likelihoods * (1 - 2.0 * bits)
    return float((1 - np.logaddexp(0, wrong) / np.log(2)).sum())


@dataclass(frozen=True)
class Unsealed:
    """The best picture that a key opened: uint8 [256, 256, 3], its bytes, and its layer."""

    image: np.ndarray
    size: int
    layer: int


def unseal_code(reading: Reading, key: bytes) -> Unsealed | None:
    """The best layer that came through; None where none did, there is no code, or the key is another's."""
    if reading.header is None:
        return None
    for layer in reversed(LAYERS):
        frame = reading.frame(layer)
        picture = unseal(key, reading.header, layer, frame) if intact(frame) else None
        if picture:
            return Unsealed(small.decode(picture), len(picture), layer)
    return None
