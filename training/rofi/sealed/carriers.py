"""Where each bit of the sealed code stands, how it is written into a crop's cells, and how it is read from them.

Mirrored by src/engine/sealed-code/carriers.ts.
"""

from dataclasses import dataclass

import numpy as np

from rofi.sealed.cells import CELLS, FIRST, GRID, coefficients, picture
from rofi.sealed.seal import HEADER_BYTES, Header
from rofi.sealed.turbo import decode, encode, shuffled

# Coefficients of luma, smooth to fine (cells.ORDER): public synchronisation, public header, sealed layers.
SYNC, HEADER, LUMA = range(FIRST, FIRST + 2), range(FIRST + 2, FIRST + 4), range(FIRST + 4, 64)
CHROMA = range(16, 64)
# Distance from zero of a public bit, and of a symbol's four levels, inner and outer; levels of 0..255. In luma the
# inner ones stand far from zero: what tells their sign is what JPEG leaves.
PUBLIC = 1.9
LUMA_LEVELS = (1.25, 2.4)
CHROMA_LEVELS = (0.33, 0.99)
# Values that differ by less than its root are alike.
LITTLE = 1e-3


def bits_of(data: bytes) -> np.ndarray:
    """Bytes to bits, most significant first."""
    return np.unpackbits(np.frombuffer(data, np.uint8))


def bytes_of(bits: np.ndarray) -> bytes:
    """The inverse."""
    return np.packbits(bits).tobytes()


def sync_signs() -> np.ndarray:
    """The public synchronisation pattern, -1 or 1, [cells, 2]."""
    half = len(CELLS) * len(SYNC)
    return 1 - 2.0 * (shuffled(half, 7) % 2).reshape(len(CELLS), len(SYNC))


def _layout() -> list[np.ndarray]:
    """For base and fine layer: which of all code bits are theirs, in a fixed disorder.

    Code bits are numbered luma signs, luma magnitudes, chroma signs, chroma magnitudes, each cell by cell. The base has
    the luma signs.
    """
    luma, chroma = len(CELLS) * len(LUMA), 2 * len(CELLS) * len(CHROMA)
    return [shuffled(luma, 11), luma + shuffled(luma + 2 * chroma, 12)]


LAYOUT = _layout()


CODE_BITS = sum(len(places) for places in LAYOUT)


@dataclass(frozen=True)
class Code:
    """What stands in the cells: the packed header, and all code bits uint8."""

    header: bytes
    bits: np.ndarray


def code_of(header: Header, frames: tuple[bytes, ...], filling: np.ndarray) -> Code:
    """The code of two sealed frames; a layer without one holds its part of `filling`, uint8 bits that look like it."""
    bits = filling.copy()
    for places, frame in zip(LAYOUT, frames, strict=True):
        if frame:
            bits[places] = encode(bits_of(frame), len(places))
    return Code(header.pack(), bits)


def write(crop: np.ndarray, code: Code, writable: np.ndarray) -> np.ndarray:
    """Crop float [256, 256, 3], 0..255, with the code in its writable cells (bool, one a code cell)."""
    coded = coefficients(crop)
    cells = CELLS[writable]
    luma, chroma = _levels(code.bits)
    public = encode(bits_of(code.header), len(CELLS) * len(HEADER)).reshape(len(CELLS), len(HEADER))
    coded[0][np.ix_(cells, SYNC)] = PUBLIC * sync_signs()[writable]
    coded[0][np.ix_(cells, HEADER)] = PUBLIC * (1 - 2.0 * public[writable])
    coded[0][np.ix_(cells, LUMA)] = luma[writable]
    for plane in (0, 1):
        coded[1 + plane][np.ix_(cells, CHROMA)] = chroma[plane][writable]
    return picture(coded)


def blank(crop: np.ndarray, writable: np.ndarray) -> np.ndarray:
    """Crop float [256, 256, 3], 0..255, with nothing where its writable cells would hold code."""
    coded = coefficients(crop)
    cells = CELLS[writable]
    for plane, band in ((0, [*SYNC, *HEADER, *LUMA]), (1, CHROMA), (2, CHROMA)):
        coded[plane][np.ix_(cells, band)] = 0
    return picture(coded)


