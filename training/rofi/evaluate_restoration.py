"""`python -m rofi.evaluate_restoration --photos FOLDER`: what comes back of photographs, from the pixels alone.

Each photograph is protected and sealed at its own scale and at given photo pixels in a crop pixel, then stored and read
again without a record: the face is found anew and placed by the public pattern. Each scale's key draws its first
person, whatever the judges make of it: who is drawn has no part in restoration.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np

from rofi.data import ROOT
from rofi.evaluation.keys import KEY_BYTES
from rofi.evaluation.metrics import confidence, psnr, rate_confidence, ssim
from rofi.evaluation.networks import Networks, to_tensor
from rofi.evaluation.people import people_in
from rofi.evaluation.pipeline import OVAL, blend
from rofi.evaluation.product import ComposedPeople, Face
from rofi.evaluation.sealing import finish, read_code, seal_photo, without_code
from rofi.kept import kept
from rofi.landmarks import Landmarker
from rofi.photo.finding import find
from rofi.photo.resampling import read_photo, resample, to_pixels
from rofi.photo.similarity import align
from rofi.sealed.cells import TO_YCC
from rofi.sealed.face import unseal_code
from rofi.sealed.seal import LAYERS, NONCE_BYTES

# Photo pixels in a crop pixel; None is the photo's own.
SCALES = {"own": None, "2x": 2.0, "1.3x": 1.3, "1x": 1.0}
# One false accept in a hundred pairs of strangers (rofi.recognisers.threshold).
SAME_PERSON = {"recogniser": 0.554, "mobilefacenet": 1.186}
FULL, HALF = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
JPEGS = {"JPEG 92 4:4:4": (92, FULL), "JPEG 85 4:2:0": (85, HALF), "JPEG 75 4:2:0": (75, HALF)}
# What messengers do: the longer side reduced, then compressed.
MESSENGER, MESSENGER_SIDE, MESSENGER_QUALITY = "messenger", 1600, 80
FORMATS = ("PNG", *JPEGS, MESSENGER)


@dataclass(frozen=True)
class Outcome:
    """One stored file. layer: 0 or 1, -1 where none came through; figures of a face only where one came back.

    added, code: by how many levels sealing changes the luma of its cells, and the code alone, without what it replaces.
    """

    photo: str
    scale: str
    format: str
    fineness: float
    added: float
    code: float
    pattern: bool = False
    layer: int = -1
    psnr: float = float("nan")
    ssim: float = float("nan")
    cosine: float = float("nan")
    dlib: float = float("nan")
    mobilefacenet: float = float("nan")


def stored(photo: np.ndarray, form: str) -> np.ndarray:
    """The photo uint8 [h, w, 3] as it is read from a file of this format."""
    if form == "PNG":
        return photo
    if form == MESSENGER:
        factor = min(1.0, MESSENGER_SIDE / max(photo.shape))
        return compressed(
            cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), MESSENGER_QUALITY, HALF
        )
    return compressed(photo, *JPEGS[form])


def compressed(photo: np.ndarray, quality: int, sampling: int) -> np.ndarray:
    """The photo after a JPEG."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    file = cv2.imencode(".jpg", np.ascontiguousarray(photo[..., ::-1]), options)[1]
    return np.ascontiguousarray(cv2.imdecode(file, cv2.IMREAD_COLOR)[..., ::-1])


def scaled(photo: np.ndarray, fineness: float, wanted: float | None) -> np.ndarray:
    """The photo resized so that its face has the wanted photo pixels in a crop pixel."""
    if wanted is None:
        return photo
    factor = wanted / fineness
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(photo, None, fx=factor, fy=factor, interpolation=how)


