"""Shape-free textures of the training faces, the donors that suit, and their principal components."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from rofi.data import CACHE, Faces, load
from rofi.geometry import OVAL, FaceMesh, polygon
from rofi.render import SHADING_OFFSET, low_pass

SIZE = 128
MAX_TURN = 0.03
SUIT_COMPONENTS = 40
SKIN = np.array([0.72, 0.55, 0.47], np.float32)


@dataclass(frozen=True)
class Basis:
    """A linear model whose whitened coordinates are close to N(0, I).

    mean: [d]. axes: [k, d], each scaled by its standard deviation. coordinates: [n, k] of the data it was fitted on.
    """

    mean: np.ndarray
    axes: np.ndarray
    coordinates: np.ndarray


def shape_free(faces: Faces, index: int, mesh: FaceMesh, size: int = SIZE) -> np.ndarray:
    """The face's texture [size, size, 3] uint8 in the mean shape."""
    field, _ = mesh.from_mean(faces.landmarks[index], 2 * size)
    place = field * faces.images.shape[1] - 0.5
    large = cv2.remap(
        np.asarray(faces.images[index]),
        place[..., 0],
        place[..., 1],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    return cv2.resize(large, (size, size), interpolation=cv2.INTER_AREA)


def face_mask(mesh: FaceMesh, size: int = SIZE) -> np.ndarray:
    """The face inside its outline in the mean shape, feathered, [size, size] 0..1."""
    return cv2.GaussianBlur(polygon(mesh.mean[list(OVAL)], size), (0, 0), size / 64)


def flatten(texture: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Takes light and skin tone out of a texture [s, s, 3] uint8 and everything outside the face.

    The renderer puts the photo's own light and tone in, so a key need not describe them.
    """
    image = texture.astype(np.float32) / 255
    ratio = (SKIN + SHADING_OFFSET) / (low_pass(image, mask) + SHADING_OFFSET)
    flat = np.clip(image * np.clip(ratio, 0.25, 4), 0, 1)
    return np.round((SKIN + mask[..., None] * (flat - SKIN)) * 255).astype(np.uint8)


def train_mesh() -> FaceMesh:
    """The mesh fitted on the training landmarks."""
    return FaceMesh.fit(load("train").landmarks)


def files() -> tuple[Path, Path]:
    """Where the textures and the donors' indices are kept once they are computed."""
    return CACHE / "train.textures.npy", CACHE / "donors.npy"


def train_textures() -> np.ndarray:
    """Flattened textures [n, 128, 128, 3] uint8 of all training faces, computed once and memory-mapped after."""
    file, _ = files()
    if not file.exists():
        faces, mesh = load("train"), train_mesh()
        partial = file.with_suffix(".partial.npy")
        mask = face_mask(mesh)
        textures = np.lib.format.open_memmap(partial, mode="w+", dtype=np.uint8, shape=(len(faces), SIZE, SIZE, 3))
        for index in range(len(faces)):
            textures[index] = flatten(shape_free(faces, index, mesh), mask)
        textures.flush()
        partial.rename(file)
    return np.load(file, mmap_mode="r")


def fit_basis(rows: np.ndarray, components: int) -> Basis:
    """Principal components of rows [n, d], whitened."""
    mean = rows.mean(0)
    centred = (rows - mean).astype(np.float32)
    gram = centred @ centred.T / len(rows)
    values, vectors = np.linalg.eigh(gram.astype(np.float64))
    values, vectors = values[::-1][:components], vectors[:, ::-1][:, :components]
    axes = (vectors.T @ centred) / np.sqrt(len(rows))
    coordinates = vectors * np.sqrt(len(rows))
    return Basis(mean.astype(np.float32), axes.astype(np.float32), coordinates.astype(np.float32))


def _small(textures: np.ndarray, size: int) -> np.ndarray:
    return np.stack([cv2.resize(t, (size, size), interpolation=cv2.INTER_AREA) for t in textures])


def donors() -> np.ndarray:
    """Indices of training faces whose texture suits other faces.

    Frontal, and well explained by a 40-component basis: no glasses, no hair over the face.
    """
    _, file = files()
    if not file.exists():
        faces = load("train")
        # Under the nose tip, the mesh's landmark 1, a frontal face is in the middle of the crop.
        frontal = np.flatnonzero(np.abs(faces.landmarks[:, 1, 0] - 0.5) < MAX_TURN)
        rows = _small(train_textures()[frontal], 32).reshape(len(frontal), -1).astype(np.float32)
        basis = fit_basis(rows, SUIT_COMPONENTS)
        residual = ((rows - basis.mean - basis.coordinates @ basis.axes) ** 2).mean(1)
        np.save(file, frontal[residual < np.median(residual)])
    return np.load(file)
