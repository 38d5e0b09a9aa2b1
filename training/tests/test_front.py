"""What is in front of a face: the page's fixture, and what must never be taken for it."""

import json

import cv2
import numpy as np
import pytest
import torch

from rofi.data import ROOT
from rofi.front import fixture
from rofi.front.bare import BareFaces
from rofi.front.export import fused
from rofi.front.find import SURE, WEAK, parts_in_front
from rofi.front.lessons import moved
from rofi.front.network import SIDE, FrontNetwork
from rofi.front.occluders.drawn import put
from rofi.front.regions import MOUTH, in_front, whole
from rofi.front.scenes import CAREFUL, HARMLESS, Source, scene
from rofi.front.train import loss_of
from rofi.front.worn import FACE, FRONT, UNSURE, by_network
from rofi.geometry import polygon
from rofi.people.atlas import Atlas

MODELS = ROOT.parent / "public" / "models"


class _Donors:
    """Faces to draw scenes of: twice the same."""

    def __init__(self, texture: np.ndarray, landmarks: np.ndarray) -> None:
        self.texture, self.landmarks = texture, np.stack([landmarks] * 2)

    def __len__(self) -> int:
        return len(self.landmarks)

    def picture(self, index: int) -> np.ndarray:
        return self.texture


@pytest.fixture(scope="module")
def bare() -> BareFaces:
    return BareFaces.read()


def donor(bare: BareFaces, row: int) -> tuple[np.ndarray, np.ndarray]:
    """Somebody of the atlas in the mean shape, on grey, and where the landmarks are."""
    eyes = [bare.mesh.mean[[33, 133]].mean(0)] * 5 + [bare.mesh.mean[[362, 263]].mean(0)] * 5
    return Atlas.read(MODELS / "people.atlas").texture(row), np.concatenate([bare.mesh.mean, eyes])


def test_the_page_finds_the_same() -> None:
    written, again = json.loads(fixture.FILE.read_text()), fixture.samples()
    assert np.array(again["rows"]) == pytest.approx(np.array(written["rows"]), abs=0.02)


@pytest.mark.parametrize("row", [3, 120, 300])
def test_nothing_is_in_front_of_bare_faces(bare: BareFaces, row: int) -> None:
    texture, landmarks = donor(bare, row)
    assert not in_front(*bare.residual(texture, landmarks), landmarks).any()


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
    assert not in_front(*bare.residual(made_up, landmarks), landmarks).any()


def test_half_a_face_in_the_dark_is_not_in_front(bare: BareFaces) -> None:
    texture, landmarks = donor(bare, 120)
    dark = texture * np.where(np.arange(256) < 128, 1, 0.15)[None, :, None].astype(np.float32)
    assert not in_front(*bare.residual(dark.astype(np.float32), landmarks), landmarks).any()


def test_a_part_has_what_it_encloses() -> None:
    ring = np.zeros((7, 7), bool)
    ring[1:4, 1:4] = True
    ring[2, 2] = False
    assert whole(ring).sum() == 9


def test_parts_are_in_front_where_the_network_is_sure_of_enough_of_them_inside_the_face(bare: BareFaces) -> None:
    _, landmarks = donor(bare, 120)
    shares = np.zeros((SIDE, SIDE))
    shares[40:50, 50:60] = shares[70:80, 50:60] = (WEAK + SURE) / 2
    shares[70:76, 50:56] = 1
    shares[:4, :60] = 1
    kept = parts_in_front(shares, landmarks)
    assert kept[70:80, 50:60].all()
    assert not kept[:60].any()


def test_labels_move_with_their_pictures_and_know_nothing_of_what_comes_in() -> None:
    torch.manual_seed(3)
    labels = torch.zeros(16, SIDE, SIDE, dtype=torch.uint8)
    labels[:, 30:70, 40:80] = FRONT
    images = (labels[:, None] == FRONT).float().expand(-1, 3, -1, -1)
    pictures, moved_labels = moved(images, labels)
    sure = moved_labels != UNSURE
    assert ((pictures[:, 0] > 0.5) == (moved_labels == FRONT))[sure].float().mean() > 0.999
    assert 0.7 < sure.float().mean() < 0.99


def test_unsure_pixels_teach_nothing() -> None:
    logits = torch.randn(2, SIDE, SIDE, requires_grad=True)
    labels = torch.full((2, SIDE, SIDE), FACE)
    labels[:, :64] = UNSURE
    labels[:, 100:] = FRONT
    loss_of(logits, labels).backward()
    assert not logits.grad[:, :64].any()
    assert logits.grad[:, 64:].all()


def test_a_network_corrects_what_the_fit_found(bare: BareFaces) -> None:
    _, landmarks = donor(bare, 120)
    fitted = np.full((SIDE, SIDE), FACE, np.uint8)
    fitted[60:64, 60:64] = fitted[70:74, 60:64] = FRONT
    shares = np.zeros((SIDE, SIDE))
    shares[60:64, 60:64] = 0.5
    shares[80:84, 60:64] = 0.95
    label = by_network(fitted, shares, landmarks)
    assert (label[60:64, 60:64] == FRONT).all()
    assert (label[70:74, 60:64] == UNSURE).all()
    assert (label[80:84, 60:64] == FRONT).all()
    assert label[66, 62] == FACE
    assert label[2, 2] == UNSURE


def test_what_is_drawn_is_in_front_and_what_is_on_the_skin_is_not(bare: BareFaces) -> None:
    texture, landmarks = donor(bare, 3)
    points, rng = landmarks * 256, np.random.default_rng(5)
    for draw in CAREFUL:
        drawn = draw(texture, points, texture, rng)
        changed = np.abs(put(texture, drawn, rng) - texture).max(-1)
        assert changed.shape == drawn.covers.shape == (256, 256)
        assert drawn.covers.max() > 0.5
    for change in HARMLESS:
        assert change(texture, points, texture, rng).shape == (256, 256, 3)
    worn = np.zeros((2, SIDE, SIDE), np.uint8)
    worn[1, 30:40, 20:100] = FRONT
    source = Source(_Donors(texture, landmarks), worn)
    picture, label = scene(source, 0, rng)
    assert picture.shape == (SIDE, SIDE, 3)
    assert set(np.unique(label)) <= {FACE, UNSURE, FRONT}


def test_norms_become_part_of_their_convolutions() -> None:
    torch.manual_seed(0)
    network = FrontNetwork()
    with torch.no_grad():
        network.train()(torch.randn(4, 3, SIDE, SIDE))
        small = torch.randn(1, 3, SIDE, SIDE)
        expected = network.eval()(small)
        assert torch.allclose(fused(network)(small), expected, atol=1e-4)
    assert not any(isinstance(part, torch.nn.BatchNorm2d) for part in network.modules())