class Restoration:
    """Protects, seals, stores, reads and compares."""

    def __init__(self, networks: Networks, landmarker: Landmarker) -> None:
        self.networks, self.landmarker, self.drawing = networks, landmarker, ComposedPeople(networks)

    def measure(self, file: Path, rng: np.random.Generator) -> Iterator[Outcome]:
        """All scales and formats of a photograph; nothing where no face is found."""
        photo = read_photo(file)
        found = find(self.landmarker, photo)
        if found is None:
            return
        own = align(found).fineness
        for scale, wanted in SCALES.items():
            yield from self._at(file.name, scale, scaled(photo, own, wanted), rng)

    def _at(self, name: str, scale: str, photo: np.ndarray, rng: np.random.Generator) -> Iterator[Outcome]:
        found = find(self.landmarker, photo)
        if found is None:
            return
        face = Face.at(photo, found, align(found))
        key, nonce, fineness = rng.bytes(KEY_BYTES), rng.bytes(NONCE_BYTES), face.transform.fineness
        shares = self.networks.kept_shares(face.crop)
        drawn = self.drawing.draw(face, key, 0)
        protected = self.drawing.write(face, drawn, key, shares)
        opacity = drawn.opacity * (1 - kept(shares))
        sealed = seal_photo(protected, to_pixels(face.crop), face.transform, opacity, key, nonce, rng)
        if sealed is None:
            yield from (Outcome(name, scale, form, fineness, float("nan"), float("nan")) for form in FORMATS)
            return
        added = _difference(protected, sealed.photo, face, sealed.coded)
        code = _difference(without_code(protected, face.transform, opacity), sealed.photo, face, sealed.coded)
        for form in FORMATS:
            received = stored(sealed.photo, form)
            yield Outcome(name, scale, form, fineness, added, code, **self._restored(photo, received, key))

    def _restored(self, photo: np.ndarray, received: np.ndarray, key: bytes) -> dict[str, bool | int | float]:
        found = find(self.landmarker, received)
        if found is None:
            return {}
        seen = read_code(received, align(found))
        pattern = seen.reading.header is not None
        unsealed = unseal_code(seen.reading, key)
        if unsealed is None:
            return {"pattern": pattern}
        crop = to_pixels(seen.crop)
        if received.shape != photo.shape:
            photo = cv2.resize(photo, received.shape[1::-1], interpolation=cv2.INTER_AREA)
        restored = blend(crop, finish(self.networks, unsealed, seen.crop))
        original = to_pixels(resample(photo, seen.transform))
        known, back = (self._embeddings(image) for image in (original, restored))
        one, other = known["recogniser"], back["recogniser"]
        away = {judge: float(np.linalg.norm(known[judge] - back[judge])) for judge in SAME_PERSON}
        return {
            "pattern": pattern,
            "layer": unsealed.layer,
            "psnr": psnr(original, restored, OVAL),
            "ssim": ssim(original, restored, OVAL),
            "cosine": float(one @ other / np.linalg.norm(one) / np.linalg.norm(other)),
            "dlib": away["recogniser"],
            "mobilefacenet": away["mobilefacenet"],
        }

    def _embeddings(self, image: np.ndarray) -> dict[str, np.ndarray]:
        return {judge: self.networks.run(judge, image=to_tensor(image))[0][0] for judge in SAME_PERSON}


def _difference(before: np.ndarray, after: np.ndarray, face: Face, coded: np.ndarray) -> float:
    """Mean absolute difference of the photo's luma, in levels, where its pixels lie in a coded cell."""
    height, width = before.shape[:2]
    columns, rows = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    places = np.floor(face.transform(np.stack([columns, rows], -1))).astype(int)
    inside = ((places >= 0) & (places < len(coded))).all(-1)
    inside[inside] = coded[places[inside][:, 1], places[inside][:, 0]]
    change = (after[inside].astype(float) - before[inside]) @ TO_YCC[0]
    return float(np.abs(change).mean())


def table(outcomes: list[Outcome]) -> str:
    """A line for each scale and format, as Markdown. Rates are of all files, likeness of those that came back."""
    columns = (
        "scale | format | files | pattern found, % | came back, % | base / fine | PSNR, dB | SSIM | dlib cosine |"
        " same person, dlib, % | same person, MobileFaceNet, % | added, levels | of it code"
    )
    lines = [f"| {columns} |", "|---" * 13 + "|"]
    for scale in SCALES:
        for form in FORMATS:
            rows = [row for row in outcomes if (row.scale, row.format) == (scale, form)]
            if rows:
                lines.append(f"| {scale} | {form} | {len(rows)} | {_line(rows)} |")
    return "\n".join(lines)


def _line(rows: list[Outcome]) -> str:
    def mean(name: str, digits: int) -> str:
        value, low, high = confidence(np.array([getattr(row, name) for row in rows]))
        if np.isnan(value):
            return "none"
        return f"{value:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"

    def rate(hits: list[bool]) -> str:
        value, low, high = rate_confidence(np.array(hits))
        return f"{100 * value:.0f} ({100 * low:.0f} to {100 * high:.0f})"

    layers = " / ".join(str(sum(row.layer == layer for row in rows)) for layer in LAYERS)
    cells = [
        rate([row.pattern for row in rows]),
        rate([row.layer >= 0 for row in rows]),
        layers,
        mean("psnr", 2),
        mean("ssim", 3),
        mean("cosine", 3),
        rate([row.dlib < SAME_PERSON["recogniser"] for row in rows]),
        rate([row.mobilefacenet < SAME_PERSON["mobilefacenet"] for row in rows]),
        mean("added", 2),
        mean("code", 2),
    ]
    return " | ".join(cells)


def main() -> None:
    """Measure photographs in a random order until the time is up, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="JSON lines, one a file")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    files = [file for own in people_in(options.photos).values() for file in own]
    order = np.random.default_rng(options.seed).permutation(len(files))
    started, outcomes, measured = time.monotonic(), [], 0
    with Landmarker(model=options.models / "face_landmarker.task") as landmarker:
        restoration = Restoration(Networks(options.models), landmarker)
        for place in order:
            if time.monotonic() - started > 60 * options.minutes:
                break
            rows = list(restoration.measure(files[place], np.random.default_rng([options.seed, place])))
            outcomes += rows
            measured += 1
            print(f"{measured} of {len(files)}, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
            if options.out:
                with options.out.open("a") as log:
                    log.writelines(json.dumps(asdict(row)) + "\n" for row in rows)
    print(f"{measured} photographs of {len(files)}\n\n{table(outcomes)}")


if __name__ == "__main__":
    main()
