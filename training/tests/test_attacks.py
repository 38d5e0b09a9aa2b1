"""Attacks and what they are measured by."""

import cv2
import numpy as np
import torch
from torch import Tensor

from rofi.attack_noise import Outcome, table
from rofi.attacks import old_code
from rofi.attacks.known_photo import deviation, guessed, old_pattern, old_sizes, sealed_sizes
from rofi.evaluation.diversity import mean_distance
from rofi.evaluation.keys import key_vector
from rofi.evaluation.metrics import psnr
from rofi.evaluation.noise_attack import defended, spoof
from rofi.sealed.carriers import CODE_BITS, Code, code_of
from rofi.sealed.seal import LAYERS, Header, intact, room, seal, unseal
from rofi.sealed.small import encode_within


def features(image: Tensor) -> Tensor:
    """A recogniser that looks at the means of 64 blocks."""
    blocks = torch.nn.functional.avg_pool2d(image, image.shape[-1] // 8)
    return blocks.flatten(1)


def protected_and_wanted() -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(0)
    protected = torch.rand((1, 3, 64, 64), generator=generator) - 0.5
    return protected, features(torch.rand((1, 3, 64, 64), generator=generator) - 0.5)


def test_noise_moves_what_restoration_amplifies_and_stays_within_its_norm() -> None:
    protected, wanted = protected_and_wanted()
    noisy = spoof(lambda image: 20 * image, features, protected, wanted, norm=0.05)
    assert (noisy - protected).abs().max() <= 0.1 + 1e-6

    def likeness(image: Tensor) -> float:
        return torch.nn.functional.cosine_similarity(features(image), wanted).item()

    assert likeness(noisy) > 0.6 > 0.3 > likeness(protected)


def test_noise_does_nothing_to_what_does_not_depend_on_it() -> None:
    protected, wanted = protected_and_wanted()
    fixed = protected.flip(-1)
    noisy = spoof(lambda image: fixed + 0 * image, features, protected, wanted, norm=0.05)
    assert torch.equal(noisy, protected)


def test_defence_adds_noise_of_its_norm_anew() -> None:
    protected, _ = protected_and_wanted()
    restore = defended(lambda image: image, 0.05, torch.Generator().manual_seed(1))
    one, other = restore(protected), restore(protected)
    assert 0.09 < (one - protected).abs().max() <= 0.1 + 1e-6
    assert not torch.equal(one, other)


def test_attacks_are_counted_by_norm_and_defence() -> None:
    lines = table([Outcome(0.01, False, True, False, True), Outcome(0.01, False), Outcome(0.05, True)]).splitlines()
    assert lines[2].startswith("| 0.01 | no | 2 | 50 % (")
    assert "| 0 % (" in lines[2] and lines[-1].startswith("| 0.05 | yes | 1 | 0 % (")


def test_distance_between_people_is_one_for_strangers_and_none_for_one_person() -> None:
    rng = np.random.default_rng(0)
    centre = np.full(256, 3.0)
    assert abs(mean_distance(centre + rng.standard_normal((60, 256)), centre) - 1) < 0.02
    assert mean_distance(np.tile(centre + rng.standard_normal(256), (5, 1)), centre) < 1e-6


KEY = bytes(range(32))


def crop(seed: int) -> np.ndarray:
    """A picture of soft blobs, as smooth as a face."""
    coarse = np.random.default_rng(seed).uniform(60, 190, (8, 8, 3)).astype(np.float32)
    return np.round(cv2.resize(coarse, (256, 256), interpolation=cv2.INTER_CUBIC)).clip(0, 255).astype(np.uint8)


def sealed(face: np.ndarray, nonce: bytes) -> tuple[list[bytes], list[bytes], Code]:
    header = Header((40, 40), nonce)
    pictures = [encode_within(face, layer, room(header, layer)) for layer in LAYERS]
    frames = [seal(KEY, header, layer, pictures[layer]) for layer in LAYERS]
    return pictures, frames, code_of(header, tuple(frames), np.zeros(CODE_BITS, np.uint8))


def test_one_known_photo_opens_another_in_the_old_code() -> None:
    pattern = old_code.signs(key_vector(KEY))
    known, wanted, shown = crop(1), crop(2), crop(3)
    first, second = (old_code.hide(photo, shown, pattern) for photo in (known, wanted))
    opened = old_code.reveal(second, old_pattern(known, first))
    assert psnr(wanted, opened) > psnr(wanted, old_code.reveal(second, pattern)) - 2
    assert psnr(wanted, opened) > psnr(wanted, second) + 8
    assert old_sizes(wanted, shown, second) > 0.9


def test_one_known_photo_gives_nothing_of_another_in_the_sealed_code() -> None:
    pictures, frames, _ = sealed(crop(1), bytes(12))
    for nonce in (bytes(11) + b"\1", bytes(range(12))):
        others, other, _ = sealed(crop(2), nonce)
        for layer in LAYERS:
            frame = other[layer]
            share = guessed(pictures[layer], frames[layer], others[layer], frame)
            assert abs(deviation(share, 8 * len(frame))) < 5
    # That the attack works at all: one nonce used twice, which never happens.
    others, reused, _ = sealed(crop(2), bytes(12))
    assert guessed(pictures[0], frames[0], others[0], reused[0]) == 1


def test_the_same_photo_sealed_twice_is_unrelated_and_any_photo_is_as_long() -> None:
    one, other = (sealed(crop(1), nonce)[1] for nonce in (bytes(12), bytes(range(12))))
    plainer = sealed(np.full((256, 256, 3), 128, np.uint8), bytes(12))[1]
    for first, second, third in zip(one, other, plainer, strict=True):
        alike = (np.unpackbits(np.frombuffer(first, np.uint8)) == np.unpackbits(np.frombuffer(second, np.uint8))).mean()
        assert abs(deviation(alike, 8 * len(first))) < 5
        assert len(first) == len(second) == len(third)


def test_sizes_of_the_sealed_code_tell_nothing() -> None:
    for seed in range(3):
        found, limit = sealed_sizes(crop(seed), crop(seed + 10), sealed(crop(seed), bytes([seed] * 12))[2])
        assert found < limit


def test_a_flipped_bit_is_refused() -> None:
    _, frames, _ = sealed(crop(1), bytes(12))
    header = Header((40, 40), bytes(12))
    rng = np.random.default_rng(0)
    for layer, frame in enumerate(frames):
        for place in (0, 8 * len(frame) - 1, *rng.integers(0, 8 * len(frame), 30)):
            turned = bytearray(frame)
            turned[place // 8] ^= 1 << (place % 8)
            assert not intact(bytes(turned))
            if place < 8 * (len(frame) - 4):
                assert unseal(KEY, header, layer, bytes(turned)) is None
        assert unseal(bytes(31) + b"\1", header, layer, frame) is None
