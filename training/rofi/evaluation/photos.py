"""Every photograph of a folder through the page's protection, and what judges and landmarker make of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from rofi.data import SIZE
from rofi.evaluation.judges import Attributes, Embeddings, Judges
from rofi.evaluation.keypoints import displacement
from rofi.evaluation.keys import KEY_BYTES
from rofi.evaluation.parts import INSIDE, eye_strip, taken_apart
from rofi.evaluation.people import people_in
from rofi.evaluation.product import MOST_KEYS, Face, Product, ProtectedPhoto
from rofi.evaluation.sharpness import sharpness_ratio
from rofi.evaluation.take import another_take
from rofi.photo.finding import find_near
from rofi.photo.only_face import only_face
from rofi.photo.resampling import read_photo, resample

CUT = "only the face"
"""The original as somebody cuts it who knows that protected photos show nothing else."""


@dataclass
class Measured:
    """One photo. refused: why the page would not call it protected, or None. only_gallery: nothing else was asked.

    embeddings: by what was looked at. parts: of the protected photo, and of another take under another key, by what
    was taken out of it. crops: original and protected, uint8 [256, 256, 3], for a classifier.
    """

    file: Path
    person: str
    refused: str | None = None
    embeddings: dict[str, Embeddings] = field(default_factory=dict)
    parts: dict[str, tuple[Embeddings, Embeddings]] = field(default_factory=dict)
    before: Attributes | None = None
    after: Attributes | None = None
    sharpness: float = float("nan")
    lids: float = float("nan")
    irises: float = float("nan")
    tried: int = 0
    own_take: bool = True
    only_gallery: bool = False
    crops: tuple[np.ndarray, np.ndarray] | None = None

    @property
    def released(self) -> bool:
        """Whether the page would let the photo go."""
        return self.refused is None


def measure_folder(product: Product, judges: Judges, folder: Path, seed: int, most: int | None) -> Iterator[Measured]:
    """All photos of a folder; of more than `most`, that many spread evenly are measured, the rest fill the gallery.

    Keys and takes come from the seed and the photo's place in the folder.
    """
    photos = [(person, file, files) for person, files in people_in(folder).items() for file in files]
    chosen = range(len(photos)) if most is None else np.linspace(0, len(photos) - 1, most).astype(int)
    for place, (person, file, files) in enumerate(photos):
        row = Measured(file, person)
        if place not in chosen:
            row.only_gallery = True
            face = product.face(read_photo(file))
            row.embeddings = {} if face is None else _originals(product, judges, face)
            yield row
            continue
        other = files[(files.index(file) + 1) % len(files)] if len(files) > 1 else None
        yield measure(product, judges, row, other, np.random.default_rng([seed, place]))


def measure(product: Product, judges: Judges, row: Measured, other: Path | None, rng: np.random.Generator) -> Measured:
    """One photo; `other` is another photo of the same person, if there is one."""
    face = product.face(read_photo(row.file))
    if face is None:
        row.refused = "no face found"
        return row
    row.embeddings = _originals(product, judges, face)
    if product.refuses(face):
        row.refused = "face too small"
        return row
    first, second = rng.bytes(KEY_BYTES), rng.bytes(KEY_BYTES)
    further = np.random.default_rng(list(first))
    protected = product.protect(face, first, *(further.bytes(KEY_BYTES) for _ in range(MOST_KEYS - 1)))
    row.tried = protected.tried
    if protected.known_by:
        row.refused = f"still recognised by {' and '.join(protected.known_by)}"
    _judge(row, judges, face, protected)
    _look_again(row, product, protected)
    _link(row, judges, product, protected, other, (first, second), rng)
    return row


def _originals(product: Product, judges: Judges, face: Face) -> dict[str, Embeddings]:
    known = {"original": judges.embed(face.crop)}
    if product.face_only:
        known[CUT] = judges.embed(resample(only_face(face.photo, face.found), face.transform))
    return known


def _judge(row: Measured, judges: Judges, face: Face, protected: ProtectedPhoto) -> None:
    row.embeddings["protected"] = judges.embed(protected.crop)
    row.embeddings["eyes of the protected photo"] = judges.embed(eye_strip(protected.face, protected.crop))
    row.embeddings["eyes of the original"] = judges.embed(eye_strip(face, face.crop))
    blank = taken_apart(protected.face, protected.face.crop, protected.opacity)[INSIDE]
    row.embeddings["blank face"] = judges.embed(blank)
    row.before, row.after = judges.attributes(face.crop), judges.attributes(protected.crop)
    row.sharpness = sharpness_ratio(protected)
    row.crops = tuple(np.round(crop).astype(np.uint8) for crop in (protected.face.crop, protected.crop))


def _look_again(row: Measured, product: Product, protected: ProtectedPhoto) -> None:
    face = protected.face
    # Through one window on both photos: from another one the landmarker finds an unchanged face elsewhere as well.
    before, after = (find_near(product.landmarker, photo, face.found) for photo in (face.photo, protected.photo))
    if before is not None and after is not None:
        row.lids, row.irises = displacement(*(face.transform(found) / SIZE for found in (before, after)))


def _link(
    row: Measured,
    judges: Judges,
    product: Product,
    protected: ProtectedPhoto,
    other: Path | None,
    keys: tuple[bytes, bytes],
    rng: np.random.Generator,
) -> None:
    row.own_take = other is None
    photo = another_take(protected.face.photo, rng) if other is None else read_photo(other)
    face = product.face(photo)
    if face is None or product.refuses(face):
        return
    same_key, linked = (product.protect(face, key) for key in keys)
    # What the page would not let go cannot be linked.
    if not same_key.known_by:
        row.embeddings["another photo, same key"] = judges.embed(same_key.crop)
    if not linked.known_by:
        one, two = (taken_apart(p.face, p.crop, p.opacity) for p in (protected, linked))
        row.parts = {name: (judges.embed(one[name]), judges.embed(two[name])) for name in one}
