"""Pre-draws eye crops for training: shards of uint8 pictures with image-level labels.

Every eye comes twice, with its signs and without: the pair differs in nothing but the sign.

Usage: python -m rofi.signs.cache --out DIR [--shards 12] [--faces 1500] [--first 0]
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from .. import data
from .draw import KINDS, LID_KINDS, Drawing, choose_sides, draw_signs
from .eye import COLUMNS, ROWS, Side
from .harmless import close_eyes, vary_camera, vary_face

MARGIN = 8
"""Pixels kept round the eye region, so that training can shift its crops."""
_SECOND, _CLOSED, _VARIED, _CAMERA = 0.12, 0.06, 0.7, 0.75


def eye_crop(array: np.ndarray, side: Side, margin: int = 0) -> np.ndarray:
    """The eye's region of a [256, 256, ...] array, the left eye mirrored: the nose is at the right."""
    columns = COLUMNS[side]
    rows = slice(ROWS.start - margin, ROWS.stop + margin)
    crop = array[rows, columns.start - margin : columns.stop + margin]
    return crop[:, ::-1] if side == "left" else crop


def choose_signs(rng: np.random.Generator) -> list[tuple[str, Side]]:
    """Signs for a sick face: one kind, sometimes two, on one eye or both."""
    wanted = []
    for _ in range(2 if rng.random() < _SECOND else 1):
        kind = KINDS[rng.integers(len(KINDS))]
        wanted += [(kind, side) for side in choose_sides(kind, rng)]
    return wanted


def draw_pair(image: np.ndarray, landmarks: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, Drawing]:
    """A face with harmless variation, healthy and with signs, both seen by the same camera."""
    wanted = choose_signs(rng)
    if rng.random() < _VARIED:
        image = vary_face(image, landmarks, rng)
    if rng.random() < _CLOSED and all(kind in LID_KINDS for kind, _ in wanted):
        image = close_eyes(image, landmarks)
    drawing = draw_signs(image, landmarks, wanted, rng)
    if rng.random() < _CAMERA:
        seed = rng.integers(2**32)
        image, sick = (
            vary_camera(picture, landmarks, np.random.default_rng(seed)) for picture in (image, drawing.image)
        )
        drawing = Drawing(sick, drawing.mask, drawing.signs)
    return image, drawing


def bounds(mask: np.ndarray) -> tuple[int, int, int, int]:
    """Top, left, bottom, right of what was drawn."""
    rows, columns = np.nonzero(mask > 0.3)
    return int(rows.min()), int(columns.min()), int(rows.max()) + 1, int(columns.max()) + 1


def draw_shard(faces: data.Faces, count: int, seed: int) -> dict[str, np.ndarray]:
    """Eyes with signs, each beside itself without.

    crops: uint8 [n, 2, 96, 128, 3], healthy and sick. labels: uint8 [n, kinds]. bounds: uint8 [n, 4].
    """
    rng = np.random.default_rng(seed)
    crops, labels, places = [], [], []
    for index in rng.choice(len(faces), count, replace=False):
        healthy, drawing = draw_pair(faces.images[index], faces.landmarks[index], rng)
        for side in sorted({side for _, side in drawing.signs}):
            crops.append([eye_crop(picture, side, MARGIN) for picture in (healthy, drawing.image)])
            labels.append([(kind, side) in drawing.signs for kind in KINDS])
            places.append(bounds(eye_crop(drawing.mask, side, MARGIN)))
    return {
        "crops": np.array(crops),
        "labels": np.array(labels, np.uint8),
        "bounds": np.array(places, np.uint8),
    }


def main() -> None:
    """Writes the shards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shards", type=int, default=12)
    parser.add_argument("--faces", type=int, default=1500)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    faces = data.load("train")
    for number in range(args.first, args.first + args.shards):
        partial = args.out / f"shard-{number:03}.partial.npz"
        np.savez(partial, **draw_shard(faces, args.faces, seed=number))
        partial.rename(args.out / f"shard-{number:03}.npz")
        print(f"shard {number} written", flush=True)


if __name__ == "__main__":
    main()
