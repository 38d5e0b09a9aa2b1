"""Figures that the README quotes must mean what they say."""

import json
from pathlib import Path

import cv2
import fake_models
import numpy as np
import pytest

from rofi.evaluation import fixture, metrics, pipeline
from rofi.evaluation.iris_code import MATCH, hamming, iris_code
from rofi.evaluation.judges import NAMES
from rofi.evaluation.keypoints import displacement
from rofi.evaluation.keys import key_vector
from rofi.evaluation.networks import Networks
from rofi.evaluation.report import COMPARED, PAPER_AND_AIM, Results, as_json, comparison, figures, markdown
from rofi.geometry import EYES
from rofi.landmarks import align
from rofi.sealed.seal import FINE

PROJECT = Path(__file__).parents[2]


def test_a_protection_is_that_of_the_page_s_fixture() -> None:
    written = json.loads(fixture.FILE.read_text())
    again = fixture.protection(written["landmarks"])
    assert again["attributes"] == pytest.approx(written["attributes"], abs=1e-3)
    assert np.array(again["signs"]) == pytest.approx(np.array(written["signs"]), abs=1e-3)
    # OpenCV's versions differ at the edges of polygons.
    apart = np.abs(np.subtract(again["protected"], written["protected"]))
    assert apart.max() <= 8 and apart.mean() < 0.2
    assert again["distances"] == pytest.approx(written["distances"], abs=0.01)


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Networks:
    folder = tmp_path_factory.mktemp("models")
    fake_models.write(folder)
    (folder / "face_mesh.json").write_text((PROJECT / "public/models/face_mesh.json").read_text())
    return Networks(folder)


def noise(seed: int = 0, size: int = 256) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (size, size, 3), dtype=np.uint8)


def face_landmarks(networks: Networks) -> np.ndarray:
    """The mean face with two round irises, [478, 2]."""
    irises = []
    for eye in ("right", "left"):
        centre = networks.mesh.mean[list(EYES[eye])].mean(0)
        rim = centre + 0.025 * np.array([[1, 0], [0, -1], [-1, 0], [0, 1]])
        irises.append(np.concatenate([centre[None], rim]))
    return np.concatenate([networks.mesh.mean, *irises])


def test_key_vector_is_the_product_s() -> None:
    vectors = json.loads((PROJECT / "src/record/vectors/keys.json").read_text())
    for case in vectors["cases"]:
        vector = key_vector(bytes.fromhex(case["key"]))
        for index, value in case["vector"]["samples"]:
            assert vector[index] == pytest.approx(value, abs=case["vector"]["tolerance"])


def test_one_bit_off_changes_one_bit_and_the_whole_vector() -> None:
    key, other = bytes(range(32)), bytes([*range(31), 30])
    assert abs(np.corrcoef(key_vector(key), key_vector(other))[0, 1]) < 0.2


def test_rank1_knows_the_own_original_from_another() -> None:
    gallery = np.eye(4)
    hits = metrics.rank1(np.array([[0.9, 0.1, 0, 0], [0.9, 0.1, 0, 0]]), np.array([0, 1]), gallery)
    assert hits.tolist() == [True, False]


def test_centred_cosine_puts_strangers_at_zero() -> None:
    rng = np.random.default_rng(0)
    cone = rng.standard_normal((200, 128)) * 0.1 + 1
    cosine = metrics.centred_cosine(cone[:100], cone[100:], cone.mean(0))
    assert abs(cosine.mean()) < 0.05
    assert metrics.centred_cosine(cone, cone, cone.mean(0)).min() == pytest.approx(1)


