"""Makes the demo photos: people who do not exist, with signs drawn on them.

    python -m rofi.samples --out ../public/samples

The people are of shared data/people (MIT licence); a sign is drawn on the small crop, and its change laid on the photo.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from rofi.data import ROOT, SIZE
from rofi.people.source import crops, people
from rofi.signs.draw import draw_signs
from rofi.signs.eye import Side

QUALITY = 92


@dataclass(frozen=True)
class Sample:
    """One demo photo: its file, whose it is, the sign, on which eye, as which seed draws it, and captions."""

    name: str
    person: int
    sign: str
    side: Side
    seed: int
    en: str
    zh: str


SAMPLES = (
    Sample("ptosis", 220, "ptosis", "left", 1, "Drooping lid", "上睑下垂"),
    Sample("redness", 1574, "redness", "left", 5, "Red eye", "眼红"),
    Sample("nodule", 117, "nodule", "left", 4, "Lid nodule", "眼睑结节"),
    Sample("strabismus", 1542, "strabismus", "left", 8, "Squint", "斜视"),
)


def with_sign(photo: np.ndarray, landmarks: np.ndarray, sample: Sample) -> np.ndarray:
    """The photo uint8 [s, s, 3] with the sample's sign; landmarks [478, 2] in 0..1.

    Raises ValueError when the eyes do not allow it.
    """
    small = cv2.resize(photo, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    drawing = draw_signs(small, landmarks, [(sample.sign, sample.side)], np.random.default_rng(sample.seed))
    if not drawing.signs:
        raise ValueError(f"{sample.name}: the sign could not be drawn")
    change = drawing.image.astype(np.float32) - small
    large = cv2.resize(change, photo.shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return np.clip(np.round(photo + large), 0, 255).astype(np.uint8)


def main() -> None:
    """Write the photos and samples/index.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT.parent / "public" / "samples")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    known, photos = people(), dict(crops(sample.person for sample in SAMPLES))
    index = []
    for sample in SAMPLES:
        picture = with_sign(photos[sample.person], known[sample.person].landmarks, sample)
        file = arguments.out / f"{sample.name}.jpg"
        cv2.imwrite(str(file), picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        index.append({"file": file.name, "sign": {"en": sample.en, "zh-Hans": sample.zh}})
    (arguments.out / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
