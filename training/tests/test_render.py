"""The renderer and its geometry on drawn input."""

import numpy as np
import pytest

from rofi.data import ROOT
from rofi.geometry import EYE_POINTS, MESH, OUTLINE_WEIGHT, OVAL, FaceMesh, blend_oval, virtual_landmarks
from rofi.kept import kept, kept_shares
from rofi.render import canvas, draw

MESH_FILE = ROOT.parent / "public" / "models" / "face_mesh.json"


@pytest.fixture(scope="module")
def mesh() -> FaceMesh:
    return FaceMesh.read(MESH_FILE)


def test_field_of_the_mean_face_is_the_identity(mesh: FaceMesh) -> None:
    field, covered = mesh.to_mean(mesh.mean, 64)
    at = (np.arange(64) + 0.5) / 64
    expected = np.stack(np.meshgrid(at, at), -1)
    assert covered.mean() > 0.3
    assert np.abs(field - expected)[covered].max() < 1e-5


def test_warping_there_and_back_returns(mesh: FaceMesh) -> None:
    moved = mesh.mean + 0.01 * np.sin(9 * mesh.mean[:, ::-1])
    there, _ = mesh.to_mean(moved, 128)
    back, covered = mesh.from_mean(moved, 128)
    middle = back[64, 64]
    row, column = np.floor(middle[::-1] * 128).astype(int)
    assert covered[64, 64]
    assert np.abs(there[row, column] - 64.5 / 128).max() < 2 / 128


def test_eyes_stay_and_the_rest_moves(mesh: FaceMesh) -> None:
    shape = np.full((MESH, 2), 0.03)
    moved = virtual_landmarks(mesh.mean, shape, mesh.mean, 0.8) - mesh.mean
    assert np.abs(moved[list(EYE_POINTS)]).max() == 0
    assert moved[4].min() == pytest.approx(0.8 * 0.03)
    assert np.abs(moved[list(OVAL)]).max() <= OUTLINE_WEIGHT * 0.8 * 0.03 + 1e-12


def test_draws_only_inside_the_mask_and_keeps_the_eye_openings(mesh: FaceMesh) -> None:
    image = np.random.default_rng(0).random((256, 256, 3), np.float32)
    on = canvas(mesh, mesh.mean)
    drawn = draw(image, on, np.zeros((128, 128, 3), np.float32))
    assert np.array_equal(drawn[on.mask == 0], image[on.mask == 0])
    eye = (mesh.mean[list(EYE_POINTS[:4])].mean(0) * 256).astype(int)
    assert np.abs(drawn[eye[1], eye[0]] - image[eye[1], eye[0]]).max() < 1e-3
    cheek = (mesh.mean[50] * 256).astype(int)
    assert np.abs(drawn[cheek[1], cheek[0]] - image[cheek[1], cheek[0]]).max() > 0.1


def test_takes_the_photos_light(mesh: FaceMesh) -> None:
    on = canvas(mesh, mesh.mean)
    texture = np.full((128, 128, 3), 0.5, np.float32)
    dark = draw(np.full((256, 256, 3), 0.2, np.float32), on, texture)
    assert dark[on.mask > 0.99].mean() == pytest.approx(0.2, abs=0.02)


def test_oval_is_whole_in_the_middle_and_nothing_at_the_edge() -> None:
    oval = blend_oval(256)
    assert oval[133, 128] == 1
    assert max(oval[0].max(), oval[-1].max(), oval[:, 0].max(), oval[:, -1].max()) == 0


def test_a_kept_cell_is_whole_and_fades_as_in_the_product() -> None:
    shares = np.zeros((32, 32), np.float32)
    shares[10, 10] = 1
    shown = 1 - kept(shares)[84]
    assert shown[80:88].max() == 0
    assert shown[[66, 101]].min() == 1
    # The same numbers stand in src/engine/drawing/overlay.test.ts.
    assert shown[[88, 90, 92, 94, 96]] == pytest.approx([0, 0.0464, 0.4423, 0.8344, 0.992], abs=1e-3)


def test_cells_beside_a_sign_are_kept_as_far_as_their_scores_say() -> None:
    scores = np.zeros((32, 32), np.float32)
    scores[10, 10], scores[10, 11], scores[11, 10], scores[20, 20] = 0.9, 0.4, 0.2, 0.45
    shares = kept_shares(scores, 0.5)
    assert (shares[10, 10], shares[11, 10], shares[20, 20]) == (1, 0, 0)
    assert shares[10, 11] == pytest.approx(0.6)
