import json

import numpy as np
import pytest

from rofi.evaluation.sealing import read_code, seal_photo, without_code
from rofi.photo.region import Region
from rofi.photo.similarity import Similarity, align_eyes, shift_between
from rofi.sealed.carriers import read, write
from rofi.sealed.cells import CELLS, coefficients
from rofi.sealed.face import unseal_code, writable_cells
from rofi.sealed.seal import FINE, LAYERS, Header, intact, seal, unseal
from rofi.sealed.vectors import FILE, KEY, NONCE, SHARES, code, crop, frames, vectors


def test_vectors_are_those_of_the_product() -> None:
    written, computed = json.loads(FILE.read_text()), vectors()
    near = ("coefficients", "written", "likelihoods", "displacements", "refined")
    for name in near:
        assert _numbers(computed.pop(name)) == pytest.approx(_numbers(written.pop(name)), abs=2e-3), name
    assert computed == written


def _numbers(value: object) -> list[float]:
    if isinstance(value, dict):
        return [number for part in value.values() for number in _numbers(part)]
    return [number for part in value for number in _numbers(part)] if isinstance(value, list) else [float(value)]


def test_frames_come_back_from_a_rounded_crop() -> None:
    reading = read(np.clip(np.round(write(crop(), code(), np.ones(len(CELLS), bool))), 0, 255))
    assert reading.header == Header(SHARES, NONCE)
    assert tuple(reading.frame(layer) for layer in LAYERS) == frames()


def test_a_frame_opens_with_its_own_key_layer_and_header_only() -> None:
    header = Header((5, 5), NONCE)
    frame = seal(KEY, header, 1, b"fine")
    assert intact(frame)
    assert unseal(KEY, header, 1, frame) == b"fine"
    assert unseal(bytes(31) + b"\1", header, 1, frame) is None
    assert unseal(KEY, header, 0, frame) is None
    assert unseal(KEY, Header((4, 5), NONCE), 1, frame) is None


def test_the_header_is_read_beside_strong_kept_texture() -> None:
    """Kept eyes and hair are stronger than the code: half of the cells may be theirs."""
    rough = np.random.default_rng(0).normal(128, 50, (256, 256, 3)).clip(20, 235)
    writable = np.arange(len(CELLS)) % 480 < 250
    reading = read(np.round(write(rough, code(), writable)))
    assert reading.header == Header(SHARES, NONCE)


def test_a_code_written_through_a_photo_is_found_and_read_beside_its_place() -> None:
    transform = align_eyes(300 + 300j, 520 + 340j)
    y, x = np.mgrid[:700, :900]
    photo = np.stack([120 + 30 * np.sin(x / 40 + c) + 20 * np.cos(y / 55) for c in range(3)], -1).astype(np.uint8)
    original = Region(photo, transform).cut(transform).astype(np.uint8)
    sealed = seal_photo(photo, original, transform, np.ones((256, 256)), KEY, NONCE, np.random.default_rng(0))
    assert sealed is not None
    assert np.array_equal(sealed.photo[:20], photo[:20])
    beside = Similarity(transform.turn * 1.004, transform.shift + 1.5 - 1j)
    seen = read_code(sealed.photo, beside)
    assert shift_between(seen.transform, transform) < 0.2
    unsealed = unseal_code(seen.reading, KEY)
    assert unsealed is not None and unsealed.layer == FINE
    assert np.abs(unsealed.image[64:192, 64:192].astype(int) - original[64:192, 64:192]).mean() < 3
    assert unseal_code(seen.reading, bytes(32)) is None
    assert unseal_code(read_code(photo, transform).reading, KEY) is None


def test_a_fine_photo_is_changed_block_by_block_and_shows_the_change() -> None:
    transform = Similarity(0.12 + 0.01j, -1 - 1j)
    photo = np.random.default_rng(0).integers(40, 210, (500, 420, 3)).astype(np.uint8)
    region = Region(photo, transform)
    before = region.cut(transform)
    region.add(np.full((256, 256, 3), 6.3, np.float32), transform)
    written = region.written()
    after = Region(written, transform).cut(transform)
    assert np.abs((after - before)[10:40, 10:40] - 6.3).max() < 0.2
    assert abs((written.astype(float) - photo)[100:300, 100:300].mean() - 6.3) < 0.13


def test_without_its_code_a_photo_has_nothing_where_the_code_stands() -> None:
    random = np.random.default_rng(3)
    photo = random.integers(90, 160, (256, 256, 3)).astype(np.uint8)
    opacity, transform = np.ones((256, 256)), Similarity(1, 0)
    empty = without_code(photo, transform, opacity)
    cells = CELLS[writable_cells(opacity)]
    luma = coefficients(empty.astype(np.float64))[0][cells]
    assert np.abs(luma[:, 28:]).mean() < 1
    assert np.abs(luma[:, :20] - coefficients(photo.astype(np.float64))[0][cells][:, :20]).mean() < 1
