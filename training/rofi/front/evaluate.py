"""Measures how well what is in front of a face is found, on validation faces with drawn things before them.

    python -m rofi.front.evaluate --each 40

A row is a kind of thing. found: of how many faces three tenths of it are kept. kept: its share that is. overlap:
intersection over union, a mean over faces. wrong: the share of faces of which more than one in a hundred is kept that
is neither it nor beside it, nor kept without it. Shadows and marks on the skin are nothing in front: all that is kept
of them is wrong.
"""

import argparse

import cv2
import numpy as np

from rofi.data import ROOT, load, reporting
from rofi.front.bare import FINE, BareFaces
from rofi.front.occluders.canvas import SIZE
from rofi.front.occluders.hair import hair
from rofi.front.occluders.held import bar, hand
from rofi.front.occluders.layers import lay
from rofi.front.occluders.on_skin import mark, shadow
from rofi.front.occluders.worn import glasses, hat, mask, patch
from rofi.front.regions import in_front
from rofi.geometry import FaceMesh

MODELS = ROOT.parent / "public" / "models"
THINGS = {draw.__name__: draw for draw in (glasses, hair, hat, mask, patch, bar, hand)}
NOTHING = {draw.__name__: draw for draw in (shadow, mark)}
HIDES, SOME, MUCH = 0.5, 0.3, 0.01
# Fewer pixels of 128² than this of a thing are not looked for.
LEAST = 20


def kept_of(bare: BareFaces, image: np.ndarray, landmarks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What is kept of a crop [256, 256, 3] in 0..1, and where its face is, bool [128, 128] each."""
    residual, known = bare.residual((np.round(np.clip(image, 0, 1) * 255) / 255).astype(np.float32), landmarks)
    return in_front(residual, known, landmarks), known > 0.5


def measure(each: int, seed: int) -> dict[str, list[tuple[float, float, float]]]:
    """Of every kind and face: the thing's share that is kept, overlap, and the face's share that is kept wrongly."""
    faces, rng = load("val"), np.random.default_rng(seed)
    bare = BareFaces.read(MODELS / "bare_faces.bin", FaceMesh.read(MODELS / "face_mesh.json"))
    rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in (*THINGS, *NOTHING)}
    for index in reporting(len(faces))[:each]:
        image = np.asarray(faces.images[index]).astype(np.float32) / 255
        landmarks = faces.landmarks[index].astype(np.float64)
        points = landmarks * SIZE
        other = np.asarray(faces.images[int(rng.integers(len(faces)))]).astype(np.float32) / 255
        before, face = kept_of(bare, image, landmarks)
        for name in rows:
            hidden = np.zeros((SIZE,) * 2, np.float32)
            if name in THINGS:
                drawn, hidden = lay(image, THINGS[name](image, points, other, rng), rng)
            else:
                drawn = NOTHING[name](image, points, other, rng)
            kept, _ = kept_of(bare, drawn, landmarks)
            thing = (cv2.resize(hidden, (FINE, FINE), interpolation=cv2.INTER_AREA) > HIDES) & face
            beside = cv2.dilate(thing.astype(np.uint8), np.ones((5, 5))) > 0
            wrong = (kept & ~before & ~beside & face).sum() / face.sum()
            if name in THINGS and thing.sum() < LEAST:
                continue
            both, either = (kept & thing).sum(), ((kept & ~before & face) | thing).sum()
            rows[name].append((both / max(1, thing.sum()), both / max(1, either), wrong))
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--seed", type=int, default=11)
    arguments = parser.parse_args()
    print("| | faces | found | kept | overlap | wrong |\n|---|---|---|---|---|---|")
    for name, rows in measure(arguments.each, arguments.seed).items():
        kept, overlap, wrong = np.array(rows).T
        shown = [f"{100 * (kept > SOME).mean():.0f} %", f"{100 * kept.mean():.0f} %", f"{overlap.mean():.2f}"]
        shown = shown if name in THINGS else ["-"] * 3
        print(f"| {name} | {len(rows)} |", " | ".join(shown), f"| {100 * (wrong > MUCH).mean():.0f} % |")


if __name__ == "__main__":
    main()
