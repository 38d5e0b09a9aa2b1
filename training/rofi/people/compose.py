"""Chooses four donors for a key and a patient, and makes one person of them.

Mirrored by src/engine/people.
"""

import hmac
import struct
from dataclasses import dataclass

import cv2
import numpy as np

from rofi.constants import CONSTANTS
from rofi.geometry import MESH, FaceMesh, polygon

_PEOPLE, _POINTS = CONSTANTS["people"], CONSTANTS["landmarks"]
SIDE = 256
LEVELS: int = _PEOPLE["levels"]
EVEN_FROM: dict[str, int] = _PEOPLE["evenFrom"]
"""The level of a texture's pyramid, from 0 the finest, from which on a person has the mean of the four donors."""
LUMA = np.float32([CONSTANTS["luma"][channel] for channel in ("red", "green", "blue")])
INFO: bytes = _PEOPLE["info"].encode()
# Donors that suit: the nearest, as many as are near enough, at least and at most so many.
FEWEST, MOST, NEAR = _PEOPLE["fewest"], _PEOPLE["most"], _PEOPLE["near"]
# Differences that count as one: in log years, sex, log brightness, log warmth, mouth opening and head shape.
AGE_SCALE, SEX_SCALE, BRIGHT_SCALE, WARM_SCALE, OPENING_SCALE, WIDTH_SCALE = (
    _PEOPLE["scale"][name] for name in ("age", "male", "brightness", "warmth", "opening", "width")
)
AGE_OFFSET, TONE_OFFSET = _PEOPLE["ageOffset"], _PEOPLE["toneOffset"]
# Children are drawn with the faces of younger ones, for what is drawn looks older than its donors.
YOUNGER: dict[str, float] = _PEOPLE["younger"]
OPENING_AT = 4
PARTS = ("face", "brows", "nose", "mouth")
# Detail comes from one of so many people of like age and sex.
DETAIL_AMONG: int = _PEOPLE["detailAmong"]
# Hull of the landmarks, how far it reaches beyond them and how softly it ends, in pixels of the 256 px texture.
MOUTH = (61, 291, 0, 17, 37, 267, 39, 269, 84, 314, 181, 405, 40, 270, 91, 321, 185, 409)
NOSE = (168, 6, 197, 195, 5, 4, 1, 2, 98, 327, 129, 358, 48, 278, 64, 294, 219, 439)
BROWS = (70, 63, 105, 66, 107, 55, 65, 52, 53, 46, 300, 293, 334, 296, 336, 285, 295, 282, 283, 276, 33, 133, 263, 362,
         145, 374)  # fmt: skip
INNER_LIPS: list[int] = _POINTS["innerLips"]
OPENING_SIGMA = 1.5
REGIONS = ((MOUTH, 10, 4.0), (NOSE, 5, 4.0), (BROWS, 7, 5.0))
SHAPE_SIGMA = 7.0
CHEEKS = _POINTS["cheeks"]


@dataclass(frozen=True)
class Looks:
    """What a donor must have in common with the patient.

    age in years, male 0..1, tone [3] mean colour of the cheeks 0..1, opening: inner lip gap over mouth width,
    width: the face's width over its height.
    """

    age: float
    male: float
    tone: np.ndarray
    opening: float
    width: float

    def coordinates(self) -> np.ndarray:
        """[6]: the squared distance of two of these says how badly two people suit each other."""
        red, green, blue = np.log(self.tone + TONE_OFFSET)
        return np.array(
            [
                np.log(self.age + AGE_OFFSET) / AGE_SCALE,
                self.male / SEX_SCALE,
                (red + green + blue) / 3 / BRIGHT_SCALE,
                (red - blue) / WARM_SCALE,
                self.opening / OPENING_SCALE,
                self.width / WIDTH_SCALE,
            ]
        )


def sought_age(age: float) -> float:
    """How old a patient's donors should be, in years, like the patient's age: younger by a share, for children only."""
    childhood = np.clip((YOUNGER["from"] - age) / (YOUNGER["from"] - YOUNGER["until"]), 0, 1)
    return age * (1 - YOUNGER["share"] * float(childhood))


