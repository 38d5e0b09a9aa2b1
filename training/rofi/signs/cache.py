"""Pre-draws faces for training: shards of uint8 eye crops, each face healthy and with signs.

The two pictures of a face differ in nothing but the sign: the same everyday looks, glasses and camera. Half of them
come from faces-256, half from people, who are not donors of the atlas; those are photographed at their own resolution.

Usage: python -m rofi.signs.cache --out DIR [--shards 8] [--faces 1000] [--first 0]
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from .. import data
from ..people.atlas import Atlas
from ..people.source import crops, people
from . import everyday, harmless
from .camera import photographed
from .draw import KINDS, LID_KINDS, Drawing, choose_sides, draw_signs
from .eye import COLUMNS, ROWS, SIDES, SIZE, Side, eyes

MARGIN = 8
"""Pixels kept round the eye region, so that training can shift its crops."""
_BAND = slice(ROWS.start - 24, ROWS.stop + 24)
"""Rows of the crop that a camera takes: the eyes and what blurs into them."""
_SECOND, _CLOSED, _PEOPLE = 0.12, 0.05, 0.5
_HELD_OUT = 8
"""Every eighth of the people is kept from training: thresholds are chosen on them."""
_RARE = ((0, 13, 3.0), (55, 120, 3.0))
"""Ages of which there are few, and how much oftener they are drawn."""
_LOOKS = (
    (everyday.iris_colour, 0.3), (everyday.pupil, 0.1), (everyday.white_of_the_eye, 0.3), (everyday.gaze, 0.25),
    (harmless.natural_lids, 0.2), (everyday.brow_shade, 0.25), (everyday.eye_bags, 0.25), (everyday.wrinkles, 0.3),
    (harmless.eye_shadow, 0.2), (harmless.eye_liner, 0.2), (everyday.lashes, 0.25), (everyday.lamps, 0.35),
    (harmless.catchlight, 0.15), (everyday.red_eye, 0.04), (harmless.still_skin, 0.1),
)  # fmt: skip
"""Looks that both eyes share, in the order they are laid on, and how often."""
_SPOTS = ((harmless.freckles, 0.2), (everyday.moles, 0.25))
"""What each eye has of its own."""
_SKIN, _FRINGE, _GLASSES = 0.2, 0.15, 0.25


@dataclass(frozen=True)
class Subject:
    """A face to draw on. photo: uint8 [s, s, 3], the aligned crop at any size; landmarks: [478, 2], 0..1."""

    photo: np.ndarray
    landmarks: np.ndarray


@cache
def bystanders(held_out: bool = False) -> list[Subject]:
    """The people who are not donors of the atlas: those for training, or those held out."""
    atlas = Atlas.read(data.ROOT.parent / "public" / "models" / "people.atlas")
    known = {person.id: person for person in people()}
    wanted = set(known) - set(atlas.ids.tolist())
    chosen = [number for number in wanted if (number % _HELD_OUT == 0) == held_out]
    return [Subject(photo, known[number].landmarks) for number, photo in crops(chosen)]


@cache
def _chances() -> np.ndarray:
    atlas = Atlas.read(data.ROOT.parent / "public" / "models" / "people.atlas")
    donors = set(atlas.ids.tolist())
    # In the order of bystanders(): the files hold even ids first.
    order = sorted((p for p in people() if p.id not in donors and p.id % _HELD_OUT), key=lambda p: (p.id % 2, p.id))
    weights = np.array([max([1.0, *(w for low, high, w in _RARE if low <= p.age < high)]) for p in order])
    return weights / weights.sum()


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


def look(image: np.ndarray, landmarks: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A healthy face as everyday life has it. image and result: uint8 [256, 256, 3]."""
    canvas = image.astype(np.float32) / 255
    pair = eyes(landmarks)
    if rng.random() < _SKIN:
        canvas = everyday.skin_tone(canvas, pair, rng)
    shared = [(change, rng.integers(2**32)) for change, chance in _LOOKS if rng.random() < chance]
    own = [change for change, chance in _SPOTS if rng.random() < chance]
    for eye in pair:
        here = canvas[eye.window]
        for change, seed in shared:
            here = change(here, eye, np.random.default_rng(seed))
        for change in own:
            here = change(here, eye, rng)
        canvas[eye.window] = np.clip(here, 0, 1)
    return np.round(np.clip(canvas, 0, 1) * 255).astype(np.uint8)


