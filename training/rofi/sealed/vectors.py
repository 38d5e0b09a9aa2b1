"""Writes what the product's sealed code is compared with, bit by bit where bits count.

    python -m rofi.sealed.vectors

The same formulas stand in src/engine/sealed-code/vectors.test.ts.
"""

import json
import zlib
from pathlib import Path

import numpy as np

from rofi.sealed.carriers import CODE_BITS, LAYOUT, Code, code_of, read, sync_signs, write
from rofi.sealed.cells import CELLS, SIZE, TO_YCC, coefficients
from rofi.sealed.face import information
from rofi.sealed.register import displacements, likeliest, likenesses, refine
from rofi.sealed.seal import LAYERS, Header, seal
from rofi.sealed.turbo import decode, encode, shuffled

FILE = Path(__file__).parents[3] / "src/engine/sealed-code/vectors.json"
KEY = bytes(range(32))
NONCE = bytes(range(100, 112))
PICTURE = b"a picture"
REACH = 3
SHARES = (36, 34)


def digest(values: np.ndarray) -> int:
    """CRC-32 of values as little-endian unsigned 32-bit numbers."""
    return zlib.crc32(np.asarray(values).astype("<u4").tobytes())


def bits(count: int, seed: int) -> np.ndarray:
    """Bits that look random, uint8."""
    return (shuffled(count, seed) % 2).astype(np.uint8)


def crop() -> np.ndarray:
    """A crop float [256, 256, 3] of whole levels, 70..184."""
    y, x, channel = np.meshgrid(np.arange(SIZE), np.arange(SIZE), np.arange(3), indexing="ij")
    return (70.0 + 25 * channel + np.abs((2 * x + y) % 128 - 64)).astype(np.float64)


def frames() -> tuple[bytes, ...]:
    """Frames of any bytes."""
    sizes = [Header(SHARES, NONCE).frame_bytes(layer) for layer in LAYERS]
    return tuple((shuffled(size, 20 + layer) % 256).astype(np.uint8).tobytes() for layer, size in enumerate(sizes))


def code() -> Code:
    """The frames in all of their places."""
    return code_of(Header(SHARES, NONCE), frames(), np.zeros(CODE_BITS, np.uint8))


def coded() -> np.ndarray:
    """The crop with the code in eight of nine cells."""
    return write(crop(), code(), np.arange(len(CELLS)) % 9 != 4)


def shaken(luma: np.ndarray) -> np.ndarray:
    """Luma [256, 256], a quarter of it a pixel to the right."""
    return 0.75 * luma + 0.25 * np.roll(luma, 1, 1)


def received(information: int, length: int, wrong: int) -> np.ndarray:
    """Likelihoods of a code word, in quarters, the sign of one in `wrong` turned."""
    told = 1 + (shuffled(length, 31) % 4) / 4
    turned = np.where(shuffled(length, 32) % wrong == 0, -1, 1)
    return told * turned * (1 - 2.0 * encode(bits(information, 30), length))


def _turbo() -> dict:
    sizes = [(120, 1028), (400, 1000), (5920, len(LAYOUT[0])), (54400, len(LAYOUT[1]))]
    # The last is beyond repair, and must be misread in the same way.
    noisy = [(5920, len(LAYOUT[0]), 12), (4000, 9000, 4)]
    return {
        "encoded": [{"bits": k, "length": n, "digest": digest(encode(bits(k, 30), n))} for k, n in sizes],
        "decoded": [
            {
                "bits": k,
                "length": n,
                "wrong": wrong,
                "digest": digest(got := decode(received(k, n, wrong), k)),
                "errors": int((got != bits(k, 30)).sum()),
            }
            for k, n, wrong in noisy
        ],
    }


def _samples(values: np.ndarray, count: int = 12) -> list:
    """Some of the values with their places in the flat array."""
    flat = values.ravel()
    places = np.linspace(0, len(flat) - 1, count).astype(int)
    return [[int(place), round(float(flat[place]), 4)] for place in places]


def vectors() -> dict:
    """All vectors, as JSON holds them."""
    picture = coded()
    rounded = np.clip(np.round(picture), 0, 255)
    reading = read(rounded)
    small = Header((3, 2), NONCE)
    lengths = [(10, 1), (1000, 7), (98688, 13)]
    moved = np.roll(rounded @ TO_YCC[0], (1, -2), (0, 1))
    similarity, sureness = likeliest(likenesses(moved, REACH))
    return {
        "permutations": [
            {"length": n, "seed": s, "head": shuffled(n, s)[:6].tolist(), "digest": digest(shuffled(n, s))}
            for n, s in lengths
        ],
        "cells": {"count": len(CELLS), "digest": digest(CELLS)},
        "turbo": _turbo(),
        "header": {"shares": list(SHARES), "nonce": NONCE.hex(), "packed": Header(SHARES, NONCE).pack().hex()},
        "frame": {
            "key": KEY.hex(),
            "shares": list(small.shares),
            "nonce": NONCE.hex(),
            "layer": 1,
            "picture": PICTURE.hex(),
            "frame": seal(KEY, small, 1, PICTURE).hex(),
        },
        "information": round(information(code().bits, reading.likelihoods), 2),
        "layout": {
            "lengths": [len(places) for places in LAYOUT],
            "digests": [digest(places) for places in LAYOUT],
            "sync": digest(sync_signs() > 0),
        },
        "coefficients": [_samples(plane) for plane in coefficients(picture)],
        "written": _samples(picture.transpose(2, 0, 1), 40),
        "likelihoods": [_samples(reading.likelihoods[places], 30) for places in LAYOUT],
        "refined": np.round(refine(shaken(rounded @ TO_YCC[0])), 6).tolist(),
        "displacements": {
            "reach": REACH,
            "found": np.round(displacements(moved, REACH), 4).tolist(),
            "together": {"similarity": np.round(similarity, 6).tolist(), "sureness": round(sureness, 3)},
        },
    }


def main() -> None:
    """Write the vectors."""
    FILE.write_text(json.dumps(vectors()) + "\n")


if __name__ == "__main__":
    main()
