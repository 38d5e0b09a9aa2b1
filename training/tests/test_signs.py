from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import pytest
import torch

from rofi.signs import harmless, metrics
from rofi.signs.cache import Subject, draw_pair, eye_crop
from rofi.signs.detector import FEATURES, SignDetector, SignScorer, recover, region_score
from rofi.signs.draw import KINDS, Drawing, draw_signs
from rofi.signs.export import export_detector
from rofi.signs.eye import COLUMNS, ROWS, SIDES, Eye
from rofi.signs.train import Heads, region_losses

ALMOND = np.linspace(0, np.pi, 9)


def place_eye(points: np.ndarray, eye: Eye, centre: tuple[float, float], outward: int) -> None:
    """Lids as an almond 34 px wide and 12 px high, and an iris of 7.5 px radius."""
    x = centre[0] + outward * 17 * np.cos(ALMOND)
    upper = [33, 246, 161, 160, 159, 158, 157, 173, 133]
    lower = [33, 7, 163, 144, 145, 153, 154, 155, 133]
    irises, brow = [468, 469, 470, 471, 472], [46, 53, 52, 65, 55]
    if eye.side == "left":
        upper = [263, 466, 388, 387, 386, 385, 384, 398, 362]
        lower = [263, 249, 390, 373, 374, 380, 381, 382, 362]
        irises, brow = [473, 474, 475, 476, 477], [276, 283, 282, 295, 285]
    points[upper] = np.stack([x, centre[1] - 6 * np.sin(ALMOND)], -1)
    points[lower] = np.stack([x, centre[1] + 6 * np.sin(ALMOND)], -1)
    points[irises] = np.array(centre) + 7.5 * np.array([[0, 0], [1, 0], [0, -1], [-1, 0], [0, 1]])
    points[brow] = np.stack([np.linspace(-15, 15, 5) + centre[0], np.full(5, centre[1] - 24)], -1)


@pytest.fixture(scope="module")
def face() -> tuple[np.ndarray, np.ndarray]:
    """A drawn face, of nobody: skin with grain, white eyes, brown irises, black pupils."""
    points = np.full((478, 2), 128.0)
    blank = np.zeros((478, 2))
    for side, centre, outward in (("right", (89.6, 107.5), -1), ("left", (166.4, 107.5), 1)):
        place_eye(points, Eye(side, blank), centre, outward)
    landmarks = ((points + 0.5) / 256).astype(np.float32)
    image = np.array([0.78, 0.6, 0.5]) + np.random.default_rng(0).normal(0, 0.02, (256, 256, 3))
    for side in SIDES:
        eye = Eye(side, landmarks)
        for alpha, colour in (
            (eye.opening(), (0.88, 0.86, 0.84)),
            (eye.opening() * eye.disc(7), (0.42, 0.28, 0.18)),
            (eye.opening() * eye.disc(3), (0.04, 0.04, 0.04)),
        ):
            here = image[eye.window]
            image[eye.window] = here + alpha[..., None] * (np.array(colour) - here)
    return np.round(np.clip(image, 0, 1) * 255).astype(np.uint8), landmarks


def draw(face: tuple[np.ndarray, np.ndarray], kind: str, seed: int = 5) -> Drawing:
    return draw_signs(*face, [(kind, "right")], np.random.default_rng(seed))


@pytest.mark.parametrize("kind", KINDS)
def test_every_sign_is_visible_where_its_mask_says(face: tuple[np.ndarray, np.ndarray], kind: str) -> None:
    for seed in range(4):
        drawing = draw(face, kind, seed)
        assert drawing.signs == ((kind, "right"),)
        region = np.zeros((256, 256), bool)
        region[ROWS, COLUMNS["right"]] = True
        assert drawing.mask.sum() >= 6
        assert drawing.mask.min() >= 0 and drawing.mask.max() <= 1
        assert not drawing.mask[~region].any()
        change = np.abs(drawing.image.astype(int) - face[0]).max(-1)
        assert not change[~region].any()
        inside, outside = change[drawing.mask > 0.5].mean(), change[region & (drawing.mask == 0)].mean()
        assert inside > 4 * outside


def test_the_same_seed_draws_the_same_sign(face: tuple[np.ndarray, np.ndarray]) -> None:
    first, again, other = draw(face, "nodule"), draw(face, "nodule"), draw(face, "nodule", seed=6)
    assert np.array_equal(first.image, again.image)
    assert np.array_equal(first.mask, again.mask)
    assert not np.array_equal(first.image, other.image)