def test_psnr_and_ssim_agree_with_their_definitions() -> None:
    image = noise()
    assert metrics.psnr(image, image) == 100
    assert metrics.ssim(image, image) == pytest.approx(1)
    flat = np.full((64, 64, 3), 100, np.uint8)
    assert metrics.psnr(flat, flat + np.uint8(10)) == pytest.approx(20 * np.log10(25.5))
    # Without structure only the luminance term remains.
    c1 = (0.01 * 255) ** 2
    expected = (2 * 100 * 110 + c1) / (100**2 + 110**2 + c1)
    assert metrics.ssim(flat, flat + np.uint8(10)) == pytest.approx(expected, abs=1e-6)


def test_ssim_is_scikit_image_s() -> None:
    reference = pytest.importorskip("skimage.metrics").structural_similarity
    image, other = noise(1), (noise(1) // 2 + noise(2) // 2).astype(np.uint8)
    options = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False}
    expected = reference(image, other, channel_axis=-1, data_range=255, **options)
    assert metrics.ssim(image, other) == pytest.approx(expected, abs=1e-6)


def test_intervals_hold_their_value_and_stay_open_at_the_ends() -> None:
    value, low, high = metrics.confidence(np.random.default_rng(0).standard_normal(500))
    assert low < value < high and high - low == pytest.approx(2 * 1.96 / np.sqrt(500), rel=0.15)
    share, low, high = metrics.rate_confidence(np.zeros(512, bool))
    assert share == 0 and low == 0 and 0.006 < high < 0.009


def test_rates_of_the_report() -> None:
    rows = [{"protected": {"dlib": np.array(v)}} for v in ([0.1, 0.0], [0.0, 0.2])]
    gallery = {"dlib": np.array([[0.0, 0.0], [5.0, 0.0]])}
    results = Results(np.array([0, 1]), rows, gallery)
    assert results.protection_rate("protected", "dlib")[0] == 50
    assert results.verified("protected")[0] == 50


def test_every_row_of_the_report_is_made_of_its_own_figures() -> None:
    rng = np.random.default_rng(0)
    gallery = {judge: rng.standard_normal((4, 8)) for judge in NAMES}
    scalars = ("face found", "lids", "irises", "ssim", "psnr", "oval psnr", "eye ssim", "draws", "dice")
    others = ("first key", "second key", "restored", "pixels alone", "wrong key", "signs")
    methods = (*COMPARED, *others)

    def value(method: str, name: str) -> float:
        return 0.01 * (1 + methods.index(method)) + 0.001 * scalars.index(name)

    def row(face: int) -> dict[str, dict[str, float | np.ndarray]]:
        figures: dict[str, dict[str, float | np.ndarray]] = {}
        for method in methods:
            # Protected faces, and those only, look like the next person; the second key's like nobody.
            at = {"protected": (face + 1) % 4}.get(method, face)
            seen = {judge: gallery[judge][at] * (-1 if method == "second key" else 1) for judge in NAMES}
            figures[method] = {name: value(method, name) for name in scalars} | seen
            figures[method]["iris distance"] = np.array([0.2, np.nan])
        figures["signs"]["dice"] = np.nan
        return figures

    results = Results(np.arange(4), [row(face) for face in range(4)], gallery)
    table = figures(results)
    assert set(PAPER_AND_AIM) <= set(table)
    for judge in NAMES:
        assert table[f"protection rate after re-draw, {judge}, %"][0] == 100
        assert table[f"protection rate before re-draw, {judge}, %"][0] == 0
        assert table[f"wrong key: identified as the original, {judge}, %"][0] == 100
        assert table[f"restored: identity cosine, {judge}"][0] == pytest.approx(1)
        assert table[f"two keys: identity cosine, {judge}"][0] < 0
    expected = {
        "keys drawn": value("protected", "draws"),
        "restored: SSIM": value("restored", "ssim"),
        "restored: PSNR, dB": value("restored", "psnr"),
        "restored: PSNR inside the oval, dB": value("restored", "oval psnr"),
        "restored without the record: SSIM": value("pixels alone", "ssim"),
        "restored without the record: PSNR, dB": value("pixels alone", "psnr"),
        "wrong key: a face is found, %": 100 * value("wrong key", "face found"),
        "eyelid keypoints moved, % of the eyes' distance": 100 * value("protected", "lids"),
        "iris keypoints moved, % of the eyes' distance": 100 * value("protected", "irises"),
        "drawn signs: SSIM inside the drawn mask": value("signs", "ssim"),
        "iris code match, %": 100,
    }
    assert {name: table[name][0] for name in expected} == pytest.approx(expected)
    compared = comparison(results)
    for method in COMPARED:
        assert compared[method]["eyelids moved, %"][0] == pytest.approx(100 * value(method, "lids"))
        assert compared[method]["irises moved, %"][0] == pytest.approx(100 * value(method, "irises"))
        assert compared[method]["SSIM in the eye boxes"][0] == pytest.approx(value(method, "eye ssim"))
        assert compared[method]["SSIM"][0] == pytest.approx(value(method, "ssim"))
        assert compared[method]["a face is found, %"][0] == pytest.approx(100 * value(method, "face found"))
    assert "| drawn signs: sign-map Dice | 0.739 | 0.75 | not measured | 0 |" in markdown(results)
    assert as_json(table)["drawn signs: sign-map Dice"] is None


