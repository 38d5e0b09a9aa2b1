"""Who knows one photo before protection looks for another under the same key, in the old code and in the sealed one."""

import numpy as np
from torch import Tensor

from rofi.attacks import old_code
from rofi.sealed.carriers import LUMA, Code, bits_of, write
from rofi.sealed.cells import CELLS, coefficients
from rofi.sealed.seal import CRC_BYTES, LENGTH_BYTES, TAG_BYTES


def old_pattern(known: np.ndarray, protected: np.ndarray) -> Tensor:
    """The old code's pattern from a photo uint8 [256, 256, 3] and what it became: what was written is known up to sign.

    The smooth coefficients of the protected crop are those of the shown face: the code stands in the fine ones.
    """
    written = (old_code.features(known) - old_code.features(protected))[: old_code.CODE]
    return (old_code.read(protected) * written).sign()


def plain(picture: bytes, frame: bytes) -> bytes:
    """What a frame holds before it is sealed."""
    size = len(frame) - CRC_BYTES - TAG_BYTES - LENGTH_BYTES
    return len(picture).to_bytes(LENGTH_BYTES, "big") + picture.ljust(size, b"\0")


def guessed(known: bytes, known_frame: bytes, other: bytes, other_frame: bytes) -> float:
    """Share of another photo's plain bits that the known photo's keystream gives."""
    stream = _xor(plain(known, known_frame), known_frame)
    wanted = plain(other, other_frame)
    return float((bits_of(_xor(stream, other_frame)) == bits_of(wanted)).mean())


def _xor(one: bytes, other: bytes) -> bytes:
    size = min(len(one), len(other))
    first, second = (np.frombuffer(data[:size], np.uint8) for data in (one, other))
    return (first ^ second).tobytes()


def deviation(share: float, trials: int) -> float:
    """By how many standard deviations a share differs from a coin's."""
    return (share - 0.5) * 2 * np.sqrt(trials)


def old_sizes(photo: np.ndarray, shown: np.ndarray, protected: np.ndarray) -> float:
    """Correlation of the old code's sizes with what it hides."""
    hidden = (old_code.features(photo) - old_code.features(shown))[: old_code.CODE]
    return _correlation(old_code.read(protected).abs().numpy(), old_code.compress(hidden).abs().numpy())


def sealed_sizes(photo: np.ndarray, shown: np.ndarray, code: Code) -> tuple[float, float]:
    """Largest correlation of the luma code's sizes with a cell's hidden contrast and light, and its limit.

    The limit is what the largest of as many correlations of coins stays below in 99 of 100 cases at least.
    """
    writable = np.ones(len(CELLS), bool)
    written = np.abs(coefficients(write(shown.astype(float), code, writable))[0][CELLS][:, LUMA])
    hidden = (coefficients(photo.astype(float)) - coefficients(shown.astype(float)))[0][CELLS]
    told = np.stack([np.abs(hidden[:, 0]), np.abs(hidden[:, 1:]).sum(1)], 1)
    found = [abs(_correlation(size, one)) for size in written.T for one in told.T]
    # Two-sided normal quantile by Bonferroni, over the square root of the cells.
    quantile = np.sqrt(2 * np.log(2 * len(found) / 0.01))
    return max(found), float(quantile / np.sqrt(len(CELLS)))


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])
