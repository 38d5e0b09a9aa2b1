"""The atlas as committed, whom it lends to whom, and what is drawn with it."""

import json

import numpy as np
import pytest

from rofi.data import ROOT
from rofi.geometry import MESH, FaceMesh
from rofi.people import fixture
from rofi.people.atlas import Atlas
from rofi.people.compose import Looks, choose, mix_textures, sought_age, suitable
from rofi.people.curation import inner_face, lips_of
from rofi.people.draw import LUMA, draw, moved, straight
from rofi.people.folding import folded
from rofi.people.grain import finer, grain
from rofi.textures import face_mask

MODELS = ROOT.parent / "public" / "models"
KEY = bytes(range(32))
TONES = ((0.85, 0.68, 0.6), (0.7, 0.52, 0.43), (0.5, 0.34, 0.26), (0.3, 0.2, 0.15))


@pytest.fixture(scope="module")
def mesh() -> FaceMesh:
    return FaceMesh.read(MODELS / "face_mesh.json")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas.read(MODELS / "people.atlas")


def test_people_and_drawing_are_those_of_the_page_s_fixture() -> None:
    written, again = json.loads(fixture.FILE.read_text()), fixture.samples_of_all()
    for name in ("texture", "drawn", "grain"):
        apart = np.abs(np.subtract(written.pop(name), again.pop(name)))
        # OpenCV's versions differ at the edges of polygons.
        assert apart.max() < 8 / 255 and apart.mean() < 0.2 / 255, name
    assert written == again


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("age", [3, 8, 25, 45, 70])
@pytest.mark.parametrize("male", [0.0, 1.0])
def test_everybody_finds_people_of_like_age(atlas: Atlas, age: float, male: float, tone: tuple[float, ...]) -> None:
    patient = Looks(age, male, np.array(tone), 0.02, 0.8).coordinates()
    rows = suitable(patient, atlas.coordinates)
    assert len(rows) >= 30
    ages = np.array([atlas.header["donors"][row]["age"] for row in rows])
    assert abs(np.median(ages) - age) < 4 + 0.3 * age
    if age < 10:
        assert np.quantile(ages, 0.9) < 18


def test_children_get_younger_donors_and_grown_ups_do_not() -> None:
    assert sought_age(10) == pytest.approx(7)
    assert sought_age(20) == 20 and sought_age(60) == 60
    ages = np.linspace(0, 30, 301)
    assert (np.diff([sought_age(float(age)) for age in ages]) > 0).all()


def test_a_person_is_four_donors_that_the_key_and_its_number_choose(atlas: Atlas) -> None:
    patient = atlas.coordinates.mean(0)
    first, again = (choose(KEY, 0, patient, atlas.coordinates, atlas.ids) for _ in range(2))
    assert first == again
    assert len(set(first)) == 4
    assert choose(KEY, 1, patient, atlas.coordinates, atlas.ids) != first


def test_a_mix_is_odder_than_anybody_in_it(atlas: Atlas) -> None:
    mixes = np.random.default_rng(0).integers(len(atlas), size=(200, 4)).tolist()
    alone = np.mean([atlas.oddness.of([row] * 4) for row in range(len(atlas))])
    assert alone < 0.75 * np.mean([atlas.oddness.of(mix) for mix in mixes])


def test_mixing_one_face_with_itself_gives_it_back(atlas: Atlas) -> None:
    texture = atlas.texture(0)
    assert np.abs(mix_textures([texture] * 4, atlas.parts, atlas.mouth) - texture).max() < 1 / 255


def test_teeth_have_their_own_colour_and_lips_the_mean(atlas: Atlas) -> None:
    red = np.tile(np.float32([0.6, 0.4, 0.4]), (256, 256, 1))
    grey = np.full((256, 256, 3), 0.45, np.float32)
    mixed = mix_textures([red, red, red, grey], atlas.parts, atlas.mouth)
    more_red = mixed[..., 0] - mixed[..., 1]
    assert more_red[atlas.mouth > 0.95].mean() < 0.06
    assert more_red[atlas.mouth < 0.01].mean() > 0.14


