"""Whole photographs: their geometry, protection judged as the page judges it, and the rates made of it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import fake_models
import numpy as np
import pytest

from rofi.data import SIZE
from rofi.evaluation import rates
from rofi.evaluation import telltale as telltale_module
from rofi.evaluation.judges import NAMES, THRESHOLDS, Attributes, margin, recognising, spare, thresholds
from rofi.evaluation.networks import Networks
from rofi.evaluation.people import people_in
from rofi.evaluation.photo_report import Photos, markdown
from rofi.evaluation.photos import Measured, measure
from rofi.evaluation.product import ComposedPeople, Drawn, Face, Product, kept_detail, lay_over
from rofi.evaluation.rates import accepted, by_person, identified
from rofi.evaluation.sealing import read_code
from rofi.evaluation.sharpness import sharpness_ratio
from rofi.evaluation.telltale import auc, telltale
from rofi.landmarks import LEFT_EYE, RIGHT_EYE
from rofi.people.compose import choose, mix_shapes
from rofi.people.folding import folded
from rofi.people.person import CONSIDERED, FOLDING, NATURAL
from rofi.photo import fixture
from rofi.photo.only_face import only_face
from rofi.photo.resampling import blend, resample
from rofi.photo.similarity import Similarity, align, align_eyes, shift_between, to_grid
from rofi.sealed.face import unseal_code

PROJECT = Path(__file__).parents[2]


class FakeJudges:
    """Judges to whom only the pictures' mean tells people apart."""

    def page(self, image: np.ndarray) -> dict[str, np.ndarray]:
        return {name: np.array([float(image.mean()), 0.0]) for name in THRESHOLDS}


class Painted:
    """People that are even greys, one a number; NaN paints nothing."""

    sealed = False

    def __init__(self, *greys: float) -> None:
        self.greys = greys

    def people(self, face: Face, key: bytes) -> Iterator[tuple[bytes, int]]:
        yield from ((key, number) for number in range(len(self.greys)))

    def draw(self, face: Face, key: bytes, number: int) -> Drawn:
        opacity = np.zeros((256, 256))
        opacity[64:192, 64:192] = 1
        grey = self.greys[number]
        painted = face.crop if np.isnan(grey) else grey
        return Drawn(face.crop + opacity[..., None] * (painted - face.crop), opacity)

    def write(self, face: Face, drawn: Drawn, key: bytes, shares: np.ndarray) -> np.ndarray:
        return lay_over(face, drawn.image, drawn.opacity)


class NoLandmarks:
    """A landmarker that finds nothing."""

    def detect(self, image: np.ndarray) -> list[np.ndarray]:
        return []


@pytest.fixture(scope="module")
def networks(tmp_path_factory: pytest.TempPathFactory) -> Networks:
    folder = tmp_path_factory.mktemp("models")
    fake_models.write(folder)
    (folder / "face_mesh.json").write_text((PROJECT / "public/models/face_mesh.json").read_text())
    return Networks(folder)


def face_in(networks: Networks, photo: np.ndarray) -> Face:
    transform = to_grid(align_eyes(300 + 300j, 520 + 340j))
    mean = networks.mesh.mean
    eyes = [np.tile(mean[[33, 133, 159, 145]].mean(0), (5, 1)), np.tile(mean[[362, 263, 386, 374]].mean(0), (5, 1))]
    return Face.at(photo, transform.inverse(np.concatenate([mean, *eyes]) * 256), transform)


def product(networks: Networks, monkeypatch: pytest.MonkeyPatch, *greys: float) -> Product:
    monkeypatch.setattr(networks, "kept_shares", lambda crop: np.zeros((32, 32), np.float32))
    return Product(networks, FakeJudges(), NoLandmarks(), Painted(*greys))


