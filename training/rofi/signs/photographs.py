"""False marks on photographs of people whose eyes are healthy, found and aligned as the product does it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rofi.evaluation.metrics import rate_confidence
from rofi.evaluation.people import people_in
from rofi.landmarks import Landmarker
from rofi.photo.finding import MIN_EYE_SPAN, eye_span, find
from rofi.photo.resampling import read_photo, resample, to_pixels
from rofi.photo.similarity import align

from .eye import SIZE

WORST = 20


@dataclass(frozen=True)
class Photograph:
    """A photo's largest face: its file's name, crop uint8 [256, 256, 3], landmarks [478, 2] in 0..1 of the crop."""

    name: str
    crop: np.ndarray
    landmarks: np.ndarray


def photographs(landmarker: Landmarker, folder: Path) -> Iterator[Photograph]:
    """Every photo of a folder whose largest face the page would protect."""
    for file in sorted(file for files in people_in(folder).values() for file in files):
        photo = read_photo(file)
        found = find(landmarker, photo)
        if found is None or eye_span(found) < MIN_EYE_SPAN:
            continue
        transform = align(found)
        name = str(file.relative_to(folder))
        yield Photograph(name, to_pixels(resample(photo, transform)), transform(found) / SIZE)


def false_marks(
    detector: Callable[[np.ndarray], np.ndarray], faces: list[Photograph], thresholds: tuple[float, ...]
) -> str:
    """Markdown: how many faces get a mark at each threshold, and the worst of them to look at."""
    maps = [detector(face.crop) for face in faces]
    peaks = np.array([scores.max() for scores in maps])
    cells = np.array([(scores > 0.5).sum() for scores in maps])
    lines = [f"{len(faces)} photographs with a face large enough.", "", "| threshold | faces marked |", "|---|---|"]
    for threshold in thresholds:
        rate, low, high = rate_confidence(peaks > threshold)
        lines.append(f"| {threshold} | {rate:.1%} ({low:.1%} to {high:.1%}) |")
    lines += ["", f"The {WORST} highest:", "", "| photo | score | cells above 0.5 |", "|---|---|---|"]
    order = np.argsort(-peaks)[:WORST]
    lines += [f"| {faces[at].name} | {peaks[at]:.3f} | {cells[at]} |" for at in order]
    return "\n".join(lines)