def test_a_healthy_face_stays_as_it_is(face: tuple[np.ndarray, np.ndarray]) -> None:
    before = face[0].copy()
    drawing = draw_signs(*face, [], np.random.default_rng(0))
    assert np.array_equal(drawing.image, before)
    assert not drawing.mask.any()
    draw(face, "ptosis")
    assert np.array_equal(face[0], before)


def test_no_sign_of_the_eyeball_is_drawn_on_a_closed_eye(face: tuple[np.ndarray, np.ndarray]) -> None:
    image, landmarks = face
    dark = np.full_like(image, 30)
    assert draw_signs(dark, landmarks, [("leukoma", "left")], np.random.default_rng(0)).signs == ()


def test_closing_the_eyes_hides_the_irises(face: tuple[np.ndarray, np.ndarray]) -> None:
    shut = harmless.close_eyes(*face)
    eye = Eye("right", face[1])
    iris = eye.disc(4) > 0.5
    assert face[0][eye.window][iris].mean() < 90 < shut[eye.window][iris].mean()


def test_the_mirrored_left_eye_has_its_nose_at_the_right(face: tuple[np.ndarray, np.ndarray]) -> None:
    columns = np.broadcast_to(np.arange(256), (256, 256))
    assert eye_crop(columns, "right")[0, -1] == COLUMNS["right"].stop - 1
    assert eye_crop(columns, "left")[0, -1] == COLUMNS["left"].start


def random_scorer() -> SignScorer:
    torch.manual_seed(0)
    scorer = SignScorer().eval()
    for scores in (scorer.linear, scorer.other, scorer.both):
        torch.nn.init.normal_(scores.weight, std=0.2)
    return scorer


def seen_by(scorer: SignScorer, image: torch.Tensor) -> torch.Tensor:
    with torch.no_grad():
        return SignDetector(scorer).eval()(image)


def test_the_exported_detector_scores_like_the_trained_one(tmp_path: Path) -> None:
    scorer = random_scorer()
    export_detector(scorer, tmp_path)
    image = np.random.default_rng(0).uniform(-1, 1, (1, 3, 256, 256)).astype(np.float32)
    session = onnxruntime.InferenceSession(tmp_path / "sign_detector.onnx")
    (scores,) = session.run(["scores"], {"image": image})
    trained = seen_by(scorer, torch.from_numpy(image)).numpy()
    assert scores.shape == (1, 1, 32, 32)
    assert np.abs(scores - trained).max() < 5e-3
    assert np.ptp(scores[0, 0, 8:18, 2:16]) > 1e-2
    outside = scores[0, 0].copy()
    outside[8:18, 2:30] = 0
    assert not outside.any()


def test_a_mirrored_face_gets_the_mirrored_map() -> None:
    scorer = random_scorer()
    image = torch.rand(1, 3, 256, 256, generator=torch.Generator().manual_seed(2)) * 2 - 1
    assert torch.allclose(seen_by(scorer, image.flip(-1)), seen_by(scorer, image).flip(-1), atol=1e-5)


def test_an_eye_is_judged_in_the_light_of_the_other() -> None:
    scorer = random_scorer()
    image = torch.rand(1, 3, 256, 256, generator=torch.Generator().manual_seed(2)) * 2 - 1
    changed = image.clone()
    changed[:, :, ROWS, COLUMNS["left"]] *= -1
    right = (seen_by(scorer, image) - seen_by(scorer, changed))[..., :16]
    assert right.abs().max() > 1e-3


def test_training_goes_on_from_the_exported_features(tmp_path: Path) -> None:
    scorer, again = random_scorer(), SignScorer()
    export_detector(scorer, tmp_path)
    eyes = torch.rand(2, 3, 80, 112, generator=torch.Generator().manual_seed(2)) * 2 - 1
    with torch.no_grad():
        assert not torch.allclose(again.features(eyes), scorer.features(eyes), atol=5e-3)
        recover(again, tmp_path / "sign_detector.onnx")
        assert torch.allclose(again.features(eyes), scorer.features(eyes), atol=5e-3)


def test_region_score_is_the_maximum() -> None:
    assert region_score(torch.tensor([[[[1.0, 5.0], [3.0, -2.0]]]])).item() == 5