def test_every_donors_rim_is_even_skin_and_no_lips_are_paler_than_skin(mesh: FaceMesh, atlas: Atlas) -> None:
    inner, lips = inner_face(mesh), lips_of(mesh) > 0
    skin = (inner > 0.95) & (atlas.parts[0] > 0.95)
    rim = (inner < 0.05) & (face_mask(mesh, 256) > 0.5)
    for row in range(0, len(atlas), 7):
        luma = atlas.texture(row) @ LUMA
        assert luma[rim].std() < 0.08, atlas.ids[row]
        assert abs(luma[rim].mean() / luma[skin].mean() - 1) < 0.25, atlas.ids[row]
        assert luma[lips].mean() < 0.9 * luma[skin].mean(), atlas.ids[row]


def test_a_drawings_rim_has_the_photos_light(mesh: FaceMesh, atlas: Atlas) -> None:
    image = np.full((256, 256, 3), 0.5, np.float32)
    image[:90] = 0.8
    texture, shape = np.full((256, 256, 3), 0.45, np.float32), np.zeros((MESH, 2))
    drawn = draw(image, mesh.mean, texture, shape, mesh, atlas.turn_modes)
    column = drawn.image[:, 128, 0]
    top = int(np.flatnonzero(drawn.opacity[:, 128] > 0.95)[0])
    assert abs(column[top] - 0.8) < 0.1
    # Farther in, light is blurred so widely that a step in it is none.
    assert abs(column[top + 20] - 0.8) > 0.12


def test_a_turned_head_stays_turned(mesh: FaceMesh, atlas: Atlas) -> None:
    turned = mesh.mean + 0.06 * atlas.turn_modes[0] + 0.06**2 * atlas.turn_modes[1]
    assert np.abs(straight(turned, mesh.mean, atlas.turn_modes) - mesh.mean).max() < 0.01
    after = moved(turned, np.zeros((MESH, 2)), mesh.mean, atlas.turn_modes)
    assert np.abs(after - turned).max() < 0.01


def test_a_grey_photo_stays_grey(mesh: FaceMesh, atlas: Atlas) -> None:
    grey = np.repeat(np.random.default_rng(0).uniform(0.3, 0.6, (256, 256, 1)).astype(np.float32), 3, 2)
    drawn = draw(grey, mesh.mean, atlas.texture(0), atlas.shapes[0], mesh, atlas.turn_modes)
    assert np.ptp(drawn.image, axis=2).max() < 0.02


def test_the_fine_layer_is_finer_than_the_crop(mesh: FaceMesh, atlas: Atlas) -> None:
    image = np.full((256, 256, 3), 0.5, np.float32)
    drawn = draw(image, mesh.mean, atlas.texture(0), atlas.shapes[0], mesh, atlas.turn_modes)
    photo = np.random.default_rng(1).normal(0.5, 0.03, (512, 512, 3)).astype(np.float32)
    layer = grain(photo, drawn, atlas.detail(int(atlas.detailed[0])), 7)
    inside = np.kron(drawn.opacity > 0.95, np.ones((2, 2), bool))
    assert np.abs(layer[inside]).mean() > 0.01
    means = layer.reshape(256, 2, 256, 2).mean((1, 3))
    assert np.abs(means).mean() < 0.2 * np.abs(layer[inside]).mean()
    assert np.abs(finer(finer(photo[..., 0]))).mean() > 0


def test_what_a_shape_turns_over_folds_but_not_what_faces_away_or_lips_open_to() -> None:
    mesh = FaceMesh.read(MODELS / "face_mesh.json")
    still, modes = np.zeros((MESH, 2)), np.zeros((2, MESH, 2))
    turned = np.stack([1 - mesh.mean[:, 0], mesh.mean[:, 1]], 1)
    assert folded(mesh.mean, still, mesh, modes) == 0
    assert folded(turned, still, mesh, modes) == 0
    smile = still.copy()
    smile[[0, 37, 267, 39, 269], 1] = -0.06  # the upper lip, moved above the nose's tip
    assert folded(mesh.mean, smile, mesh, modes) > 0.002
