"""What is in front of a face: the page's fixture, and what must never be taken for it."""

import json

import cv2
import numpy as np
import pytest

from rofi.data import ROOT
from rofi.front import fixture
from rofi.front.bare import BareFaces
from rofi.front.regions import MOUTH, front_of, in_front, whole
from rofi.geometry import FaceMesh, polygon
from rofi.people.atlas import Atlas

MODELS = ROOT.parent / "public" / "models"


@pytest.fixture(scope="module")
def bare() -> BareFaces:
    return BareFaces.read(MODELS / "bare_faces.bin", FaceMesh.read(MODELS / "face_mesh.json"))


def donor(bare: BareFaces, row: int) -> tuple[np.ndarray, np.ndarray]:
    """Somebody of the atlas in the mean shape, on grey, and where the landmarks are."""
    eyes = [bare.mesh.mean[[33, 133]].mean(0)] * 5 + [bare.mesh.mean[[362, 263]].mean(0)] * 5
    return Atlas.read(MODELS / "people.atlas").texture(row), np.concatenate([bare.mesh.mean, eyes])


def test_the_page_finds_the_same() -> None:
    written, again = json.loads(fixture.FILE.read_text()), fixture.samples()
    assert again["inFront"] == pytest.approx(written["inFront"], rel=0.02)
    assert np.array(again["rows"]) == pytest.approx(np.array(written["rows"]), abs=0.02)
    values = (np.array(one["residual"])[:, 1] for one in (written, again))
    assert np.quantile(np.abs(np.subtract(*values)), 0.95) < 0.2


@pytest.mark.parametrize("row", [3, 120, 300])
def test_nothing_is_in_front_of_bare_faces(bare: BareFaces, row: int) -> None:
    assert front_of(bare, *donor(bare, row)) is None


def test_a_mask_is_in_front_and_brows_nose_and_eyes_are_not(bare: BareFaces) -> None:
    texture, landmarks = donor(bare, 120)
    masked = texture.copy()
    masked[168:, 40:216] = (0.3, 0.55, 0.8)
    kept = in_front(*bare.residual(masked, landmarks), landmarks)
    assert kept[90:110, 50:78].mean() > 0.9
    assert not kept[:78].any()


def test_lipstick_is_not_in_front_also_where_paint_joins_it_to_the_rim(bare: BareFaces) -> None:
    texture, landmarks = donor(bare, 120)
    lips = polygon(landmarks[list(MOUTH)], 256)
    painted = cv2.dilate(lips, np.ones((7, 7))) > 0.5
    column, row = (landmarks[61] * 256).astype(int)
    painted[row - 4 : row + 5, : column + 4] = True
    made_up = np.where(painted[..., None], np.float32([0.37, 0.05, 0.37]), texture)
    assert front_of(bare, made_up, landmarks) is None


def test_half_a_face_in_the_dark_is_not_in_front(bare: BareFaces) -> None:
    texture, landmarks = donor(bare, 120)
    dark = texture * np.where(np.arange(256) < 128, 1, 0.15)[None, :, None].astype(np.float32)
    assert front_of(bare, dark.astype(np.float32), landmarks) is None


def test_a_part_has_what_it_encloses() -> None:
    ring = np.zeros((7, 7), bool)
    ring[1:4, 1:4] = True
    ring[2, 2] = False
    assert whole(ring).sum() == 9
