"""The synthetic people that the atlas is made from, as they lie in shared data/people."""

import json
import os
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from rofi.data import ROOT

PEOPLE = Path(os.environ.get("ROFI_PEOPLE", ROOT.parents[1] / "shared" / "data" / "people"))
PARTS = ("people-0.tar", "people-1.tar")


@dataclass(frozen=True)
class Person:
    """One face that belongs to nobody.

    landmarks: float64 [478, 2] in 0..1 of the crop. eyes: distance of the eyes in the source's own pixels.
    age in years and male in 0..1 as faceres estimates them. turn: the nose tip's way from the middle of the crop.
    """

    id: int
    set: str
    eyes: float
    age: float
    male: float
    turn: float
    landmarks: np.ndarray


@cache
def people() -> list[Person]:
    """Everybody, by id."""
    landmarks = np.load(PEOPLE / "landmarks.npz")["landmarks"].astype(np.float64)
    return [
        Person(p["id"], p["set"], p["eyesInSource"], p["age"], p["male"], p["turn"], landmarks[p["id"], :, :2])
        for p in json.loads((PEOPLE / "people.json").read_text())
    ]


def crops(wanted: Iterable[int]) -> Iterator[tuple[int, np.ndarray]]:
    """Id and crop, uint8 RGB [s, s, 3] with s of 384, 512 or 768, of the people wanted, in the files' order."""
    ids = set(wanted)
    for part in PARTS:
        with tarfile.open(PEOPLE / part) as tar:
            for member in tar:
                if not member.name.endswith(".webp") or int(Path(member.name).stem) not in ids:
                    continue
                data = tar.extractfile(member)
                assert data is not None
                decoded = cv2.imdecode(np.frombuffer(data.read(), np.uint8), cv2.IMREAD_COLOR)
                yield int(Path(member.name).stem), np.ascontiguousarray(decoded[..., ::-1])