def test_geometry_is_that_of_the_page_s_fixture() -> None:
    written = json.loads(fixture.FILE.read_text())["cases"]
    for case, again in zip(written, json.loads(json.dumps(fixture.samples())), strict=True):
        assert case["name"] == again["name"]
        np.testing.assert_allclose(case["transform"], again["transform"], rtol=1e-9)
        np.testing.assert_allclose(case["crop"], again["crop"], atol=0.01)
        np.testing.assert_allclose(case["blended"], again["blended"], atol=1)
        np.testing.assert_allclose(case["detailed"], again["detailed"], atol=1)
        np.testing.assert_allclose(case["covered"], again["covered"], atol=1)


def test_detail_comes_back_round_an_iris_as_in_the_page() -> None:
    found = np.zeros((478, 2))
    for pupil, x in ((468, 90), (473, 166)):
        found[pupil : pupil + 5] = (x, 108) + 9 * np.array([(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1)])
    face = Face(np.zeros((256, 256, 3), np.uint8), found, Similarity(1, 0), np.zeros((256, 256, 3), np.float32))
    shown = kept_detail(face, np.zeros((256, 256)))[108, 102:106]
    # The same numbers stand in src/engine/drawing/kept-detail.test.ts.
    np.testing.assert_allclose(shown, [0, 0.4546, 0.9543, 1], atol=1e-3)


def test_grid_moves_an_alignment_by_about_a_crop_pixel_and_then_stays() -> None:
    free = align_eyes(311.3 + 204.9j, 498.2 + 231.7j)
    grid = to_grid(free)
    assert 0 < shift_between(free, grid) < 1.5
    assert shift_between(grid, to_grid(grid)) < 1e-6


