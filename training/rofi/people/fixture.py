"""Writes what the product's people and drawing are compared with: a key's person, and it drawn on formula inputs.

    python -m rofi.people.fixture

The same formulas stand in src/engine/drawing/drawing.test.ts.
"""

import json
from pathlib import Path

import numpy as np

from rofi.geometry import FaceMesh
from rofi.people.atlas import Atlas
from rofi.people.compose import choose, choose_detail, mix_shapes, mix_textures, sought_age, suitable
from rofi.people.draw import SIZE, draw
from rofi.people.folding import folded
from rofi.people.grain import grain
from rofi.people.person import NATURAL, in_order

ROOT = Path(__file__).parents[3]
FILE = ROOT / "src" / "engine" / "testing" / "person-samples.json"
KEY = bytes(range(32))
NUMBER = 3
# The fine layer is so many times as fine as the crop; its noise.
FACTOR, SEED = 2, 7
SAMPLES = 300
AGES = (0, 4.5, 13, 16.5, 20, 70)


def wave(side: int, x_step: float, y_step: float) -> np.ndarray:
    """A smooth colour picture [side, side, 3] in 0.1..0.9, other in each channel."""
    y, x, channel = np.meshgrid(np.arange(side), np.arange(side), np.arange(3), indexing="ij")
    return (0.5 + 0.4 * np.sin(x * x_step + y * y_step + 2 * channel)).astype(np.float32)


def samples(image: np.ndarray) -> list[list[float]]:
    """Some values of an image [h, w, 3] by their place in its planes."""
    flat = image.transpose(2, 0, 1).ravel()
    places = np.linspace(0, flat.size - 1, SAMPLES).astype(int)
    return [[int(place), round(float(flat[place]), 4)] for place in places]


def samples_of_all() -> dict[str, object]:
    """What is written: who is chosen for a patient, and values of the person, the drawing and its fine layer."""
    models = ROOT / "public" / "models"
    mesh, atlas = FaceMesh.read(models / "face_mesh.json"), Atlas.read(models / "people.atlas")
    patient = atlas.coordinates.mean(0).round(4)
    rows = choose(KEY, NUMBER, patient, atlas.coordinates, atlas.ids)
    lends = atlas.detailed
    texture = mix_textures([atlas.texture(row) for row in rows], atlas.parts, atlas.mouth)
    shape = mix_shapes(atlas.shapes[rows], atlas.part_weights)
    landmarks = mesh.mean + 0.015 * np.sin(6 * mesh.mean[:, ::-1])
    drawn = draw(wave(SIZE, 0.05, 0.03), landmarks, texture, shape, mesh, atlas.turn_modes)
    detail = int(lends[choose_detail(KEY, NUMBER, patient, atlas.coordinates[lends], atlas.ids[lends])])
    layer = grain(wave(FACTOR * SIZE, 0.9, 0.7), drawn, atlas.detail(detail), SEED)
    return {
        "soughtAges": [[age, round(sought_age(age), 9)] for age in AGES],
        "patient": patient.tolist(),
        "suitable": [int(row) for row in suitable(patient, atlas.coordinates)],
        "parts": rows,
        "oddness": [
            {"parts": mix, "oddness": round(atlas.oddness.of(mix), 6)} for mix in (rows, [0, 1, 2, 3], [9] * 4)
        ],
        "landmarks": landmarks.round(5).ravel().tolist(),
        "folded": round(folded(landmarks.round(5), shape, mesh, atlas.turn_modes), 6),
        "mostNatural": in_order(KEY, patient, landmarks.round(5), atlas, mesh)[:NATURAL],
        "detail": detail,
        "texture": samples(texture),
        "drawn": samples(drawn.image),
        "grain": samples(layer[..., None]),
    }


def main() -> None:
    """Write the samples."""
    FILE.write_text(json.dumps(samples_of_all(), separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