def in_front(image: np.ndarray, landmarks: np.ndarray, seed: int) -> np.ndarray:
    """Hair and glasses before the eyes, or nothing. image: uint8; result: float32 in 0..1."""
    rng = np.random.default_rng(seed)
    canvas = image.astype(np.float32) / 255
    if rng.random() < _FRINGE:
        canvas = everyday.fringe(canvas, rng)
    if rng.random() < _GLASSES:
        canvas = harmless.glasses(canvas, landmarks, rng)
    return np.clip(canvas, 0, 1).astype(np.float32)


def take(photo: np.ndarray, before: np.ndarray, after: np.ndarray, seed: int) -> np.ndarray:
    """The photo with what was drawn on its crop, seen by a camera: the crop uint8 [256, 256, 3], new in its eye band.

    photo: uint8 [s, s, 3]; before, after: float32 [256, 256, 3], its crop and the crop drawn on.
    """
    side = photo.shape[0]
    rows = slice(_BAND.start * side // SIZE, _BAND.stop * side // SIZE)
    change = cv2.resize(after - before, (side, side), interpolation=cv2.INTER_CUBIC)[rows]
    canvas = np.clip(photo[rows].astype(np.float32) / 255 + change, 0, 1)
    picture = photographed(canvas, side / SIZE, seed)
    height = _BAND.stop - _BAND.start
    seen = np.round(after * 255).astype(np.uint8)
    seen[_BAND] = cv2.resize(picture, (SIZE, height), interpolation=cv2.INTER_AREA)
    return seen


def draw_pair(subject: Subject, rng: np.random.Generator) -> tuple[np.ndarray, Drawing]:
    """A face healthy and with signs, both seen by the same camera."""
    photo, landmarks = subject.photo, subject.landmarks
    if photo.shape[0] == SIZE:
        side = round(SIZE * rng.choice([1, 1.5, 2]))
        photo = cv2.resize(photo, (side, side), interpolation=cv2.INTER_CUBIC) if side > SIZE else photo
    small = cv2.resize(photo, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    wanted = choose_signs(rng)
    healthy = look(small, landmarks, rng)
    if rng.random() < _CLOSED and all(kind in LID_KINDS for kind, _ in wanted):
        healthy = harmless.close_eyes(healthy, landmarks)
    drawing = draw_signs(healthy, landmarks, wanted, rng)
    front, camera = rng.integers(2**32, size=2)
    before = small.astype(np.float32) / 255
    pair = (take(photo, before, in_front(each, landmarks, front), camera) for each in (healthy, drawing.image))
    clean, sick = pair
    return clean, Drawing(sick, drawing.mask, drawing.signs)


def subjects(count: int, rng: np.random.Generator) -> Iterator[Subject]:
    """Faces of both sources."""
    faces, others = data.load("train"), bystanders()
    for _ in range(count):
        if rng.random() < _PEOPLE:
            yield others[rng.choice(len(others), p=_chances())]
        else:
            index = rng.integers(len(faces))
            yield Subject(np.asarray(faces.images[index]), faces.landmarks[index])


def draw_shard(count: int, seed: int) -> dict[str, np.ndarray]:
    """Faces with signs, each beside itself without.

    crops: uint8 [n, 2, 2, 96, 128, 3], healthy and sick, right eye and left. masks: uint8 [n, 2, 96, 128], 255 where a
    sign was drawn. labels: uint8 [n, 2, kinds].
    """
    rng = np.random.default_rng(seed)
    pictures, masks, labels = [], [], []
    for subject in subjects(count, rng):
        healthy, drawing = draw_pair(subject, rng)
        pictures.append([[eye_crop(each, side, MARGIN) for side in SIDES] for each in (healthy, drawing.image)])
        masks.append([np.round(eye_crop(drawing.mask, side, MARGIN) * 255) for side in SIDES])
        labels.append([[(kind, side) in drawing.signs for kind in KINDS] for side in SIDES])
    return {
        "crops": np.array(pictures),
        "masks": np.array(masks, np.uint8),
        "labels": np.array(labels, np.uint8),
    }


def main() -> None:
    """Writes the shards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--faces", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    for number in range(args.first, args.first + args.shards):
        partial = args.out / f"shard-{number:03}.partial.npz"
        np.savez(partial, **draw_shard(args.faces, seed=number))
        partial.rename(args.out / f"shard-{number:03}.npz")
        print(f"shard {number} written", flush=True)


if __name__ == "__main__":
    main()
