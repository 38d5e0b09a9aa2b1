"""Measures how well what is in front of a face is found, on validation faces with drawn things before them.

    python -m rofi.front.evaluate --each 40 --by fit network

A row is a kind of thing. found: of how many faces three tenths of it are kept. kept: its share that is. overlap:
intersection over union, a mean over faces. wrong: the share of faces of which more than one in a hundred is kept that
is neither it nor beside it, nor kept without it. Shadows and marks on the skin are nothing in front: all that is kept
of them is wrong. --more: the other kinds that the network learns from, on other faces, with another seed.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from rofi.data import ROOT, choosing, load, reporting
from rofi.evaluation.networks import Networks
from rofi.front.bare import FINE, BareFaces
from rofi.front.find import parts_in_front
from rofi.front.occluders.canvas import SIZE, Rng
from rofi.front.occluders.clinic import held_near, rest, shield, tube
from rofi.front.occluders.clothes import cap, face_mask
from rofi.front.occluders.drawn import put
from rofi.front.occluders.fingers import fingers
from rofi.front.occluders.frames import frames
from rofi.front.occluders.hair import hair
from rofi.front.occluders.harmless import HARMLESS
from rofi.front.occluders.held import bar, hand
from rofi.front.occluders.layers import lay
from rofi.front.occluders.on_skin import mark, shadow
from rofi.front.occluders.worn import glasses, hat, mask, patch
from rofi.front.regions import in_front

MODELS = ROOT.parent / "public" / "models"
THINGS = {draw.__name__: draw for draw in (glasses, hair, hat, mask, patch, bar, hand)}
NOTHING = {draw.__name__: draw for draw in (shadow, mark)}
MORE_THINGS = {draw.__name__: draw for draw in (frames, cap, face_mask, shield, fingers, tube, rest, held_near)}
MORE_NOTHING = {draw.__name__: draw for draw in HARMLESS}
HIDES, SOME, MUCH = 0.5, 0.3, 0.01
# Fewer pixels of 128² than this of a thing are not looked for.
LEAST = 20

Finder = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Tells of a crop [256, 256, 3] in 0..1 with landmarks [478, 2] what is in front in it, bool [128, 128]."""


def finders(models: Path) -> dict[str, Finder]:
    """By the fit of bare faces, by the network, by either of them."""
    networks, bare = Networks(models), BareFaces.read()

    def fit(image: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
        return in_front(*bare.residual(image, landmarks), landmarks)

    def network(image: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
        return parts_in_front(networks.front_shares(image * 255), landmarks)

    def either(image: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
        return fit(image, landmarks) | network(image, landmarks)

    return {find.__name__: find for find in (fit, network, either)}


def as_stored(image: np.ndarray) -> np.ndarray:
    """A crop in 0..1 in the 8 bits of a picture."""
    return (np.round(np.clip(image, 0, 1) * 255) / 255).astype(np.float32)


Row = tuple[float, float, float]


def draw_on(
    name: str, image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng
) -> tuple[np.ndarray, np.ndarray]:
    """A crop [256, 256, 3] in 0..1 with something drawn, and how much of it a thing in front hides, [256, 256]."""
    nothing = NOTHING | MORE_NOTHING
    if name in nothing:
        return nothing[name](image, points, other, rng), np.zeros((SIZE,) * 2, np.float32)
    if name in THINGS:
        return lay(image, THINGS[name](image, points, other, rng), rng)
    drawn = MORE_THINGS[name](image, points, other, rng)
    return put(image, drawn, rng), drawn.covers


def measure(find: Finder, names: list[str], indices: np.ndarray, seed: int) -> dict[str, list[Row]]:
    """Of every kind and face: the thing's share that is kept, overlap, and the face's share that is kept wrongly."""
    faces, rng = load("val"), np.random.default_rng(seed)
    bare = BareFaces.read()
    rows: dict[str, list[Row]] = {name: [] for name in names}
    for index in indices:
        image = np.asarray(faces.images[index]).astype(np.float32) / 255
        landmarks = faces.landmarks[index].astype(np.float64)
        points = landmarks * SIZE
        other = np.asarray(faces.images[int(rng.integers(len(faces)))]).astype(np.float32) / 255
        before, face = find(as_stored(image), landmarks), bare.residual(image, landmarks)[1] > 0.5
        for name in rows:
            drawn, hidden = draw_on(name, image, points, other, rng)
            kept = find(as_stored(drawn), landmarks)
            thing = (cv2.resize(hidden, (FINE, FINE), interpolation=cv2.INTER_AREA) > HIDES) & face
            beside = cv2.dilate(thing.astype(np.uint8), np.ones((5, 5))) > 0
            wrong = (kept & ~before & ~beside & face).sum() / face.sum()
            if name in THINGS | MORE_THINGS and thing.sum() < LEAST:
                continue
            both, either = (kept & thing).sum(), ((kept & ~before & face) | thing).sum()
            rows[name].append((both / max(1, thing.sum()), both / max(1, either), wrong))
    return rows


def main() -> None:
    """Print a table of each way to find it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=40)
    parser.add_argument("--skip", type=int, default=0, help="so many faces")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--by", nargs="+", help="fit, network, either; else fit and any network")
    parser.add_argument("--more", action="store_true")
    parser.add_argument("--choosing", action="store_true", help="on the faces that settings are chosen on")
    parser.add_argument("--models", type=Path, default=MODELS)
    arguments = parser.parse_args()
    half = choosing if arguments.choosing else reporting
    indices = half(len(load("val")))[arguments.skip :][: arguments.each]
    names = [*MORE_THINGS, *MORE_NOTHING] if arguments.more else [*THINGS, *NOTHING]
    ways = arguments.by or (["fit", "network"] if (arguments.models / "front.onnx").exists() else ["fit"])
    known = finders(arguments.models)
    for by in ways:
        print(f"\n| {by} | faces | found | kept | overlap | wrong |\n|---|---|---|---|---|---|")
        found = measure(known[by], names, indices, arguments.seed)
        for name, rows in found.items():
            kept, overlap, wrong = np.array(rows).T
            shown = [f"{100 * (kept > SOME).mean():.0f} %", f"{100 * kept.mean():.0f} %", f"{overlap.mean():.2f}"]
            shown = shown if name in THINGS | MORE_THINGS else ["-"] * 3
            print(
                f"| {name} | {len(rows)} |", " | ".join(shown), f"| {100 * (wrong > MUCH).mean():.0f} % |", flush=True
            )


if __name__ == "__main__":
    main()
