"""Scenes the translator learns from: a face, and a key's virtual face drawn on it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rofi.data import CACHE, SIZE, Faces, load
from rofi.geometry import MESH, FaceMesh, eye_boxes, virtual_landmarks
from rofi.identity import decode, load_identity
from rofi.networks.virtual_identity import KEY
from rofi.render import SHAPE_STRENGTH, canvas, colour
from rofi.textures import train_mesh

GRID = SIZE // 8
SHAPES = {"image": (SIZE, SIZE, 3), "virtual": (SIZE, SIZE, 3), "alpha": (SIZE, SIZE)}


@dataclass(frozen=True)
class Scenes:
    """Memory-mapped scenes, uint8 unless said otherwise.

    image: [n, 256, 256, 3]. virtual: the key's face in the image's light, [n, 256, 256, 3]. alpha: [n, 256, 256], how
    much of it shows. key: float32 [n, 512]. boxes: float32 [n, 2, 4], whole-eye boxes.
    """

    image: np.ndarray
    virtual: np.ndarray
    alpha: np.ndarray
    key: np.ndarray
    boxes: np.ndarray

    def __len__(self) -> int:
        return len(self.key)


def render_scenes(identity: Path, count: int, seed: int = 0) -> Scenes:
    """Draws `count` scenes over training faces with random keys into the cache, and opens them."""
    folder = CACHE / "scenes"
    folder.mkdir(parents=True, exist_ok=True)
    network, mesh, faces = load_identity(identity), train_mesh(), load("train")
    random = np.random.default_rng(seed)
    chosen = random.permutation(len(faces))[:count]
    keys = random.standard_normal((count, KEY)).astype(np.float32)
    arrays = {
        name: np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=np.uint8, shape=(count, *shape))
        for name, shape in SHAPES.items()
    }
    for at, index in enumerate(chosen):
        textures, shapes = decode(network, keys[at : at + 1])
        for name, pixels in _render(faces, int(index), mesh, textures[0], shapes[0]).items():
            arrays[name][at] = np.round(pixels * 255)
    np.save(folder / "keys.npy", keys)
    np.save(folder / "boxes.npy", np.stack([eye_boxes(faces.landmarks[i]) for i in chosen]).astype(np.float32))
    for array in arrays.values():
        array.flush()
    return open_scenes()


def _render(faces: Faces, index: int, mesh: FaceMesh, texture: np.ndarray, shape: np.ndarray) -> dict[str, np.ndarray]:
    image = faces.images[index].astype(np.float32) / 255
    landmarks = virtual_landmarks(faces.landmarks[index, :MESH], shape, mesh.mean, SHAPE_STRENGTH)
    on = canvas(mesh, landmarks)
    return {"image": image, "virtual": colour(image, on, texture), "alpha": on.alpha}


def open_scenes() -> Scenes:
    """The scenes drawn last."""
    *arrays, keys, boxes = scene_files()
    drawn = {name: np.load(file, mmap_mode="r") for name, file in zip(SHAPES, arrays, strict=True)}
    return Scenes(**drawn, key=np.load(keys), boxes=np.load(boxes))


def scene_files() -> list[Path]:
    """Where they lie: each of SHAPES, keys, eye boxes."""
    return [CACHE / "scenes" / f"{name}.npy" for name in (*SHAPES, "keys", "boxes")]


def sign_mask(boxes: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A sign mask [32, 32] as the product makes them: none, one eye, both, or part of an eye."""
    mask = np.zeros((GRID, GRID), np.float32)
    if random.random() < 0.3:
        return mask
    for box in boxes:
        kind = random.random()
        if kind < 0.35:
            continue
        x0, y0 = np.floor(box[:2] * GRID).astype(int)
        x1, y1 = np.ceil(box[2:] * GRID).astype(int)
        if kind < 0.7:
            mask[y0:y1, x0:x1] = 1
        else:
            top, left = random.integers(y0 - 1, y1), random.integers(x0 - 1, x1)
            high, wide = random.integers(1, 4, 2)
            mask[max(top, 0) : top + high, max(left, 0) : left + wide] = 1
    return mask
