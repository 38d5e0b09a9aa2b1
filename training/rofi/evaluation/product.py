"""A whole photo protected as the page protects it: its own resampling and blending, at the photo's own resolution.

Who is drawn for a key, and how the drawing gets into the photo, are the methods of Persons; nothing else here or in
the measurements knows them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from rofi.constants import CONSTANTS
from rofi.data import SIZE
from rofi.evaluation.judges import Embeddings, Judges, margin, recognising, spare, thresholds
from rofi.evaluation.keys import key_vector
from rofi.evaluation.networks import Networks, to_tensor
from rofi.evaluation.sealing import seal_photo
from rofi.kept import kept, sign_mask, whole_eyes
from rofi.landmarks import Landmarker
from rofi.people.draw import Drawing
from rofi.people.grain import grain
from rofi.people.person import NATURAL, in_order
from rofi.photo.finding import MIN_EYE_SPAN, eye_span, find, find_near
from rofi.photo.only_face import only_face
from rofi.photo.resampling import blend, resample, to_pixels
from rofi.photo.similarity import Similarity, align, fineness_of, shift_between
from rofi.sealed.seal import NONCE_BYTES

# By which share of its threshold every judge must see a stranger in a drawing, and how many photos are made of a key.
MOST_ROUNDS = CONSTANTS["people"]["rounds"]
# With less to spare, every second drawing is recognised when translated; with less than the second, what is in front
# of a face is drawn over.
LEAST_SPARE, SPARE_IN_FRONT = CONSTANTS["people"]["leastSpare"], CONSTANTS["people"]["spareAgain"]
MOST_KEYS = CONSTANTS["people"]["keys"]
# Half a crop pixel: what the page takes for the same alignment.
SETTLED = 0.5
LEAST_IRIS, IRIS_MARGIN, IRIS_FADE = (CONSTANTS["keptDetail"][name] for name in ("leastIris", "irisMargin", "irisFade"))
PUPILS: list[int] = CONSTANTS["landmarks"]["pupils"]
RING = 4


@dataclass(frozen=True)
class Face:
    """A face in its photo.

    photo: uint8 [h, w, 3]. found: landmarks [478, 2] in photo pixels. crop: float32 [256, 256, 3] in 0..255.
    front: [256, 256] in 0..1, what stays because it is in front of the face; None where nothing does.
    """

    photo: np.ndarray
    found: np.ndarray
    transform: Similarity
    crop: np.ndarray
    front: np.ndarray | None = None

    @property
    def landmarks(self) -> np.ndarray:
        """Landmarks [478, 2] in 0..1 of the crop."""
        return self.transform(self.found) / SIZE

    @classmethod
    def at(cls, photo: np.ndarray, found: np.ndarray, transform: Similarity) -> "Face":
        """The face cut out of its photo."""
        return cls(photo, found, transform, resample(photo, transform))


@dataclass(frozen=True)
class Skin:
    """What a drawing has that is finer than the crop. detail: [s, s], a ratio on the mean shape. seed: of its noise."""

    drawing: Drawing
    detail: np.ndarray
    seed: int

    def layer(self, face: Face, opacity: np.ndarray) -> np.ndarray | None:
        """The share of its brightness to add to each pixel of a finer crop [256·k, 256·k]; None: no finer photo."""
        factor = fineness_of(face.transform)
        if factor == 1:
            return None
        finer = Similarity(face.transform.turn * factor, face.transform.shift * factor)
        photo = resample(face.photo, finer, SIZE * factor) / 255
        return grain(photo, replace(self.drawing, opacity=opacity), self.detail, self.seed)


@dataclass(frozen=True)
class Drawn:
    """A key's person on a face: float32 [256, 256, 3] in 0..255, and how much of each pixel is drawn, 0..1."""

    image: np.ndarray
    opacity: np.ndarray
    skin: Skin | None = None


class Persons(Protocol):
    """How a key's person comes into a photo."""

    sealed: bool
    """Whether the original is sealed into the pixels then."""

    def people(self, face: Face, key: bytes) -> Iterator[tuple[bytes, int]]:
        """The persons that are tried on a face for a key, in order: (key, number)."""

    def draw(self, face: Face, key: bytes, number: int) -> Drawn:
        """The person drawn on the face."""

    def write(self, face: Face, drawn: Drawn, key: bytes, shares: np.ndarray) -> np.ndarray:
        """The protected photo, uint8 [h, w, 3]. shares: [32, 32] in 0..1, how much of each cell is kept."""


