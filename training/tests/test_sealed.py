import json

import numpy as np
import pytest

from rofi.sealed.carriers import read, write
from rofi.sealed.cells import CELLS
from rofi.sealed.seal import Header, intact, seal, unseal
from rofi.sealed.vectors import FILE, KEY, NONCE, code, crop, vectors


def test_vectors_are_those_of_the_product() -> None:
    written, computed = json.loads(FILE.read_text()), vectors()
    near = ("coefficients", "written", "likelihoods", "displacements")
    for name in near:
        assert _numbers(computed.pop(name)) == pytest.approx(_numbers(written.pop(name)), abs=2e-3), name
    assert computed == written


def _numbers(value: object) -> list[float]:
    if isinstance(value, dict):
        return [number for part in value.values() for number in _numbers(part)]
    return [number for part in value for number in _numbers(part)] if isinstance(value, list) else [float(value)]


def test_frames_come_back_from_a_rounded_crop() -> None:
    reading = read(np.clip(np.round(write(crop(), code(), np.ones(len(CELLS), bool))), 0, 255))
    assert reading.header == code().header
    assert tuple(reading.frame(layer) for layer in range(3)) == code().frames


def test_a_frame_opens_with_its_own_key_layer_and_header_only() -> None:
    header = Header(5, NONCE)
    frame = seal(KEY, header, 2, b"fine")
    assert intact(frame)
    assert unseal(KEY, header, 2, frame) == b"fine"
    assert unseal(bytes(31) + b"\1", header, 2, frame) is None
    assert unseal(KEY, header, 1, frame) is None
    assert unseal(KEY, Header(4, NONCE), 2, frame) is None
