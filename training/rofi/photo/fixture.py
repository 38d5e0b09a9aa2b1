"""`python -m rofi.photo.fixture`: a photo aligned, resampled, blended, kept sharp and covered, for the page's tests."""

import json
from pathlib import Path

import numpy as np

from rofi.data import ROOT, SIZE
from rofi.geometry import FaceMesh
from rofi.photo.cover import cover
from rofi.photo.resampling import blend, resample
from rofi.photo.similarity import align_eyes, to_grid

FILE = ROOT.parent / "src" / "engine" / "testing" / "photo-samples.json"
WIDTH, HEIGHT = 1000, 800
EYES = {
    "turned, finer than the crop": ((330, 280), (570, 340)),
    "coarser than the crop": ((420.4, 300.2), (470.1, 297.7)),
}
PLACES = 40
MESH = FaceMesh.read(ROOT.parent / "public" / "models" / "face_mesh.json")
# Cells of the crop that stay when its face is covered.
KEPT_ROWS, KEPT_COLUMNS = slice(11, 16), slice(8, 14)
# How much of the photo's own detail shows: all in every second column of the crop, so that what lies between tells.
KEPT_DETAIL = np.tile((np.arange(SIZE) % 2).astype(np.float32), (SIZE, 1))


def drawn_photo() -> np.ndarray:
    """Triangle waves across a photo, uint8 [800, 1000, 3]: whole numbers, so that both languages draw the same."""
    y, x, channel = np.meshgrid(np.arange(HEIGHT), np.arange(WIDTH), np.arange(3), indexing="ij")
    return np.abs((x * 3 + y * (5 - channel) + channel * 70) % 510 - 255).astype(np.uint8)


def samples() -> list[dict[str, object]]:
    """By case: eyes, alignment, values of the crop (0..255), and of the photo with the crop's negative in it.

    Then the same with the photo's own detail in every second column, and the photo with the face covered.
    """
    photo, cases = drawn_photo(), []
    for name, (right, left) in EYES.items():
        transform = to_grid(align_eyes(complex(*right), complex(*left)))
        crop = resample(photo, transform)
        blended = blend(photo, 255 - crop, transform)
        detailed = blend(photo, 255 - crop, transform, KEPT_DETAIL, crop)
        landmarks = transform.inverse(MESH.mean * SIZE)
        kept = np.zeros((32, 32))
        kept[KEPT_ROWS, KEPT_COLUMNS] = 1
        covered = cover(photo, landmarks, transform, kept)
        middle = transform.inverse(np.array([SIZE / 2, SIZE / 2]))
        span = transform.fineness * SIZE
        at = np.linspace(0.07, 0.93, PLACES)
        crop_places = [(int(SIZE * t), int(SIZE * (0.5 + 0.4 * np.sin(20 * t)))) for t in at]
        photo_places = [(int(middle[0] + span * (t - 0.5)), int(middle[1] + span * 0.35 * np.sin(20 * t))) for t in at]
        cases.append(
            {
                "name": name,
                "eyes": [list(right), list(left)],
                "transform": [transform.turn.real, transform.turn.imag, transform.shift.real, transform.shift.imag],
                "crop": [[x, y, *np.round(crop[y, x], 3).tolist()] for x, y in crop_places],
                "covered": [[x, y, *covered[y, x].tolist()] for x, y in photo_places],
                "blended": [[x, y, *blended[y, x].tolist()] for x, y in photo_places],
                "detailed": [[x, y, *detailed[y, x].tolist()] for x, y in photo_places],
            }
        )
    return cases


def main() -> None:
    """Write the fixture."""
    Path(FILE).write_text(json.dumps({"width": WIDTH, "height": HEIGHT, "cases": samples()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