class ComposedPeople:
    """People composed of the atlas, the protector network on the aligned crop, and skin as fine as the photo."""

    sealed = True

    def __init__(self, networks: Networks) -> None:
        self.networks = networks

    def people(self, face: Face, key: bytes) -> Iterator[tuple[bytes, int]]:
        """The key's people for the face, the most natural first."""
        patient = self.networks.looks(face.crop, face.landmarks).coordinates()
        atlas, mesh = self.networks.atlas, self.networks.mesh
        yield from ((key, number) for number in in_order(key, patient, face.landmarks, atlas, mesh))

    def draw(self, face: Face, key: bytes, number: int) -> Drawn:
        """The composed person on the photo's mesh, in its light."""
        drawing, detail = self.networks.draw_with_skin(face.crop, face.landmarks, key, number, face.front)
        return Drawn(drawing.image * 255, drawing.opacity, Skin(drawing, detail, number))

    def write(self, face: Face, drawn: Drawn, key: bytes, shares: np.ndarray) -> np.ndarray:
        """Translated, laid over the crop where the person is drawn and no sign kept, and blended in."""
        inputs = {"image": to_tensor(face.crop), "virtual": to_tensor(drawn.image), "key": key_vector(key)[None]}
        (translated,) = self.networks.run("protector", **inputs, sign_mask=sign_mask(shares)[None, None])
        opacity = drawn.opacity * (1 - kept(shares))
        fine = drawn.skin.layer(face, opacity) if drawn.skin else None
        return lay_over(face, (translated[0].transpose(1, 2, 0) + 1) * 127.5, opacity, fine)


def lay_over(face: Face, crop: np.ndarray, opacity: np.ndarray, fine: np.ndarray | None = None) -> np.ndarray:
    """The photo with a crop [256, 256, 3] in 0..255 over it where opacity [256, 256] says; elsewhere its own detail.

    fine: [256·k, 256·k], the share of its brightness to add to each pixel.
    """
    image = face.crop + opacity[..., None] * (crop - face.crop)
    return blend(face.photo, image, face.transform, kept_detail(face, opacity), face.crop, fine)


def seal(photo: np.ndarray, face: Face, opacity: np.ndarray, key: bytes) -> np.ndarray:
    """A protected photo with the face's original sealed into what is drawn, where there is room for it."""
    rng = np.random.default_rng(list(key))
    sealed = seal_photo(photo, to_pixels(face.crop), face.transform, opacity, key, rng.bytes(NONCE_BYTES), rng)
    return photo if sealed is None else sealed.photo


def kept_detail(face: Face, opacity: np.ndarray) -> np.ndarray:
    """Where the photo's finest detail shows, [256, 256] in 0..1: what is not drawn over, but never the irises."""
    at = np.arange(SIZE) + 0.5
    places = np.stack(np.meshgrid(at, at), -1)
    points = face.landmarks * SIZE
    away = [np.linalg.norm(places - points[pupil], axis=-1) - _iris_radius(points, pupil) for pupil in PUPILS]
    return np.clip(np.min(away, 0) / IRIS_FADE, 0, 1) * (1 - opacity)


def _iris_radius(points: np.ndarray, pupil: int) -> float:
    """The iris as it was found, and somewhat more, in pixels of landmarks [478, 2]; the points round it follow it."""
    ring = points[pupil + 1 : pupil + 1 + RING]
    return max(LEAST_IRIS, IRIS_MARGIN * float(np.linalg.norm(ring - points[pupil], axis=1).max()))


@dataclass(frozen=True)
class ProtectedPhoto:
    """photo: uint8 [h, w, 3]. face: the original face at its final alignment. crop: float32 [256, 256, 3], protected.

    opacity: [256, 256], the drawing's without kept signs. known_by: the page's judges that still recognise the person.
    """

    photo: np.ndarray
    face: Face
    crop: np.ndarray
    opacity: np.ndarray
    tried: int
    known_by: tuple[str, ...]


@dataclass(frozen=True)
class Candidate:
    """A person drawn on a face and judged. margin: by which share of its threshold every judge sees a stranger."""

    key: bytes
    number: int
    margin: float


@dataclass(frozen=True)
class Found:
    """Whom a search ends with, on which face.

    left: (key, number) of those to try next where this one is recognised after all. tried: how many were drawn.
    """

    face: Face
    person: Candidate
    left: list[tuple[bytes, int]]
    tried: int


@dataclass(frozen=True)
class Patient:
    """What the judges of the page know a face by and ask of a stranger, and what of it is kept, [32, 32] in 0..1.

    spare: with how much more somebody is taken at once.
    """

    known: Embeddings
    limits: dict[str, float]
    spare: float
    shares: np.ndarray


