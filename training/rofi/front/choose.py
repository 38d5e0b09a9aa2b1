"""How sure the network must be: what is found and what is wrong for each choice, on the faces that choices are made on.

python -m rofi.front.choose --each 60
"""

import argparse
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import cv2
import numpy as np

from rofi.data import choosing, load
from rofi.evaluation.networks import Networks
from rofi.front.bare import FINE, BareFaces
from rofi.front.evaluate import (
    HIDES,
    LEAST,
    MODELS,
    MORE_NOTHING,
    MORE_THINGS,
    MUCH,
    NOTHING,
    SOME,
    THINGS,
    as_stored,
    draw_on,
)
from rofi.front.find import parts_in_front
from rofi.front.occluders.canvas import SIZE

WEAK, SURE, ENOUGH = (0.3, 0.5, 0.7), (0.8, 0.9, 0.95, 0.98), (6, 12, 24, 40)


@dataclass(frozen=True, eq=False)
class Case:
    """A face with something drawn: the network's shares with and without it, where the thing and the face are."""

    kind: str
    shares: np.ndarray
    before: np.ndarray
    thing: np.ndarray
    landmarks: np.ndarray
    face: np.ndarray


def cases(networks: Networks, each: int, seed: int) -> list[Case]:
    """So many faces with every kind of thing, and with what is nothing in front."""
    faces, bare, rng, found = load("val"), BareFaces.read(), np.random.default_rng(seed), []
    for index in choosing(len(faces))[:each]:
        image = np.asarray(faces.images[index]).astype(np.float32) / 255
        landmarks = faces.landmarks[index].astype(np.float64)
        other = np.asarray(faces.images[int(rng.integers(len(faces)))]).astype(np.float32) / 255
        face = bare.residual(image, landmarks)[1] > 0.5
        before = networks.front_shares(image * 255)
        for kind in (*THINGS, *MORE_THINGS, *NOTHING, *MORE_NOTHING):
            drawn, hidden = draw_on(kind, image, landmarks * SIZE, other, rng)
            thing = (cv2.resize(hidden, (FINE, FINE), interpolation=cv2.INTER_AREA) > HIDES) & face
            shares = networks.front_shares(as_stored(drawn) * 255)
            found.append(Case(kind, shares, before, thing, landmarks, face))
    return found


def judged(seen: list[Case], weak: float, sure: float, least: int) -> tuple[float, float, str, float]:
    """Shares of cases that are found, that are wrong, the worst kind of those, and how often that is wrong."""
    found: list[bool] = []
    wrong: dict[str, list[bool]] = {}
    for case in seen:
        kept, before = (
            parts_in_front(s, case.landmarks, weak=weak, sure=sure, least=least) for s in (case.shares, case.before)
        )
        beside = cv2.dilate(case.thing.astype(np.uint8), np.ones((5, 5))) > 0
        share = (kept & ~before & ~beside & case.face).sum() / case.face.sum()
        wrong.setdefault(case.kind, []).append(share > MUCH)
        if case.thing.sum() >= LEAST:
            found.append((kept & case.thing).sum() > SOME * case.thing.sum())
    rates = {kind: float(np.mean(values)) for kind, values in wrong.items()}
    worst = max(rates, key=lambda kind: rates[kind])
    return float(np.mean(found)), float(np.mean(list(rates.values()))), worst, rates[worst]


def main() -> None:
    """Print a table of the choices."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--models", type=Path, default=MODELS)
    arguments = parser.parse_args()
    seen = cases(Networks(arguments.models), arguments.each, arguments.seed)
    print("| weak | sure | least | found | wrong | most often wrong |\n|---|---|---|---|---|---|")
    for weak, sure, least in product(WEAK, SURE, ENOUGH):
        found, wrong, worst, most = judged(seen, weak, sure, least)
        print(f"| {weak} | {sure} | {least} | {found:.0%} | {wrong:.1%} | {worst} {most:.0%} |", flush=True)


if __name__ == "__main__":
    main()
