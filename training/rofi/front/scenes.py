"""Faces with drawn and cut-out things before them, and what is in front in them: what the network learns from.

python -m rofi.front.scenes --worn FILE --out FOLDER --shards 8 --of 2000
"""

import argparse
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from rofi.front.occluders.canvas import SIZE, Rng
from rofi.front.occluders.clinic import held_near, rest, shield, tube
from rofi.front.occluders.clothes import cap, face_mask
from rofi.front.occluders.cut_out import hair_of, worn_by
from rofi.front.occluders.drawn import Drawn, of_layers, put
from rofi.front.occluders.fingers import fingers
from rofi.front.occluders.frames import frames
from rofi.front.occluders.hair import hair
from rofi.front.occluders.harmless import HARMLESS, hard_light
from rofi.front.occluders.held import anything, bar, hand
from rofi.front.occluders.on_skin import mark, shadow
from rofi.front.occluders.worn import glasses, hat, mask, patch
from rofi.front.worn import FACE, FRONT, SIDE, UNSURE, Everybody
from rofi.signs.camera import photographed

# A pixel is in front when so much of it is covered, and is the face's when no more than the other is.
COVERED, OPEN = 0.35, 0.08
NOTHING, ONE = 0.36, 0.5
SIMPLE = {glasses: 8, hair: 10, hat: 3, mask: 4, patch: 4, hand: 3, bar: 4, anything: 3}
CAREFUL = {frames: 22, cap: 9, face_mask: 9, shield: 6, fingers: 12, tube: 4, rest: 4, held_near: 5}
CUT_OUT = 14
ALL = (*SIMPLE, *CAREFUL, worn_by)
SHARES = np.array([*SIMPLE.values(), *CAREFUL.values(), CUT_OUT], float)
SHARES /= SHARES.sum()
# A cut-out has so many pixels of 128² at least.
LEAST_WORN = 60


@dataclass(frozen=True, eq=False)
class Source:
    """Faces, and what is in front of them already, uint8 [n, 128, 128]: FACE, UNSURE, FRONT."""

    faces: Everybody
    worn: np.ndarray

    @cached_property
    def bare(self) -> np.ndarray:
        """Numbers of those before which nothing is."""
        return np.flatnonzero(self._areas == 0)

    @cached_property
    def wearers(self) -> np.ndarray:
        """Numbers of those out of whose photos something can be cut."""
        return np.flatnonzero(self._areas >= LEAST_WORN)

    @cached_property
    def _areas(self) -> np.ndarray:
        return np.array([(worn == FRONT).sum() for worn in self.worn])

    def any(self, rng: Rng) -> np.ndarray:
        """Some crop, for its textures."""
        return self.faces.picture(int(rng.integers(len(self.faces))))


def scene(source: Source, index: int, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """A face uint8 [128, 128, 3] with things before it or none, and what was drawn, [128, 128]: FACE, UNSURE, FRONT."""
    image = source.faces.picture(index)
    points = source.faces.landmarks[index].astype(np.float64) * SIZE
    count = int(np.searchsorted([NOTHING, NOTHING + ONE], rng.random(), "right"))
    if rng.random() < (0.4 if count else 0.8):
        for _ in range(int(rng.integers(1, 2 if count else 4))):
            image = harmless(image, points, source.faces.picture(int(rng.choice(source.bare))), rng)
    covers, unsure = np.zeros((2, SIZE, SIZE), np.float32)
    for _ in range(count):
        drawn = thing(image, points, source, rng)
        image = put(image, drawn, rng)
        covers = np.maximum(covers, drawn.covers)
        if drawn.unsure is not None:
            unsure = np.maximum(unsure, drawn.unsure)
    if count and rng.random() < 0.15:
        image = hard_light(image, points, image, rng)
    small = cv2.resize(photographed(image, 1, int(rng.integers(2**31))), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    covers, unsure = (cv2.resize(plane, (SIDE, SIDE), interpolation=cv2.INTER_AREA) for plane in (covers, unsure))
    label = np.where(covers > COVERED, FRONT, np.where((covers > OPEN) | (unsure > COVERED), UNSURE, FACE))
    return small, label.astype(np.uint8)


def harmless(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """A crop with something on its skin or some light that is nothing in front."""
    changes = (shadow, shadow, mark, *HARMLESS)
    return changes[int(rng.integers(len(changes)))](image, points, other, rng)


def thing(image: np.ndarray, points: np.ndarray, source: Source, rng: Rng) -> Drawn:
    """Some thing to lay before a crop."""
    draw = ALL[int(rng.choice(len(ALL), p=SHARES))]
    if draw is worn_by:
        whose = int(rng.choice(source.wearers))
        return worn_by(source.faces.picture(whose), source.worn[whose] == FRONT, rng, mirrored=bool(rng.random() < 0.5))
    other = source.any(rng)
    if draw in CAREFUL:
        return draw(image, points, other, rng)
    layers = draw(image, points, other, rng)
    if draw is hair and rng.random() < 0.5:
        layers = hair_of(other, layers, rng)
    return of_layers(layers)


def main() -> None:
    """Draw shards of scenes: images, what was drawn in them, and whose face each is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worn", type=Path, required=True, help="what training faces wear, uint8 [n, 128, 128]")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--shards", type=int, default=8)
    parser.add_argument("--of", type=int, default=2000)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    source = Source(Everybody(), np.load(arguments.worn, mmap_mode="r"))
    for shard in range(arguments.first, arguments.first + arguments.shards):
        rng = np.random.default_rng([7, shard])
        images = np.zeros((arguments.of, SIDE, SIDE, 3), np.uint8)
        labels = np.zeros((arguments.of, SIDE, SIDE), np.uint8)
        whose = rng.integers(len(source.faces), size=arguments.of)
        for at, index in enumerate(whose):
            images[at], labels[at] = scene(source, int(index), rng)
        for name, values in (("images", images), ("labels", labels), ("whose", whose.astype(np.int32))):
            np.save(arguments.out / f"{shard:03d}.{name}.npy", values)
        print(shard, flush=True)


if __name__ == "__main__":
    main()