class Product:
    """Protection, judged as the page judges it.

    keep_both_eyes: as a person chooses it for a drooping lid or a squint. face_only: a plain colour round the face,
    nothing in front of it.
    """

    def __init__(
        self,
        networks: Networks,
        judges: Judges,
        landmarker: Landmarker,
        drawing: Persons,
        keep_both_eyes: bool = False,
        face_only: bool = False,
    ) -> None:
        self.networks, self.judges, self.landmarker, self.drawing = networks, judges, landmarker, drawing
        self.keep_both_eyes, self.face_only = keep_both_eyes, face_only

    def face(self, photo: np.ndarray) -> Face | None:
        """The photo's largest face, or None."""
        found = find(self.landmarker, photo)
        return None if found is None else self._behind(Face.at(photo, found, align(found)))

    def _behind(self, face: Face) -> Face:
        return face if self.face_only else replace(face, front=self.networks.front(face.crop, face.landmarks))

    def refuses(self, face: Face) -> bool:
        """Whether the face is too small for the page."""
        return eye_span(face.found) < MIN_EYE_SPAN

    def protect(self, face: Face, *keys: bytes) -> ProtectedPhoto:
        """The first of the keys' people whom no judge of the page recognises, else the last key's best, with who does.

        The page makes up to MOST_KEYS keys for a photo that has none. What is in front of the face stays, unless that
        would show who it is.
        """
        age, _ = self.networks.attributes(face.crop)
        shares = self.networks.kept_shares(face.crop)
        if self.keep_both_eyes:
            shares = np.maximum(shares, whole_eyes(face.landmarks))
        patient = Patient(self.judges.page(face.crop), thresholds(age), spare(age), shares)
        tried = 0
        for key in keys:
            people = list(self.drawing.people(face, key))
            # Of a key that may be another, its odd people are not worth a try.
            found = self._next(face, people if face.front is not None else people[:NATURAL], patient)
            # Whoever is recognised in the drawing is recognised in the photo, nearly always.
            if found.person.margin < 0 and key != keys[-1]:
                tried += found.tried
                continue
            protected = self._protect_with(found, patient)
            tried += protected.tried
            if not protected.known_by:
                break
        return replace(protected, tried=tried)

    def _protect_with(self, found: Found, patient: Patient) -> ProtectedPhoto:
        """The person found, or the next one while a judge recognises the face in the photo."""
        tried = found.tried
        for rounds in range(1, MOST_ROUNDS + 1):
            written = self._write(found, patient, tried)
            if not written.known_by or not found.left or rounds == MOST_ROUNDS:
                return written
            found = self._next(replace(found.face, front=None), found.left, patient)
            tried += found.tried
        raise ValueError("no rounds")

    def _next(self, face: Face, people: list[tuple[bytes, int]], patient: Patient) -> Found:
        """With what is in front of the face, or without it where everybody behind it is too much like the patient."""
        found = self._search(face, people, patient)
        if face.front is None:
            return found
        if found.person.margin < SPARE_IN_FRONT:
            return self._search(replace(face, front=None), people, patient)
        # Without what is in front, whoever was recognised may be a stranger.
        taken = [*found.left, (found.person.key, found.person.number)]
        return replace(found, left=[*found.left, *(person for person in people if person not in taken)])

    def _search(self, face: Face, people: list[tuple[bytes, int]], patient: Patient) -> Found:
        """Mirrored by src/engine/people/search.ts."""
        records: list[Candidate] = []
        stays = kept(patient.shares)[..., None]
        enough = LEAST_SPARE if face.front is None else SPARE_IN_FRONT
        tried = 0
        for key, number in people:
            clear = records and (records[0].margin >= enough or records[0].margin <= -LEAST_SPARE)
            if tried >= NATURAL and clear:
                break
            tried += 1
            drawn = self.drawing.draw(face, key, number).image
            seen = self.judges.page(drawn + stays * (face.crop - drawn))
            candidate = Candidate(key, number, margin(patient.known, seen, patient.limits))
            if candidate.margin >= patient.spare:
                return Found(face, candidate, people[tried:], tried)
            if not records or candidate.margin > records[0].margin:
                records.insert(0, candidate)
        if not records:
            raise ValueError("a drawing without people")
        best, *others = records
        strangers = [(other.key, other.number) for other in others if other.margin >= 0]
        return Found(face, best, [*strangers, *people[tried:]], tried)

    def _write(self, found: Found, patient: Patient, tried: int) -> ProtectedPhoto:
        face, key, number = found.face, found.person.key, found.person.number
        drawn = self.drawing.draw(face, key, number)
        settled = self._settle(face, drawn)
        if settled is not face:
            drawn = self.drawing.draw(settled, key, number)
        opacity = drawn.opacity * (1 - kept(patient.shares))
        shown = only_face(settled.photo, settled.found) if self.face_only else settled.photo
        photo = self.drawing.write(replace(settled, photo=shown), drawn, key, patient.shares)
        if self.drawing.sealed:
            photo = seal(photo, settled, opacity, key)
        crop = resample(photo, settled.transform)
        known_by = recognising(patient.known, self.judges.page(crop), patient.limits)
        return ProtectedPhoto(photo, settled, crop, opacity, tried, known_by)

    def _settle(self, face: Face, drawn: Drawn) -> Face:
        """The face aligned where its eyes are found once the person is drawn."""
        again = find_near(self.landmarker, face.photo, face.found, drawn.image)
        if again is None or shift_between(face.transform, align(again)) <= SETTLED:
            return face
        settled = Face.at(face.photo, face.found, align(again))
        return settled if face.front is None else self._behind(settled)
