import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import pytest
import torch

from rofi.signs import cache, harmless, metrics, train
from rofi.signs.cache import Subject, draw_pair, eye_crop
from rofi.signs.detector import FEATURES, SignDetector, SignScorer, recover, region_score
from rofi.signs.draw import KINDS, Drawing, draw_signs
from rofi.signs.export import export_detector, load_scorer
from rofi.signs.eye import COLUMNS, ROWS, SIDES, Eye
from rofi.signs.judge import Judge, SignJudge, save
from rofi.signs.judge import step as judge_step
from rofi.signs.losses import LESSONS, losses_of, region_losses
from rofi.signs.train import Training, begin, logits_of
from rofi.signs.views import Batch, Faces, batches, chances, shown, views

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
    for scores in (scorer.linear, scorer.other, scorer.both, scorer.across, scorer.mix):
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


def test_a_sign_that_is_found_is_kept_with_its_rim_and_one_that_is_not_stays_hidden() -> None:
    detector = SignDetector(random_scorer(), bias=-1.0)
    logits = torch.full((1, 2, 10, 14), -8.0)
    logits[0, 0, 4, 4:7] = torch.tensor([0.5, 4.0, -1.5])  # the right eye: a sign and what lies round it
    logits[0, 1, 4, 4:7] = torch.tensor([0.5, 0.9, 0.5])  # the left eye: nearly one
    marked = detector.scores(logits)[0, 0] > 0.5
    assert marked.nonzero().tolist() == [[12, 6], [12, 7]]


def test_an_eye_is_judged_in_the_light_of_the_other() -> None:
    scorer = random_scorer()
    image = torch.rand(1, 3, 256, 256, generator=torch.Generator().manual_seed(2)) * 2 - 1
    changed = image.clone()
    changed[:, :, ROWS, COLUMNS["left"]] *= -1
    right = (seen_by(scorer, image) - seen_by(scorer, changed))[..., :16]
    assert right.abs().max() > 1e-3


def test_an_eye_is_compared_with_where_the_other_looks() -> None:
    scorer = random_scorer()
    for part in (scorer.linear, scorer.other, scorer.both):
        torch.nn.init.zeros_(part.weight)
    torch.nn.init.constant_(scorer.across.weight, 1e-3)
    torch.nn.init.constant_(scorer.mix.weight, 1)
    features = torch.zeros(1, 2, FEATURES, 10, 14)
    features[0, 1, :, 4, 2] = 1  # the left eye, mirrored: two cells from its temple
    with torch.no_grad():
        scores = scorer.score(features)[0] - scorer.score(torch.zeros_like(features))[0]
    assert scores[0, 4, 11] > 1e-3  # the right eye, two cells from the nose
    assert not scores[0, :, :9].any() and not scores[1].any()


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


def test_only_regions_of_the_sign_are_pulled_up_and_those_half_covered_count_for_neither() -> None:
    coverage = torch.zeros(1, 2, 4, 6)
    coverage[0, 0, 1, 1], coverage[0, 0, 1, 2] = 0.9, 0.1
    logits = torch.zeros(1, 2, 2, 4, 6, requires_grad=True)
    sum(region_losses(logits, coverage).values()).backward()
    assert logits.grad is not None
    sick = logits.grad[0, 1, 0]
    assert sick[1, 1] < 0 == sick[1, 2] < sick[0, 1]
    assert (logits.grad[0, 0] >= 0).all() and (logits.grad[0, 0] > 0).any()


def test_the_losses_fall_as_the_map_becomes_the_sign() -> None:
    coverage = torch.zeros(1, 2, 4, 6)
    coverage[0, 0, 1, 1:3] = 1
    right = torch.stack([-torch.ones_like(coverage), 2 * coverage - 1], 1)
    sick = torch.tensor([[1.0, 0.0]])
    values = [losses_of(scale * right, coverage, sick, "both") for scale in (0, 1, 8)]
    for name in values[0]:
        falling = [float(each[name]) for each in values]
        assert falling == sorted(falling, reverse=True) and falling[-1] < 0.01 < falling[0]