def opening(landmarks: np.ndarray) -> float:
    """Gap of the inner lips over the mouth's inner width."""
    upper, lower, right, left = (landmarks[_POINTS["mouth"][name], :2] for name in ("upper", "lower", "right", "left"))
    return float(np.linalg.norm(upper - lower) / np.linalg.norm(right - left))


def head_width(landmarks: np.ndarray) -> float:
    """Width of the face at the cheeks over its height, brow to chin."""
    right, left, top, chin = (landmarks[_POINTS["head"][name], :2] for name in ("right", "left", "top", "chin"))
    return float(np.linalg.norm(right - left) / np.linalg.norm(top - chin))


def skin_tone(image: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """Mean colour [3] of the cheeks of a crop [256, 256, 3] in 0..1 with landmarks [478, 2]."""
    cheeks = np.maximum(*(polygon(landmarks[list(cheek), :2], image.shape[0]) for cheek in CHEEKS))
    return (image * cheeks[..., None]).sum((0, 1)) / cheeks.sum()


def expand(key: bytes, number: int, length: int) -> bytes:
    """HKDF-SHA-256 of the key with the person's number (4 bytes, big-endian) as salt."""
    secret = hmac.digest(struct.pack(">I", number), key, "sha256")
    out, block = b"", b""
    for index in range(1, -(-length // 32) + 1):
        block = hmac.digest(secret, block + INFO + bytes([index]), "sha256")
        out += block
    return out[:length]


def rank(seed: int, donors: np.ndarray) -> np.ndarray:
    """A number for each donor id that orders them anew for each seed: MurmurHash3's finaliser."""
    h = (donors.astype(np.uint64) * np.uint64(0x9E3779B1) ^ np.uint64(seed)) & np.uint64(0xFFFFFFFF)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        h = ((h ^ (h >> np.uint64(shift))) * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    return h ^ (h >> np.uint64(16))


def suitable(patient: np.ndarray, donors: np.ndarray) -> np.ndarray:
    """Rows of the donors [n, 6] that suit a patient [6], the nearest first."""
    far = ((donors - patient) ** 2).sum(1)
    nearest = np.argsort(far, kind="stable")[:MOST]
    return nearest[: max(FEWEST, int((far[nearest] < NEAR).sum()))]


def choose(key: bytes, number: int, patient: np.ndarray, donors: np.ndarray, ids: np.ndarray) -> list[int]:
    """Rows of the four donors (face, brows, nose, mouth) of the key's person for a patient.

    patient: coordinates [6]. donors: coordinates [n, 6]. ids: [n]. Every part takes the first suitable donor in an
    order that the key gives all donors, so that a patient who looks a little different on the next photo gets the
    same ones; the mouth's is among the third of them whose mouths are open as far as the patient's.
    """
    suit = suitable(patient, donors)
    away = np.abs(donors[suit, OPENING_AT] - patient[OPENING_AT])
    as_open = suit[np.argsort(away, kind="stable")[: len(suit) // 3]]
    seeds = struct.unpack(">4I", expand(key, number, 16))
    chosen: list[int] = []
    for part, seed in zip(PARTS, seeds, strict=True):
        among = as_open if part == "mouth" else suit
        order = among[np.argsort(rank(seed, ids[among]), kind="stable")]
        chosen.append(next(int(row) for row in order if row not in chosen))
    return chosen


def choose_detail(key: bytes, number: int, patient: np.ndarray, donors: np.ndarray, ids: np.ndarray) -> int:
    """Row of the donor whose skin the person has, among those that lend detail: coordinates [m, 6], ids [m]."""
    far = ((donors[:, :2] - patient[:2]) ** 2).sum(1)
    among = np.argsort(far, kind="stable")[:DETAIL_AMONG]
    (seed,) = struct.unpack(">I", expand(key, number, 20)[16:])
    return int(among[np.argmin(rank(seed, ids[among]))])


def part_masks(mesh: FaceMesh) -> np.ndarray:
    """What of each part shows, [4, 256, 256], their sum 1 everywhere."""
    regions = []
    for points, grow, sigma in REGIONS:
        mask = np.zeros((SIDE, SIDE), np.float32)
        hull = cv2.convexHull((mesh.mean[list(points)] * SIDE).astype(np.float32))
        cv2.fillConvexPoly(mask, hull.round().astype(np.int32), 1)
        mask = cv2.dilate(mask, np.ones((2 * grow + 1, 2 * grow + 1)))
        regions.append(cv2.GaussianBlur(mask, (0, 0), sigma))
    mouth, nose, brows = regions
    nose = np.clip(nose - mouth, 0, 1)
    brows = np.clip(brows - mouth - nose, 0, 1)
    masks = np.stack([np.clip(1 - mouth - nose - brows, 0, 1), brows, nose, mouth])
    return masks / masks.sum(0)


def part_weights(masks: np.ndarray, mesh: FaceMesh) -> np.ndarray:
    """How much of each part's shape a landmark takes, [4, 468]."""
    at = np.clip((mesh.mean * SIDE).astype(int), 0, SIDE - 1)
    weights = np.stack([cv2.GaussianBlur(mask, (0, 0), SHAPE_SIGMA)[at[:, 1], at[:, 0]] for mask in masks])
    return weights / weights.sum(0)


def mouth_opening(mesh: FaceMesh) -> np.ndarray:
    """What lips open to in the mean shape, [256, 256] in 0..1."""
    return cv2.GaussianBlur(polygon(mesh.mean[list(INNER_LIPS)], SIDE), (0, 0), OPENING_SIGMA)


def mix_textures(textures: list[np.ndarray], masks: np.ndarray, mouth: np.ndarray) -> np.ndarray:
    """Four textures [256, 256, 3] in 0..1 as one: band by band, the coarser the softer the seams.

    Colour, and what is coarse, is the mean of all four: a donor's make-up, light or beard would stand as a patch. But
    what lips open to, mouth [256, 256] in 0..1, has its donor's own colour: teeth are not of the colour of lips.
    """
    lumas = [(texture.astype(np.float32) @ LUMA)[..., None] for texture in textures]
    colours = [texture.astype(np.float32) - luma for texture, luma in zip(textures, lumas, strict=True)]
    colour = _mix(colours, masks, EVEN_FROM["colour"]) + _own_colour(colours, mouth)
    return np.clip(_mix(lumas, masks, EVEN_FROM["luma"]) + colour, 0, 1)


def _own_colour(colours: list[np.ndarray], mouth: np.ndarray) -> np.ndarray:
    """What the mouth's donor has other than the mean, of what is too coarse to be a part's own."""
    for _ in range(EVEN_FROM["colour"]):
        colours, mouth = [_down(colour) for colour in colours], cv2.pyrDown(mouth)
    own = mouth[..., None] * (colours[PARTS.index("mouth")] - np.mean(colours, 0, dtype=np.float32))
    for _ in range(EVEN_FROM["colour"]):
        own = _up(own)
    return own


def _mix(images: list[np.ndarray], masks: np.ndarray, even_from: int) -> np.ndarray:
    """Images [256, 256, c], each where its mask shows; from a level on their mean."""
    total: list[np.ndarray] = []
    for image, mask in zip(images, masks, strict=True):
        fine, share, bands = image, mask, []
        for level in range(LEVELS + 1):
            coarse = _down(fine) if level < LEVELS else None
            band = fine if coarse is None else fine - _up(coarse)
            bands.append(band * (share[..., None] if level < even_from else np.float32(1 / len(images))))
            if coarse is not None:
                fine, share = coarse, cv2.pyrDown(share)
        total = [a + b for a, b in zip(total, bands, strict=True)] if total else bands
    out = total[-1]
    for band in reversed(total[:-1]):
        out = _up(out) + band
    return out


def _down(image: np.ndarray) -> np.ndarray:
    return cv2.pyrDown(image).reshape(image.shape[0] // 2, image.shape[1] // 2, -1)


def _up(image: np.ndarray) -> np.ndarray:
    return cv2.pyrUp(image).reshape(image.shape[0] * 2, image.shape[1] * 2, -1)


def mix_shapes(shapes: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Four shapes [4, 468, 2] as one [468, 2], weights [4, 468]."""
    return (weights[..., None] * shapes[:, :MESH]).sum(0)
