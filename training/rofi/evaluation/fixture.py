"""`python -m rofi.evaluation.fixture`: one whole protection of a sample, which the page's tests compare with their own.

It goes as far as both sides do the same: what the page adds that is finer than the crop, and what it seals, come after.
"""

import json
from dataclasses import replace

import numpy as np

from rofi.data import ROOT
from rofi.evaluation.judges import IN_THE_PAGE
from rofi.evaluation.networks import Networks, to_tensor
from rofi.evaluation.product import ComposedPeople, Face
from rofi.landmarks import Landmarker
from rofi.photo.finding import find
from rofi.photo.resampling import read_photo, resample
from rofi.photo.similarity import align

FILE = ROOT.parent / "src" / "engine" / "testing" / "protection-samples.json"
MODELS = ROOT.parent / "public" / "models"
SAMPLE = "redness.jpg"
KEY, NUMBER = bytes(range(32)), 3
PLACES = 120


def landmarks() -> list[float]:
    """The sample's face, x and y of 478 points in turn, photo pixels in hundredths."""
    with Landmarker(faces=5, model=MODELS / "face_landmarker.task") as landmarker:
        found = find(landmarker, read_photo(ROOT.parent / "public" / "samples" / SAMPLE))
    if found is None:
        raise ValueError(f"no face in {SAMPLE}")
    return np.round(found, 2).ravel().tolist()


def protection(points: list[float]) -> dict[str, object]:
    """What comes of the sample whose face has these landmarks, step by step."""
    networks = Networks(MODELS)
    photo = read_photo(ROOT.parent / "public" / "samples" / SAMPLE)
    found = np.array(points).reshape(-1, 2)
    face = Face.at(photo, found, align(found))
    face = replace(face, front=networks.front(face.crop, face.landmarks))
    scores = networks.signs(face.crop)
    drawing = ComposedPeople(networks)
    protected = drawing.write(face, drawing.draw(face, KEY, NUMBER), KEY, networks.kept_shares(face.crop))
    seen = resample(protected, face.transform)

    def distance(name: str) -> float:
        one, other = (networks.run(name, image=to_tensor(crop))[0][0] for crop in (face.crop, seen))
        return round(float(np.linalg.norm(one - other)), 4)

    low, high = found.min(0), found.max(0)
    along = np.linspace(0.02, 0.98, PLACES)
    across = 0.5 + 0.45 * np.sin(40 * along)
    places = np.round(low + np.stack([across, along], 1) * (high - low)).astype(int)
    return {
        "attributes": [round(value, 4) for value in networks.attributes(face.crop)],
        "signs": [[int(cell), round(float(scores.ravel()[cell]), 4)] for cell in np.argsort(-scores.ravel())[:12]],
        "protected": [[int(x), int(y), *protected[y, x].tolist()] for x, y in places],
        "distances": {name: distance(name) for name in IN_THE_PAGE.values()},
    }


def main() -> None:
    """Writes the fixture."""
    points = landmarks()
    content = {"sample": SAMPLE, "number": NUMBER, "landmarks": points, **protection(points)}
    FILE.write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    main()
