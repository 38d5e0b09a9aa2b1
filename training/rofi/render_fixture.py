"""Writes what the product's renderer is compared with: samples of a virtual face drawn here on formula inputs.

    python -m rofi.render_fixture

The same formulas stand in src/engine/face/virtual-face.test.ts.
"""

import json
from pathlib import Path

import numpy as np

from rofi.geometry import FaceMesh, virtual_landmarks
from rofi.render import SHAPE_STRENGTH, SIZE, canvas, draw

ROOT = Path(__file__).parents[2]
TEXTURE = 128
SAMPLES = 400


def wave(height: int, width: int, x_step: float, y_step: float) -> np.ndarray:
    """A smooth colour picture [height, width, 3] in 0.1..0.9, other in each channel."""
    y, x, channel = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return (0.5 + 0.4 * np.sin(x * x_step + y * y_step + 2 * channel)).astype(np.float32)


def main() -> None:
    """Write the samples."""
    mesh = FaceMesh.read(ROOT / "public/models/face_mesh.json")
    swapped = mesh.mean[:, ::-1]
    landmarks = mesh.mean + 0.015 * np.sin(6 * swapped)
    shape = 0.02 * np.sin(4 * swapped + 1)
    moved = virtual_landmarks(landmarks, shape, mesh.mean, SHAPE_STRENGTH)
    drawn = draw(wave(SIZE, SIZE, 0.05, 0.03), canvas(mesh, moved), wave(TEXTURE, TEXTURE, 0.11, -0.07))
    flat = drawn.transpose(2, 0, 1).ravel()
    places = np.linspace(0, flat.size - 1, SAMPLES).astype(int)
    samples = [[int(place), round(float(flat[place]), 4)] for place in places]
    file = ROOT / "src/engine/testing/render-samples.json"
    file.write_text(json.dumps(samples, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