def test_displacement_is_in_eye_distances() -> None:
    before = np.zeros((478, 2))
    after = before.copy()
    after[468:, 0] = 0.003
    assert displacement(before, after) == (0, pytest.approx(0.01))


def test_iris_codes_match_themselves_and_not_strangers(networks: Networks) -> None:
    landmarks = face_landmarks(networks)
    first, second = noise(1), noise(2)
    again = np.clip(first * 0.8 + 20, 0, 255).astype(np.uint8)
    for side in EYES:
        own = iris_code(first, landmarks, side)
        assert hamming(own, iris_code(again, landmarks, side)) < 0.1
        assert hamming(own, iris_code(second, landmarks, side)) > MATCH


def test_alignment_puts_the_eyes_in_place() -> None:
    photo = np.zeros((600, 800, 3), np.uint8)
    landmarks = np.full((478, 2), 0.5)
    right, left = np.array([300.0, 250.0]), np.array([500.0, 330.0])
    for points, place in (((33, 133, 159, 145), right), ((362, 263, 386, 374), left)):
        landmarks[list(points)] = place / (800, 600)
        x, y = place.astype(int)
        photo[y - 12 : y + 12, x - 12 : x + 12] = 255
    crop = align(photo, landmarks)
    ys, xs = np.nonzero(crop[..., 0] > 128)
    for want, here in ((0.35, xs < 128), (0.65, xs >= 128)):
        assert (xs[here].mean() + 0.5) / 256 == pytest.approx(want, abs=0.004)
        assert (ys[here].mean() + 0.5) / 256 == pytest.approx(0.42, abs=0.004)


def test_pipeline_changes_the_face_only_and_the_key_alone_gives_it_back(networks: Networks) -> None:
    coarse = np.random.default_rng(3).uniform(60, 190, (8, 8, 3)).astype(np.float32)
    image, landmarks = np.round(cv2.resize(coarse, (256, 256))).astype(np.uint8), face_landmarks(networks)
    first, second = (
        pipeline.protect(networks, image, landmarks, bytes([seed] * 32), bytes([seed] * 12), pipeline.NO_SIGNS)
        for seed in (1, 2)
    )
    outside = pipeline.OVAL == 0
    assert np.array_equal(first[outside], image[outside])
    assert not np.array_equal(first, second)
    restored = pipeline.restore(networks, first, bytes([1] * 32))
    assert restored is not None and restored.layer == FINE
    middle = pipeline.OVAL == 1
    assert np.abs(restored.pixels[middle].astype(int) - image[middle]).mean() < 4
    assert np.array_equal(restored.pixels[outside], first[outside])
    assert pipeline.restore(networks, first, bytes([2] * 32)) is None
    assert pipeline.restore(networks, image, bytes([1] * 32)) is None