def test_a_sign_that_the_crop_does_not_show_teaches_no_region() -> None:
    logits = torch.zeros(1, 2, 2, 4, 6, requires_grad=True)
    losses = region_losses(logits, torch.zeros(1, 2, 4, 6))
    assert losses["covered"].item() == losses["overlap"].item() == 0


def toy_shard(faces: int = 4) -> dict[str, np.ndarray]:
    """Grey eyes, and a white square on every right one: sick where the mask says."""
    rng = np.random.default_rng(0)
    crops = np.broadcast_to(rng.integers(90, 110, (faces, 1, 2, 96, 128, 3)), (faces, 2, 2, 96, 128, 3)).astype(
        np.uint8
    )
    masks, labels = np.zeros((faces, 2, 96, 128), np.uint8), np.zeros((faces, 2, len(KINDS)), np.uint8)
    for face in range(faces):
        top, left = rng.integers(30, 50, 2)
        masks[face, 0, top : top + 16, left : left + 24] = 255
    crops[:, 1][masks > 0] = 250
    labels[:, 0, 0] = 1
    return {"crops": crops, "masks": masks, "labels": labels}


def toy_faces(faces: int = 4) -> Faces:
    shard = {name: torch.from_numpy(array) for name, array in toy_shard(faces).items()}
    return Faces(shard["crops"], shard["masks"], shard["labels"].bool())


def test_views_move_eyes_and_mask_alike() -> None:
    batch = views(toy_faces(), torch.arange(32) % 4, np.random.default_rng(0))
    assert batch.eyes.shape == (32, 2, 2, 3, 80, 112) and batch.coverage.shape == (32, 2, 10, 14)
    assert batch.eyes.min() >= -1 and batch.eyes.max() <= 1
    assert set(batch.sick[:, 0].tolist()) == {0, 1}  # some are mirrored
    for eyes, coverage, sick in zip(batch.eyes, batch.coverage, batch.sick, strict=True):
        ill = int(sick[1])
        change = (eyes[1] - eyes[0])[ill].mean(0).view(10, 8, 14, 8).mean((1, 3))
        assert (change / change.max() - coverage[ill]).abs().max() < 0.08
        assert not coverage[1 - ill].any() and torch.equal(eyes[0, 1 - ill], eyes[1, 1 - ill])


