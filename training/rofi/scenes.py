"""Scenes the protector learns from: a face, and what is drawn on it.

python -m rofi.scenes --count 3000

Two of three show a key's person, drawn as the product draws it: what comes out should look like that person and like a
photograph. The third shows the face's own texture, its parts out of tune with one another as those of four donors are:
what should come out is known, the photo itself (the paper's DA-Former, section 4.1).
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from rofi.data import CACHE, ROOT, SIZE, load
from rofi.evaluation.keys import KEY_BYTES, key_vector
from rofi.evaluation.networks import Networks
from rofi.geometry import MESH, eye_boxes
from rofi.people.compose import SIDE, mix_textures
from rofi.people.curation import flatten, shape_free
from rofi.people.draw import STRENGTH, Drawing, draw, straight
from rofi.textures import face_mask

GRID = SIZE // 8
SHAPES = {"image": (SIZE, SIZE, 3), "drawn": (SIZE, SIZE, 3), "opacity": (SIZE, SIZE)}
# Every so many scenes one shows the face's own texture.
OWN_EVERY = 3
# How far parts of such a texture are out of tune: deviations of log brightness, log colour and log contrast, the
# largest blur and the deviation of their place in pixels of the texture.
TONE, TINT, CONTRAST, BLUR, SHIFT = 0.08, 0.03, 0.15, 1.1, 1.0


@dataclass(frozen=True)
class Scenes:
    """Memory-mapped scenes, uint8 unless said otherwise.

    image: [n, 256, 256, 3]. drawn: the image with a face drawn on it, [n, 256, 256, 3]. opacity: how much of it is
    drawn, [n, 256, 256]. own: bool [n], whether it is the face's own. key: float32 [n, 512]. boxes: float32 [n, 2, 4],
    whole-eye boxes.
    """

    image: np.ndarray
    drawn: np.ndarray
    opacity: np.ndarray
    own: np.ndarray
    key: np.ndarray
    boxes: np.ndarray

    def __len__(self) -> int:
        return len(self.key)


def render_scenes(models: Path, count: int, seed: int = 0) -> None:
    """Draws `count` scenes over training faces into the cache, with the people and the mesh of a models folder."""
    folder = CACHE / "scenes"
    folder.mkdir(parents=True, exist_ok=True)
    networks, faces = Networks(models), load("train")
    random = np.random.default_rng(seed)
    chosen = random.permutation(len(faces))[:count]
    own = np.arange(len(chosen)) % OWN_EVERY == 0
    keys = [random.bytes(KEY_BYTES) for _ in chosen]
    arrays = {
        name: np.lib.format.open_memmap(folder / f"{name}.npy", mode="w+", dtype=np.uint8, shape=(len(chosen), *shape))
        for name, shape in SHAPES.items()
    }
    for at, index in enumerate(chosen):
        image, landmarks = np.asarray(faces.images[index]), faces.landmarks[index].astype(np.float64)
        drawing = _own(image, landmarks, networks, random) if own[at] else networks.draw(image, landmarks, keys[at])
        arrays["image"][at] = image
        arrays["drawn"][at] = np.round(np.clip(drawing.image, 0, 1) * 255)
        arrays["opacity"][at] = np.round(drawing.opacity * 255)
    np.save(folder / "own.npy", own)
    np.save(folder / "keys.npy", np.stack([key_vector(key) for key in keys]))
    np.save(folder / "boxes.npy", np.stack([eye_boxes(faces.landmarks[i]) for i in chosen]).astype(np.float32))
    for array in arrays.values():
        array.flush()


def _own(image: np.ndarray, landmarks: np.ndarray, networks: Networks, random: np.random.Generator) -> Drawing:
    """The face's own texture on itself, as if it were four donors'."""
    mesh, atlas = networks.mesh, networks.atlas
    modes = atlas.turn_modes
    flat = flatten(shape_free(image, landmarks, mesh, SIDE).astype(np.float32) / 255, face_mask(mesh, SIDE))
    texture = mix_textures([out_of_tune(flat, random) for _ in atlas.parts], atlas.parts, atlas.mouth)
    shape = (straight(landmarks[:MESH], mesh.mean, modes) - mesh.mean) / STRENGTH
    return draw((image / 255).astype(np.float32), landmarks, texture, shape, mesh, modes)


def out_of_tune(texture: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A texture [s, s, 3] in 0..1, a little brighter, of another tint, softer, beside its place."""
    sigma = random.uniform(0.05, BLUR)
    soft = cv2.GaussianBlur(texture, (0, 0), sigma)
    mean = cv2.GaussianBlur(soft, (0, 0), SIDE / 16)
    tuned = mean + np.exp(random.normal(0, CONTRAST)) * (soft - mean)
    tuned = tuned * np.exp(random.normal(0, TONE) + random.normal(0, TINT, 3))
    across, down = random.normal(0, SHIFT, 2)
    moved = np.float32([[1, 0, across], [0, 1, down]])
    size = texture.shape[1::-1]
    return cv2.warpAffine(tuned.astype(np.float32), moved, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)


def open_scenes() -> Scenes:
    """The scenes drawn last."""
    *arrays, own, keys, boxes = scene_files()
    drawn = {name: np.load(file, mmap_mode="r") for name, file in zip(SHAPES, arrays, strict=True)}
    return Scenes(**drawn, own=np.load(own), key=np.load(keys), boxes=np.load(boxes))


def scene_files() -> list[Path]:
    """Where they lie: each of SHAPES, whether it is the face's own, keys, eye boxes."""
    return [CACHE / "scenes" / f"{name}.npy" for name in (*SHAPES, "own", "keys", "boxes")]


def main() -> None:
    """Draw the scenes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    render_scenes(arguments.models, arguments.count, arguments.seed)


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


if __name__ == "__main__":
    main()