def test_the_first_person_whom_no_judge_knows_is_taken(networks: Networks, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = np.full((700, 900, 3), 100, np.uint8)
    face = face_in(networks, photo)
    protected = product(networks, monkeypatch, 100, 101, 180, 250).protect(face, bytes(32))
    assert (protected.tried, protected.known_by) == (3, ())
    changed = (protected.photo != photo).any(-1)
    assert changed.any() and not changed[:50].any()
    assert protected.crop[128, 128, 0] == pytest.approx(180, abs=1)
    refused = product(networks, monkeypatch, 100, 101).protect(face, bytes(32))
    assert (refused.tried, set(refused.known_by)) == (2, set(THRESHOLDS))


def test_what_is_kept_is_kept_before_the_judges_as_well(networks: Networks, monkeypatch: pytest.MonkeyPatch) -> None:
    face = face_in(networks, np.full((700, 900, 3), 100, np.uint8))
    page = product(networks, monkeypatch, 180, 250)
    assert page.protect(face, bytes(32)).tried == 1
    monkeypatch.setattr(networks, "kept_shares", lambda crop: np.ones((32, 32), np.float32))
    assert page.protect(face, bytes(32)).tried == 2


def test_only_the_face_is_left(networks: Networks, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = np.random.default_rng(0).integers(0, 200, (700, 900, 3)).astype(np.uint8)
    face = face_in(networks, photo)
    shown = only_face(photo, face.found)
    x, y = face.found[1].round().astype(int)
    np.testing.assert_array_equal(shown[y, x], photo[y, x])
    assert (shown[:20] == 214).all() and (shown[:, -20:] == 214).all()
    page = product(networks, monkeypatch, 180)
    page.face_only = True
    assert (page.protect(face, bytes(32)).photo[:20] == 214).all()


def test_where_the_best_drawing_is_recognised_in_the_photo_the_next_best_is_taken(
    networks: Networks, monkeypatch: pytest.MonkeyPatch
) -> None:
    class SecondIsLost(Painted):
        """People of whom the second does not get into the photo."""

        def write(self, face: Face, drawn: Drawn, key: bytes, shares: np.ndarray) -> np.ndarray:
            return face.photo if drawn.image.max() > 105.2 else super().write(face, drawn, key, shares)

    face = face_in(networks, np.full((700, 900, 3), 100, np.uint8))
    page = Product(networks, FakeJudges(), NoLandmarks(), SecondIsLost(105.12, 105.37))
    monkeypatch.setattr(networks, "kept_shares", lambda crop: np.zeros((32, 32), np.float32))
    protected = page.protect(face, bytes(32))
    assert (protected.tried, protected.known_by) == (3, ())


def test_what_is_judged_has_the_original_sealed_in_it(networks: Networks, monkeypatch: pytest.MonkeyPatch) -> None:
    page = product(networks, monkeypatch, 180)
    face = face_in(networks, np.full((700, 900, 3), 100, np.uint8))
    plain = page.protect(face, bytes(32))
    page.drawing.sealed = True
    sealed = page.protect(face, bytes(32))
    assert unseal_code(read_code(sealed.photo, face.transform).reading, bytes(32)) is not None
    assert unseal_code(read_code(plain.photo, face.transform).reading, bytes(32)) is None
    assert np.abs(sealed.crop - plain.crop)[96:160, 96:160].mean() < 5


def test_what_is_in_front_is_drawn_over_where_it_shows_who_it_is(
    networks: Networks, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Behind(Painted):
        """People that nobody sees behind what is in front of them."""

        def draw(self, face: Face, key: bytes, number: int) -> Drawn:
            shown = super().draw(face, key, number)
            return shown if face.front is None else Drawn(face.crop, np.zeros((256, 256)))

    face = replace(face_in(networks, np.full((700, 900, 3), 100, np.uint8)), front=np.ones((256, 256), np.float32))
    page = Product(networks, FakeJudges(), NoLandmarks(), Behind(180, 250))
    monkeypatch.setattr(networks, "kept_shares", lambda crop: np.zeros((32, 32), np.float32))
    protected = page.protect(face, bytes(32))
    assert (protected.tried, protected.known_by, protected.face.front) == (1, (), None)
    assert protected.crop[128, 128, 0] == pytest.approx(180, abs=1)


def test_both_judges_of_the_page_must_see_a_stranger() -> None:
    known = {name: np.zeros(2) for name in THRESHOLDS}
    seen = {"dlib": np.array([2 * THRESHOLDS["dlib"], 0]), "fr_feature": np.array([0.5 * THRESHOLDS["fr_feature"], 0])}
    assert margin(known, seen, THRESHOLDS) == pytest.approx(-0.5)
    assert recognising(known, seen, THRESHOLDS) == ("fr_feature",)
    seen["fr_feature"] *= 2.2
    assert margin(known, seen, THRESHOLDS) == pytest.approx(0.1) and recognising(known, seen, THRESHOLDS) == ()
    seen["dlib"] = np.array([np.nan, 0])
    assert recognising(known, seen, THRESHOLDS) == ("dlib",)


def test_less_is_asked_of_children() -> None:
    assert thresholds(40) == thresholds(12) == THRESHOLDS
    assert thresholds(0) == pytest.approx(
        {"dlib": 0.62 * THRESHOLDS["dlib"], "fr_feature": 0.7 * THRESHOLDS["fr_feature"]}
    )
    assert thresholds(7) == pytest.approx(
        {"dlib": 0.81 * THRESHOLDS["dlib"], "fr_feature": 0.85 * THRESHOLDS["fr_feature"]}
    )
    assert [spare(age) for age in (1, 7, 40)] == pytest.approx([0.5, 0.325, 0.15])


def test_composed_people_are_the_key_s_with_the_most_natural_first(networks: Networks) -> None:
    key, crop = bytes(32), np.full((256, 256, 3), 150, np.float32)
    face = Face(crop.astype(np.uint8), networks.mesh.mean * 256, Similarity(1 + 0j, 0j), crop)
    people = list(ComposedPeople(networks).people(face, key))
    assert len(people) == CONSIDERED and {of for of, _ in people} == {key}
    patient = networks.looks(crop, face.landmarks).coordinates()
    atlas = networks.atlas

    def oddness(number: int) -> float:
        rows = choose(key, number, patient, atlas.coordinates, atlas.ids)
        shape = mix_shapes(atlas.shapes[rows], atlas.part_weights)
        folds = folded(face.landmarks, shape, networks.mesh, atlas.turn_modes)
        return atlas.oddness.of(rows) + FOLDING * folds

    tried = [number for _, number in people]
    natural, others = tried[:NATURAL], tried[NATURAL:]
    assert natural == sorted(natural) and sorted(tried) == list(range(CONSIDERED))
    assert max(oddness(number) for number in natural) <= oddness(others[0])
    assert [oddness(number) for number in others] == sorted(oddness(number) for number in others)


class FakeJudgesOfAll(FakeJudges):
    """The page's judges, and faceres that sees what they see."""

    def embed(self, image: np.ndarray) -> dict[str, np.ndarray]:
        return {name: np.array([float(image.mean()), 0.0]) for name in NAMES}

    def attributes(self, image: np.ndarray) -> Attributes:
        return Attributes(float(image.mean()), 0.5)


@pytest.mark.parametrize(("greys", "refused"), [((np.nan, 200.0), False), ((np.nan, np.nan), True)])
def test_a_photo_is_measured_and_only_what_is_released_can_be_linked(
    networks: Networks, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, greys: tuple[float, ...], refused: bool
) -> None:
    photo = np.full((700, 900, 3), 100, np.uint8)
    cv2.imwrite(str(tmp_path / "ann.png"), photo)
    judged = product(networks, monkeypatch, *greys)
    monkeypatch.setattr(judged, "face", lambda photo: face_in(networks, photo))
    row = measure(judged, FakeJudgesOfAll(), Measured(tmp_path / "ann.png", "ann"), None, np.random.default_rng(0))
    assert (row.refused is not None) == refused
    assert row.before is not None and row.before.age == pytest.approx(100)
    assert row.embeddings["blank face"]["dlib"][0] == pytest.approx(100, abs=0.5)
    if not refused:
        assert row.tried == 2 and row.parts["whole"][0]["dlib"][0] > 110
        assert "another photo, same key" in row.embeddings
    else:
        assert row.refused == "still recognised by dlib and fr_feature"
        assert not row.parts and "another photo, same key" not in row.embeddings


def test_a_crop_is_as_sharp_in_a_finer_photo_as_it_is() -> None:
    photo = np.full((1200, 1200, 3), 128, np.uint8)
    found = np.zeros((478, 2))
    found[list(RIGHT_EYE)], found[list(LEFT_EYE)] = (400, 500), (800, 500)
    transform = align(found)
    y, x = np.indices((SIZE, SIZE))
    crop = np.repeat(128 + 38 * np.sin(1.2 * x + 0.9 * y)[..., None], 3, 2)
    seen = resample(blend(photo, crop, transform), transform)
    # On its way a quarter of it would be lost: 6.
    assert np.abs(seen - crop)[100:150, 80:170].mean() < 2.5


def test_sharpness_is_that_of_the_drawn_face(networks: Networks, monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(0).integers(60, 140, (700, 900, 3)).astype(np.uint8)
    face = face_in(networks, noise)
    flat = product(networks, monkeypatch, 220).protect(face, bytes(32))
    assert sharpness_ratio(flat) < 0.2
    unchanged = type(flat)(noise, face, face.crop, flat.opacity, 1, ())
    assert sharpness_ratio(unchanged) == pytest.approx(1)


def test_a_subfolder_is_a_person_and_a_loose_photo_one_of_its_own(tmp_path: Path) -> None:
    for name in ("ann/1.jpg", "ann/2.PNG", "ben.jpg", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert {person: len(files) for person, files in people_in(tmp_path).items()} == {"ann": 2, "ben": 1}
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match="no photographs"):
        people_in(tmp_path / "empty")


def test_another_photo_of_the_same_person_identifies_too() -> None:
    gallery, people = np.array([[0.0, 0], [1, 0], [9, 9]]), np.array(["ann", "ann", "ben"])
    hits = identified(np.array([[0.9, 0], [8.0, 9]]), gallery, np.array(["ann", "ann"]), people)
    assert hits.tolist() == [True, False]


def test_acceptance_is_set_on_strangers_only() -> None:
    people = np.array(["a", "a", "b"])
    between = np.array([[0.0, 0.1, 5], [0.1, 0, 5], [5, 5, 0]])
    assert accepted(np.array([4.9, 5.1, 0.2]), between, people, np.arange(3)) == pytest.approx(2 / 3)
    assert np.isnan(accepted(np.zeros(2), between[:2, :2], people[:2], np.arange(2)))


def test_intervals_count_people_not_photos() -> None:
    people = np.repeat(np.arange(10), 40)
    hits = np.repeat(np.arange(10) < 3, 40).astype(float)
    value, low, high = by_person(people, lambda chosen: hits[chosen].mean())
    assert value == pytest.approx(0.3) and low < 0.12 and high > 0.55
    value, low, high = by_person(people, lambda chosen: 0.0)
    assert (value, low) == (0, 0) and high > 0.25


def test_classifier_finds_what_is_there_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telltale_module, "STEPS", 25)
    rng = np.random.default_rng(0)
    originals = rng.integers(0, 256, (24, 256, 256, 3)).astype(np.uint8)
    blurred = (originals // 4 + 96).astype(np.uint8)
    assert auc(telltale(originals, blurred)) > 0.95
    assert 0.2 < auc(telltale(originals, rng.integers(0, 256, originals.shape).astype(np.uint8))) < 0.8


def row(person: int, refused: str | None = None) -> Measured:
    """A person on a circle; the protected photo lies where the next person is."""

    def at(place: float) -> dict[str, np.ndarray]:
        return {judge: np.array([np.cos(place), np.sin(place)]) for judge in NAMES}

    own, moved = at(person), at(person + 1)
    looks = {"original": own, "protected": moved, "blank face": own, "another photo, same key": moved}
    looks |= {"eyes of the original": own, "eyes of the protected photo": moved}
    parts = {
        "whole": (moved, at(person + 2.5)),
        "without the drawn face": (own, own),
        "without the eyes": (moved, moved),
        "without hair, ears and background": (moved, at(person + 2.5)),
    }
    before, after = Attributes(8 + person, 0.9), Attributes(20 + person, 0.2 if person == 1 else 0.8)
    measured = Measured(
        Path(f"{person}.jpg"), str(person), refused, looks, parts, before, after, 0.4 + person, 0.01, 0.02
    )
    measured.tried = 2
    return measured


def test_every_figure_is_made_of_its_own_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "RESAMPLES", 20)
    photos = Photos([row(person) for person in range(6)] + [Measured(Path("x.jpg"), "x", "no face found")])
    table = {name: figure.interval[0] for name, figure in photos.figures().items()}
    for judge in NAMES:
        assert table[f"Rank-1 fails, {judge}, %"] > 80
        assert table[f"blank face: Rank-1 fails, {judge}, %"] == 0
        assert table[f"a stranger at FAR 1 %, {judge}, %"] == 100
        assert table[f"blank face: a stranger at FAR 1 %, {judge}, %"] == 0
        assert table[f"linked under two keys at FAR 1 %, {judge}, %"] == 0
        assert table[f"linked without the eyes, two keys, {judge}, %"] == 100
        assert table[f"linked under one key at FAR 1 %, {judge}, %"] == 100
        assert table[f"eyes of the original alone: Rank-1 fails, {judge}, %"] == 0
    assert table["refused by the page, %"] == pytest.approx(100 / 7)
    assert table["people tried for a photo"] == 2
    assert table["age off, years"] == 12
    assert table["children under 13 called over 18, %"] == 100
    assert table["sex agrees, %"] == pytest.approx(100 * 5 / 6)
    assert table["sharpness inside the drawn face over the original's, median"] == pytest.approx(2.9)
    assert table["eyelids moved, % of the eyes' distance"] == pytest.approx(1)
    assert table["irises moved, % of the eyes' distance"] == pytest.approx(2)
    assert photos.figures()["children under 13 called over 18, %"].count == 5
    assert "Refused: 1 no face found." in markdown(photos, photos.figures())