def test_batches_need_shards_and_find_those_drawn_later(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        next(batches(tmp_path, 2, np.random.default_rng(0)))
    np.savez(tmp_path / "shard-000.npz", **toy_shard(2))
    endless = batches(tmp_path, 2, np.random.default_rng(0))
    first = next(endless)
    assert first.eyes.shape == (2, 2, 2, 3, 80, 112) and first.sick.sum(1).tolist() == [1, 1]
    np.savez(tmp_path / "shard-001.npz", **toy_shard(4))
    assert len([next(endless) for _ in range(3)]) == 3


def test_a_sign_that_the_picture_hides_is_not_taught() -> None:
    faces = toy_faces(2)
    faces.crops[1] //= 50
    taught = shown(faces)
    assert taught.labels.flatten(1).any(1).tolist() == taught.masks.flatten(1).any(1).tolist() == [True, False]
    assert faces.labels[1].any()


def test_rare_signs_are_shown_as_often_as_common_ones_and_hard_ones_twice_as_often() -> None:
    labels = np.zeros((11, 2, len(KINDS)), np.uint8)
    labels[:6, 0, KINDS.index("redness")] = labels[6:8, 1, KINDS.index("nodule")] = 1
    labels[8:10, 0, KINDS.index("strabismus")] = 1
    shown_often = chances(labels)
    assert shown_often[:6].sum() == pytest.approx(shown_often[6:8].sum())
    assert shown_often[8:10].sum() == pytest.approx(2 * shown_often[6:8].sum())
    assert shown_often.sum() == pytest.approx(1) and (shown_often > 0).all()


def test_a_healthy_eye_of_a_sick_face_is_its_twins() -> None:
    scorer, batch = random_scorer(), next(toy_batches())
    with torch.no_grad():
        each = scorer(batch.eyes.flatten(0, 1)).unflatten(0, (-1, 2))
        assert torch.allclose(logits_of(scorer, batch), each, atol=1e-4)


def toy_batches() -> Iterator[Batch]:
    faces, rng = toy_faces(), np.random.default_rng(1)
    while True:
        yield views(faces, torch.arange(4), rng)


@pytest.mark.parametrize("learn", LESSONS)
def test_training_learns_to_see_a_plain_sign_and_goes_on_from_its_checkpoint(tmp_path: Path, learn: str) -> None:
    export_detector(random_scorer(), tmp_path)
    training = Training(begin(tmp_path / "sign_detector.onnx"), learn, rate=1e-3, decay=0.0)
    losses = [sum(training.step(batch, 1.0).values()) for batch in islice(toy_batches(), 12)]
    assert losses[-1] < 0.8 * losses[0]
    training.save(tmp_path / "sign_detector.pt", {})
    again = Training(begin(tmp_path / "sign_detector.onnx"), learn, rate=1e-3, decay=0.0)
    again.load(tmp_path / "sign_detector.pt")
    batch = next(toy_batches())
    after = [{name: term.item() for name, term in each.step(batch, 1.0).items()} for each in (again, training)]
    assert training.steps == again.steps == 13 and after[0] == pytest.approx(after[1], abs=1e-4)


def test_a_run_that_diverges_goes_on_more_slowly_from_its_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    np.savez(tmp_path / "shard-000.npz", **toy_shard(4))
    export_detector(random_scorer(), tmp_path)
    told = ["train", "--cache", tmp_path, "--run", tmp_path, "--start", tmp_path / "sign_detector.onnx"]
    monkeypatch.setattr(sys, "argv", [*map(str, told), "--faces", "2", "--steps", "12", "--rate", "100"])
    train.main()
    assert "diverged: back to step 0, at a rate of 50" in capsys.readouterr().out
    assert all(weight.isfinite().all() for weight in load_scorer(tmp_path / "sign_detector.pt").parameters())


def test_the_judge_learns_to_see_a_plain_sign_and_judges_a_face_by_its_sicker_eye(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network = SignJudge()
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3)
    losses = [judge_step(network, optimiser, batch).item() for batch in islice(toy_batches(), 20)]
    assert losses[-1] < 0.8 * losses[0]
    save(network.eval(), 0.25, {"seed": 1}, tmp_path / "judge.pt")
    face = np.random.default_rng(0).integers(0, 255, (256, 256, 3), dtype=np.uint8)
    mirrored = np.ascontiguousarray(face[:, ::-1])
    judge = Judge(tmp_path / "judge.pt")
    assert judge.made == {"seed": 1}
    assert judge(face) == pytest.approx(judge(mirrored), abs=1e-2)
    eyes = torch.from_numpy(np.stack([eye_crop(face, side) for side in SIDES])).permute(0, 3, 1, 2)[None]
    with torch.no_grad():
        assert judge(face) == pytest.approx(network(eyes.float() / 127.5 - 1).max().item() + 0.25, abs=2e-2)


def test_a_shard_holds_twins_masks_and_labels(
    face: tuple[np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "subjects", lambda count, rng: [Subject(*face)] * count)
    shard = cache.draw_shard(3, seed=0)
    assert shard["crops"].shape == (3, 2, 2, 96, 128, 3) and shard["crops"].dtype == np.uint8
    assert shard["masks"].shape == (3, 2, 96, 128) and shard["masks"].max() == 255
    assert np.array_equal(shard["labels"].any(-1), shard["masks"].any((2, 3)))


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
