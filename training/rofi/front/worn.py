"""What the faces of training wear themselves: told by the fit of bare faces, then by a network that learned from it.

python -m rofi.front.worn --out FILE
python -m rofi.front.worn --out FILE --after FILE --checkpoint runs/front.pt
"""

import argparse
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
import torch

from rofi.data import SIZE, load
from rofi.front.bare import BareFaces
from rofi.front.network import FrontNetwork
from rofi.front.regions import BROWS, SIGMA, WEAK, connected, glasses, glasses_zones, hair_zone, in_front
from rofi.geometry import OVAL, polygon
from rofi.people.source import crops, people

SIDE = 128
FACE, UNSURE, FRONT = 0, 128, 255
# So far round the face's outline it is looked at, pixels of 128².
ROUND = 3
# The network's shares: in front where it is sure, or where the fit agrees; no longer the face where it doubts.
SURE, AGREED, DOUBTED = 0.85, 0.3, 0.15
BATCH = 32


class Everybody:
    """Training faces and then everybody of data/people, at 256 px."""

    @cached_property
    def _parts(self) -> tuple[np.ndarray, np.ndarray]:
        small = {at: cv2.resize(crop, (SIZE, SIZE), interpolation=cv2.INTER_AREA) for at, crop in crops(self._ids)}
        return load("train").images, np.stack([small[at] for at in self._ids])

    @cached_property
    def _ids(self) -> list[int]:
        return [person.id for person in people()]

    @cached_property
    def landmarks(self) -> np.ndarray:
        """[n, 478, 2] in 0..1."""
        return np.concatenate([load("train").landmarks, np.stack([person.landmarks for person in people()])])

    def __len__(self) -> int:
        return len(self.landmarks)

    def picture(self, index: int) -> np.ndarray:
        """One crop [256, 256, 3] in 0..1."""
        first, others = self._parts
        crop = first[index] if index < len(first) else others[index - len(first)]
        return np.asarray(crop).astype(np.float32) / 255


def by_fit(away: np.ndarray, kept: np.ndarray, known: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """What a face wears as the fit finds it, uint8 [128, 128].

    away: length of its residual; kept: what the rules take; known: the face, as BareFaces.residual has it.
    """
    away = cv2.GaussianBlur(away, (0, 0), SIGMA)
    weak, hair = (away > WEAK) & (known > 0.5), hair_zone(landmarks, SIDE)
    worn = kept & hair
    if glasses(weak, away, connected(weak), landmarks).any():
        worn |= kept & glasses_zones(landmarks, SIDE)[0]
    brows = np.max([polygon(landmarks[list(ring)], SIDE) for ring in BROWS], 0)
    unsure = kept | (cv2.dilate(worn.astype(np.uint8), np.ones((3, 3))) > 0)
    unsure |= weak & hair & (cv2.dilate(brows, np.ones((3, 3))) == 0)
    label = np.where(worn, FRONT, np.where(unsure, UNSURE, FACE))
    return _within(label, landmarks)


def by_network(fitted: np.ndarray, shares: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """The same, now that a network's shares [128, 128] in 0..1 say more."""
    front = (shares > SURE) | ((fitted == FRONT) & (shares > AGREED))
    doubtful = (shares > DOUBTED) | (fitted == FRONT) | ((fitted == UNSURE) & (shares > DOUBTED / 3))
    return _within(np.where(front, FRONT, np.where(doubtful, UNSURE, FACE)), landmarks)


def _within(label: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    face = cv2.dilate(polygon(landmarks[list(OVAL)], SIDE), np.ones((2 * ROUND + 1,) * 2))
    return np.where(face > 0, label, UNSURE).astype(np.uint8)


@torch.no_grad()
def shares_of(network: FrontNetwork, everybody: Everybody) -> Iterator[np.ndarray]:
    """What a network says of each face, [128, 128]."""
    for start in range(0, len(everybody), BATCH):
        numbers = range(start, min(start + BATCH, len(everybody)))
        small = [cv2.resize(everybody.picture(at), (SIDE, SIDE), interpolation=cv2.INTER_AREA) for at in numbers]
        images = torch.from_numpy(np.stack(small)).permute(0, 3, 1, 2) * 2 - 1
        yield from torch.sigmoid(network(images))[:, 0].numpy()


def main() -> None:
    """Write what everybody wears."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--after", type=Path, help="what the fit found")
    parser.add_argument("--checkpoint", type=Path, help="a network that has learned from that")
    arguments = parser.parse_args()
    everybody = Everybody()
    worn = np.zeros((len(everybody), SIDE, SIDE), np.uint8)
    if arguments.checkpoint:
        network = FrontNetwork().eval()
        network.load_state_dict(torch.load(arguments.checkpoint, weights_only=True)["network"])
        fitted = np.load(arguments.after, mmap_mode="r")
        for index, shares in enumerate(shares_of(network, everybody)):
            worn[index] = by_network(fitted[index], shares, everybody.landmarks[index].astype(np.float64))
    else:
        bare = BareFaces.read()
        for index, landmarks in enumerate(everybody.landmarks.astype(np.float64)):
            residual, known = bare.residual(everybody.picture(index), landmarks)
            away = np.sqrt((residual**2).mean(-1))
            worn[index] = by_fit(away, in_front(residual, known, landmarks), known, landmarks)
    np.save(arguments.out, worn)


if __name__ == "__main__":
    main()
