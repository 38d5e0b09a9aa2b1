"""Measures the lids of faces on which they were drawn at known places, as the product measures them.

Usage: python -m rofi.signs.lid_measures [--faces 120] [--seed 1]

One eye of each face is drawn with its upper lid lowered, or with both lids drawn back, by a known amount. Compared are
the drawn margins at the pupil with those that the landmarks give: bias and limits of agreement (bias ± 1.96 standard
deviations), and how much of a change from the undrawn face is seen. The pupil's place is that of the undrawn face.
"""

import argparse
from dataclasses import dataclass

import cv2
import numpy as np

from .. import data
from ..landmarks import Landmarker
from .eye import SIDES, Eye
from .position import draw_back, eyeball, lower_lid_over

IRIS_MILLIMETRES = 11.7
MARGIN = 64
"""The product looks at a face with so many crop pixels round the aligned crop."""
_IRISES = {"right": (468, 469, 471), "left": (473, 474, 476)}


@dataclass(frozen=True)
class Lids:
    """Heights of an eye's margins above and below the pupil, millimetres."""

    mrd1: float
    mrd2: float


@dataclass(frozen=True)
class Case:
    """One drawn eye: where its lids are, and where they were found before and after."""

    kind: str
    drawn: Lids
    before: Lids
    found: Lids


def millimetres(landmarks: np.ndarray) -> float:
    """Millimetres a crop pixel, by both irises; landmarks [478, 2] in 0..1 of the crop."""
    widths = [np.linalg.norm(landmarks[a] - landmarks[b]) * data.SIZE for _, a, b in _IRISES.values()]
    return IRIS_MILLIMETRES / float(np.mean(widths))


def measure(landmarks: np.ndarray, side: str) -> Lids:
    """MRD1 and MRD2 of an eye of an aligned face, whose eyes are level."""
    eye = Eye("right" if side == "right" else "left", landmarks)
    return _lids(eye, _at_pupil(eye, eye.upper_margin), _at_pupil(eye, eye.lower_margin), millimetres(landmarks))


def _lids(eye: Eye, upper: float, lower: float, scale: float) -> Lids:
    return Lids((float(eye.iris[1]) - upper) * scale, (lower - float(eye.iris[1])) * scale)


def _at_pupil(eye: Eye, margin: np.ndarray) -> float:
    return float(np.interp(eye.iris[0], eye.grid[0][0], margin))


def draw(image: np.ndarray, eye: Eye, rng: np.random.Generator) -> tuple[str, np.ndarray, Lids]:
    """A lid drawn elsewhere: the kind, the region, and where its lids are now."""
    region = image[eye.window].astype(np.float32) / 255
    scale = millimetres(eye.landmarks)
    if rng.random() < 0.5:
        drop = rng.uniform(0.1, 0.8) * eye.height * eye.lid_profile(0.4)
        drawn, _ = lower_lid_over(region, eye, np.clip(drop, 0, None) * (eye.lid_profile() > 0))
        # As `lower_lid_over` draws it: the lid's edge begins a little below its margin.
        upper, lower, kind = eye.upper_margin + 0.8 + drop, eye.lower_margin, "lowered"
    else:
        up, down, profile = rng.uniform(0.5, 4), rng.uniform(0.5, 3), eye.lid_profile(0.7)
        drawn, _ = draw_back(region, eye, eyeball(region, eye, rng), profile, up, down)
        upper, lower, kind = eye.upper_margin - up * profile, eye.lower_margin + down * profile, "drawn back"
    canvas = image.copy()
    canvas[eye.window] = np.round(drawn * 255).astype(np.uint8)
    return kind, canvas, _lids(eye, _at_pupil(eye, upper), _at_pupil(eye, lower), scale)


def find(landmarker: Landmarker, image: np.ndarray) -> np.ndarray | None:
    """Landmarks [478, 2] in 0..1 of the crop, found with as much round it as the product sees."""
    wide = cv2.copyMakeBorder(image, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_REPLICATE)
    found = landmarker.detect(wide)
    return (found[0] * wide.shape[0] - MARGIN) / data.SIZE if found else None


def cases(count: int, seed: int) -> list[Case]:
    """Drawn eyes of `count` of the faces that figures are made of."""
    faces = data.load("val")
    rng = np.random.default_rng(seed)
    chosen = rng.permutation(data.reporting(len(faces)))[:count]
    made = []
    with Landmarker() as landmarker:
        for index in chosen:
            image = np.array(faces.images[index])
            landmarks = find(landmarker, image)
            if landmarks is None:
                continue
            side = SIDES[int(rng.integers(2))]
            eye = Eye(side, landmarks)
            if eye.height < 8:
                continue
            kind, canvas, drawn = draw(image, eye, rng)
            after = find(landmarker, canvas)
            if after is not None:
                made.append(Case(kind, drawn, measure(landmarks, side), measure(after, side)))
    return made


def report(made: list[Case]) -> str:
    """Bias, limits of agreement and the share of a change that is seen, as a table."""
    lines = ["| lid | measure | eyes | bias, mm | limits of agreement, mm | seen of a change |", "| --- " * 6 + "|"]
    for kind, name in (("lowered", "mrd1"), ("drawn back", "mrd1"), ("drawn back", "mrd2"), ("all", "mrd1")):
        of_kind = [case for case in made if kind in (case.kind, "all")]
        found, drawn, before = (
            np.array([getattr(getattr(case, when), name) for case in of_kind]) for when in ("found", "drawn", "before")
        )
        error = found - drawn
        bias, spread = error.mean(), 1.96 * error.std(ddof=1)
        slope = float(np.polyfit(drawn - before, found - before, 1)[0])
        lines.append(
            f"| {kind} | {name.upper()} | {len(of_kind)} | {bias:.2f} | {bias - spread:.2f} to {bias + spread:.2f} "
            f"| {slope:.0%} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--faces", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(report(cases(args.faces, args.seed)))


if __name__ == "__main__":
    main()
