"""Attacks and what they are measured by, on toy restorers."""

import numpy as np
import torch
from torch import Tensor

from rofi.attacks import Judged, Target, by_noise, summary
from rofi.evaluation.diversity import mean_distance
from rofi.evaluation.noise_attack import NORMS, defended, spoof


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


def test_every_norm_is_tried_with_and_without_the_defence() -> None:
    target = Target(3, bytes(32), np.full((64, 64, 3), 90, np.uint8), np.zeros((478, 2)))
    _, wanted = protected_and_wanted()
    shown = dict(
        by_noise(
            lambda image: 2 * image,
            lambda image: features(image)[:, : wanted.shape[1]],
            target,
            torch.rand((1, 3, 64, 64)) - 0.5,
        )
    )
    assert len(shown) == 2 * len(NORMS)
    assert all(crop.shape == (64, 64, 3) and crop.dtype == np.uint8 for crop in shown.values())


def test_distance_between_people_is_one_for_strangers_and_none_for_one_person() -> None:
    rng = np.random.default_rng(0)
    centre = np.full(256, 3.0)
    assert abs(mean_distance(centre + rng.standard_normal((60, 256)), centre) - 1) < 0.02
    assert mean_distance(np.tile(centre + rng.standard_normal(256), (5, 1)), centre) < 1e-6


def test_attempts_on_one_photo_are_one_case() -> None:
    attempts = [Judged(photo, False, 0.9, False) for photo in range(8) for _ in range(500)]
    share = summary({"random keys": attempts}, 0.4)["random keys"]["identified, %"]
    assert share[0] == 0 and share[2] > 25
