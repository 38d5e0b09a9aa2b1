"""Contact sheets of drawn signs, to be compared with clinical photographs; not for publication.

Usage: python -m rofi.signs.sheet --out DIR [--kinds redness,ulcer] [--seed 0]
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from .. import data
from .draw import KINDS, draw_signs
from .eye import COLUMNS, ROWS, Side

ENLARGE = 3
_ROWS, _IN_A_ROW = 4, 5


def tile(picture: np.ndarray, side: Side) -> np.ndarray:
    """The eye's region, enlarged."""
    crop = np.ascontiguousarray(picture[ROWS, COLUMNS[side]])
    return cv2.resize(crop, None, fx=ENLARGE, fy=ENLARGE, interpolation=cv2.INTER_CUBIC)


def sheet(faces: data.Faces, kind: str, seed: int) -> np.ndarray:
    """Twenty eyes with the sign, each above itself without, the mask outlined in green. uint8 RGB."""
    rng = np.random.default_rng(seed)
    tiles = []
    while len(tiles) < _ROWS * _IN_A_ROW:
        face = rng.integers(len(faces))
        side: Side = "right" if rng.random() < 0.5 else "left"
        drawing = draw_signs(faces.images[face], faces.landmarks[face], [(kind, side)], rng)
        if not drawing.signs:
            continue
        healthy = tile(faces.images[face], side)
        outline = (tile(drawing.mask, side) > 0.5).astype(np.uint8)
        contours, _ = cv2.findContours(outline, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        cv2.drawContours(healthy, contours, -1, (0, 255, 0), 1)
        tiles.append(np.vstack([tile(drawing.image, side), healthy]))
    return np.vstack([np.hstack(tiles[row * _IN_A_ROW :][:_IN_A_ROW]) for row in range(_ROWS)])


def main() -> None:
    """Writes one PNG a kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    faces = data.load("train")
    for kind in args.kinds.split(","):
        cv2.imwrite(str(args.out / f"{kind}.png"), sheet(faces, kind, args.seed)[..., ::-1])


if __name__ == "__main__":
    main()
