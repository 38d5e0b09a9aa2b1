"""Writes what the product's search for what is in front of a face is compared with: a sample with mask and glasses.

python -m rofi.front.fixture
"""

import json

import numpy as np

from rofi.data import ROOT, SIZE
from rofi.front.bare import FINE, BareFaces
from rofi.front.regions import front_of, in_front
from rofi.geometry import FaceMesh
from rofi.photo.resampling import read_photo, resample
from rofi.photo.similarity import align

TESTING = ROOT.parent / "src" / "engine" / "testing"
FILE = TESTING / "front-samples.json"
MODELS = ROOT.parent / "public" / "models"
# A mask: rows and columns of the crop, and its colour in 0..255.
MASK, COLOUR = ((160, 240), (60, 196)), (80, 140, 205)
# Rims of glasses: landmarks round which they run, how far, and how wide, crop pixels.
EYES, RADIUS, RIM = ((33, 133), (362, 263)), 25.0, 1.8
PLACES = 240


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
    """Values of the residual and of what stays, by their place in their planes, and how many pixels are in front."""
    taken = json.loads((TESTING / "protection-samples.json").read_text())
    found = np.array(taken["landmarks"]).reshape(-1, 2)
    photo = read_photo(ROOT.parent / "public" / "samples" / taken["sample"])
    transform = align(found)
    points = transform(found)
    crop = (worn(resample(photo, transform), points) / 255).astype(np.float32)
    landmarks = points / SIZE
    bare = BareFaces.read(MODELS / "bare_faces.bin", FaceMesh.read(MODELS / "face_mesh.json"))
    residual, known = bare.residual(crop, landmarks)
    front = front_of(bare, crop, landmarks)
    if front is None:
        raise ValueError("nothing found")
    flat = residual.transpose(2, 0, 1).ravel()
    places = np.flatnonzero(np.tile(known.ravel() > 0.99, 3))
    places = places[np.linspace(0, len(places) - 1, PLACES).astype(int)]
    return {
        "residual": [[int(at), round(float(flat[at]), 3)] for at in places],
        "inFront": int(in_front(residual, known, landmarks).sum()),
        "rows": [round(float(row), 3) for row in front.reshape(FINE, -1).mean(1)],
    }


def main() -> None:
    """Write the samples."""
    FILE.write_text(json.dumps(samples(), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
