"""Writes what the product's search for what is in front of a face is compared with: a sample with mask and glasses.

python -m rofi.front.fixture
"""

import json

import numpy as np

from rofi.data import ROOT, SIZE
from rofi.evaluation.networks import Networks
from rofi.photo.resampling import read_photo, resample
from rofi.photo.similarity import align

TESTING = ROOT.parent / "src" / "engine" / "testing"
FILE = TESTING / "front-samples.json"
MODELS = ROOT.parent / "public" / "models"
# A mask: rows and columns of the crop, and its colour in 0..255.
MASK, COLOUR = ((160, 240), (60, 196)), (80, 140, 205)
# Rims of glasses: landmarks round which they run, how far, and how wide, crop pixels.
EYES, RADIUS, RIM = ((33, 133), (362, 263)), 25.0, 1.8


def worn(crop: np.ndarray, points: np.ndarray) -> np.ndarray:
    """A crop [256, 256, 3] in 0..255 with a mask and round glasses; points [478, 2] in crop pixels."""
    painted = crop.copy()
    (top, bottom), (left, right) = MASK
    painted[top:bottom, left:right] = COLOUR
    y, x = np.indices((SIZE, SIZE)) + 0.5
    for corners in EYES:
        middle = points[list(corners)].mean(0)
        painted[np.abs(np.hypot(x - middle[0], y - middle[1]) - RADIUS) < RIM] = 20
        bridge = points[[133, 362]].mean(0)
        painted[(np.abs(y - bridge[1]) < RIM) & (np.abs(x - bridge[0]) < 16)] = 20
    return painted


def samples() -> dict[str, object]:
    """How much of each two rows of the crop stays."""
    taken = json.loads((TESTING / "protection-samples.json").read_text())
    found = np.array(taken["landmarks"]).reshape(-1, 2)
    photo = read_photo(ROOT.parent / "public" / "samples" / taken["sample"])
    transform = align(found)
    points = transform(found)
    front = Networks(MODELS).front(worn(resample(photo, transform), points), points / SIZE)
    if front is None:
        raise ValueError("nothing found")
    return {"rows": [round(float(row), 3) for row in front.reshape(SIZE // 2, -1).mean(1)]}


def main() -> None:
    """Write the samples."""
    FILE.write_text(json.dumps(samples(), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