def _levels(bits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Code bits to levels: luma [cells, 32], chroma [2, cells, 48]."""
    luma, chroma = len(CELLS) * len(LUMA), 2 * len(CELLS) * len(CHROMA)

    def levels(signs: np.ndarray, magnitudes: np.ndarray, pair: tuple[float, float]) -> np.ndarray:
        return (1 - 2.0 * signs) * np.where(magnitudes, pair[1], pair[0])

    smooth = levels(bits[:luma], bits[luma : 2 * luma], LUMA_LEVELS).reshape(len(CELLS), len(LUMA))
    rest = bits[2 * luma :]
    return smooth, levels(rest[:chroma], rest[chroma:], CHROMA_LEVELS).reshape(2, len(CELLS), len(CHROMA))


@dataclass(frozen=True)
class Reading:
    """A crop's cells as read: log likelihood ratios of all code bits, and the header, None where there is none."""

    header: Header | None
    likelihoods: np.ndarray

    def frame(self, layer: int) -> bytes:
        """The likeliest frame of a layer, empty where there is none; the header must have been read."""
        assert self.header is not None
        if not self.header.shares[layer]:
            return b""
        return bytes_of(decode(self.likelihoods[LAYOUT[layer]], 8 * self.header.frame_bytes(layer)))


def read(crop: np.ndarray) -> Reading:
    """Reads the code from a crop float [256, 256, 3], 0..255, in its place."""
    got = coefficients(crop)[:, CELLS]
    sync = got[0][:, SYNC] * sync_signs()
    public = np.clip(got[0][:, HEADER], -2 * PUBLIC, 2 * PUBLIC)
    # Where the pattern is not, an eye or hair is: stronger than the code, and no part of it.
    believed = _alike(presence(sync), sync, np.abs(public))
    header = decode((public * believed[:, None]).ravel(), 8 * HEADER_BYTES)
    signs = 1 - 2.0 * encode(header, public.size).reshape(public.shape)
    trust = presence(np.concatenate([sync, public * signs], 1))
    luma = _likelihoods(got[0][:, LUMA], LUMA_LEVELS, trust)
    chroma = [_likelihoods(got[1 + plane][:, CHROMA], CHROMA_LEVELS, trust) for plane in (0, 1)]
    parts = [*luma, *(signs for signs, _ in chroma), *(magnitudes for _, magnitudes in chroma)]
    return Reading(Header.unpack(bytes_of(header)), np.concatenate([part.ravel() for part in parts]))


def _alike(present: np.ndarray, *values: np.ndarray) -> np.ndarray:
    """How far each code cell is to be believed, less where its values [cells, bits] are not what they are elsewhere."""
    held = present > 0.5
    if not held.any():
        return present
    usual = float(np.median(values[0][held]))
    off = np.mean((np.concatenate(values, 1) - usual) ** 2, 1)
    return present / np.maximum(1, off / max(float(np.median(off[held])), LITTLE))


def presence(agreeing: np.ndarray) -> np.ndarray:
    """How far each code cell is to be believed, 0..1, by the public bits in it and beside it.

    agreeing: what was read of the public bits times what they are, [cells, bits]. A kept sign holds none.
    """
    limit = 2 * max(float(np.median(agreeing)), 1e-3)
    own = np.zeros((GRID + 2, GRID + 2))
    held = np.zeros_like(own)
    rows, columns = CELLS // GRID + 1, CELLS % GRID + 1
    own[rows, columns] = np.clip(agreeing, -limit, limit).mean(1) / (limit / 2)
    held[rows, columns] = 1

    def around(grid: np.ndarray) -> np.ndarray:
        return 2 * grid[1:-1, 1:-1] + grid[:-2, 1:-1] + grid[2:, 1:-1] + grid[1:-1, :-2] + grid[1:-1, 2:]

    share = (around(own) / np.maximum(around(held), 1)).ravel()[CELLS]
    return np.clip((share - 0.3) / 0.4, 0, 1)


ROUNDS = 8
# No bit is believed more than this.
CERTAIN = 20.0


def _likelihoods(values: np.ndarray, pair: tuple[float, float], present: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Signs' and magnitudes' log likelihood ratios of values [cells, coefficients] that hold four-level symbols.

    pair: the inner and the outer level as written. What became of them is estimated for each coefficient over all cells
    (gain and noise). A cell is believed as
    far as the code is present in it, and less where its values lie beside the levels.
    """
    inner, outer = pair
    levels = np.array([-outer, -inner, inner, outer])
    gain = np.ones(values.shape[1])
    noise = np.full(values.shape[1], inner**2)
    trust = present + 1e-6
    for _ in range(ROUNDS):
        away = values[..., None] - gain[:, None] * levels
        chance = np.exp(-(away**2 - (away**2).min(-1, keepdims=True)) / (2 * noise[:, None]))
        chance /= chance.sum(-1, keepdims=True)
        expected = chance @ levels
        energy = chance @ levels**2
        weight = trust[:, None]
        gain = np.maximum((weight * expected * values).sum(0) / (weight * energy).sum(0), 0.02)
        residual = values**2 - 2 * gain * expected * values + gain**2 * energy
        noise = np.maximum((weight * residual).sum(0) / weight.sum(), 1e-3 * inner**2)
        misfit = (residual / noise).mean(1)
        trust = (present + 1e-6) / np.maximum(1, misfit) ** 2
    squares = (values[..., None] - gain[:, None] * levels) ** 2 / (2 * noise[:, None])
    signs = np.minimum(squares[..., 0], squares[..., 1]) - np.minimum(squares[..., 2], squares[..., 3])
    magnitudes = np.minimum(squares[..., 0], squares[..., 3]) - np.minimum(squares[..., 1], squares[..., 2])
    believed = trust[:, None]
    return tuple(np.clip(believed * told, -CERTAIN, CERTAIN) for told in (signs, magnitudes))