def test_only_regions_of_the_sign_are_pulled_up_and_its_border_counts_for_neither() -> None:
    coverage = torch.zeros(1, 2, 4, 6)
    coverage[0, 0, 1, 1], coverage[0, 0, 1, 2] = 0.9, 0.1
    logits = torch.zeros(1, 2, 2, 4, 6, requires_grad=True)
    sum(region_losses(logits, coverage).values()).backward()
    assert logits.grad is not None
    sick = logits.grad[0, 1, 0]
    assert sick[1, 1] < 0
    assert sick[1, 2] == sick[0, 1] == sick[2, 3] == 0
    assert (logits.grad[0, 0] >= 0).all() and (logits.grad[0, 0] > 0).any()


def test_the_trained_heads_score_as_the_scorer_does() -> None:
    scorer = random_scorer()
    torch.nn.init.normal_(scorer.linear.bias)
    heads = Heads(scorer, torch.rand(FEATURES, generator=torch.Generator().manual_seed(1)) + 0.5)
    features = torch.rand(2, 2, 2, FEATURES, 4, 6, generator=torch.Generator().manual_seed(3))
    with torch.no_grad():
        logits = heads(features)
        assert torch.allclose(scorer.score(features.flatten(0, 1)).unflatten(0, (2, 2)), logits, atol=1e-3)
        trained = {name: value + 0.01 for name, value in heads.named_parameters() if not name.startswith("scorer.")}
        filled = heads.fill(trained).score(features.flatten(0, 1)).unflatten(0, (2, 2))
        heads.load_state_dict(trained, strict=False)
        assert torch.allclose(filled, heads(features), atol=1e-3)
        assert not torch.allclose(filled, logits, atol=1e-1)


def test_a_sign_that_the_crop_does_not_show_teaches_no_region() -> None:
    logits = torch.zeros(1, 2, 2, 4, 6, requires_grad=True)
    losses = region_losses(logits, torch.zeros(1, 2, 4, 6))
    assert losses["covered"].item() == 0


def test_twins_differ_in_nothing_but_the_sign(face: tuple[np.ndarray, np.ndarray]) -> None:
    image, landmarks = face
    photo = cv2.resize(image, (384, 384), interpolation=cv2.INTER_CUBIC)
    for seed in range(6):
        healthy, drawing = draw_pair(Subject(photo, landmarks), np.random.default_rng(seed))
        change = np.abs(healthy.astype(int) - drawing.image).max(-1)
        far = cv2.dilate((drawing.mask > 0).astype(np.uint8), np.ones((49, 49), np.uint8)) == 0
        assert change[far].mean() < 1.5
        if drawing.signs:
            assert change[drawing.mask > 0.5].mean() > 3


def test_measures_of_the_sign_map() -> None:
    mask = np.zeros((256, 256), np.float32)
    mask[80:96, 40:48] = 1
    scores = np.zeros((32, 32), np.float32)
    scores[10, 5], scores[20, 20] = 0.8, 0.9
    assert metrics.region_recall(scores, mask, 0.5) == 0.5
    assert metrics.pixel_recall(scores, mask, 0.5) == 0.5
    assert metrics.dice(scores, mask, 0.5) == 0.5
    small = np.zeros_like(mask)
    small[80:82, 40:42] = 1
    assert metrics.region_recall(scores, small, 0.5) == 1


def test_agreement_of_verdicts() -> None:
    first = np.array([1, 1, 0, 0, 1, 0], bool)
    assert metrics.kappa(first, first) == metrics.mcc(first, first) == 1
    assert metrics.kappa(first, ~first) == metrics.mcc(first, ~first) == -1
    second = np.array([1, 1, 0, 0, 0, 0], bool)
    assert metrics.kappa(first, second) == pytest.approx(2 / 3)
    assert metrics.auroc(np.array([0.9, 0.4]), np.array([0.1, 0.4])) == 0.875


def test_ssim_sees_only_what_lies_inside_the_mask() -> None:
    rng = np.random.default_rng(0)
    image = rng.integers(0, 255, (256, 256, 3), dtype=np.uint8)
    mask = np.zeros((256, 256), np.float32)
    mask[100:120, 100:120] = 1
    elsewhere, inside = image.copy(), image.copy()
    elsewhere[:60] = 0
    inside[100:120, 100:120] = 128
    assert metrics.sign_ssim(image, elsewhere, mask) == pytest.approx(1)
    assert metrics.sign_ssim(image, inside, mask) < 0.3
