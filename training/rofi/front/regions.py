"""Which parts of a face that differ from a bare one are something in front of it. In doubt nothing is."""

import cv2
import numpy as np

from rofi.geometry import EYES, OVAL, polygon

SIGMA = 0.6
# Residuals, of the bare faces' own, from which on a part begins, and which it must reach in so many pixels of 128².
WEAK, SURE, LEAST_SURE = 1.7, 2.6, 12
# What makes a person, brows, nose and mouth, belongs to a part only where it is much more than that.
FEATURE = 4.0
# How much of an eye's width, and of the bridge, the rims of glasses run along; how much of them lies where glasses are.
RIM, BRIDGE, INSIDE = 0.55, 0.5, 0.6
# So far from an eye nothing may be known; a lens is dark where so much of what lies round that is in front.
EYE_REACH, LENS = 5, 0.6
# So near the face's outline begins what is in front of it but for glasses.
OUTLINE = 4
# So many of a part's pixels differ less than is typical of it.
TYPICAL = 0.6
# Hair and hats: how much of a part lies in forehead and temples, how large it is, how much it differs.
HAIR = {"share": 0.6, "least": 40, "away": 3, "colour": 1.5}
# Anything else: its share of the face, how little of it is in brows, nose and mouth, else it is make-up, how much it
# differs, also in colour, and not as skin does in shade.
LARGE = {
    "share": 0.03,
    "features": 0.4,
    "away": 4.5,
    "colour": 3,
    "colourOfDark": 0.6,
    "lessRed": -1,
    "moreBlue": 4,
    "lessBlue": -8,
}
# Where more of the rest of the face differs, or more would be kept, the fit has failed: hard light.
MOST_DOUBT, MOST_KEPT = 0.06, 0.6
MOUTH = (61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91)
NOSE = (6, 278, 327, 2, 98, 48)
BROWS = ((70, 63, 105, 66, 107, 55, 65, 52, 53, 46), (300, 293, 334, 296, 336, 285, 295, 282, 283, 276))


def in_front(residual: np.ndarray, known: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """Which pixels of a face with landmarks [478, 2] in 0..1 are in front of it, bool [s, s].

    residual [s, s, 3] and known [s, s]: of BareFaces.residual.
    """
    side = len(known)
    away = cv2.GaussianBlur(np.sqrt((residual**2).mean(-1)), (0, 0), SIGMA)
    face = known > 0.5
    features = np.max([polygon(landmarks[list(ring)], side) for ring in (MOUTH, NOSE, *BROWS)], 0)
    features = cv2.dilate(features, np.ones((3, 3))) > 0
    weak = (away > np.where(features, FEATURE, WEAK)) & face
    parts = connected(weak)
    worn = glasses(weak, away, parts, landmarks)
    kept = worn.copy()
    inner = cv2.erode(polygon(landmarks[list(OVAL)], side), np.ones((2 * OUTLINE + 1,) * 2), borderValue=0)
    hair = hair_zone(landmarks, side)
    for part in range(1, parts.max() + 1):
        at = parts == part
        if (at & (inner == 0)).any():
            if is_hair(at, away, residual, hair):
                kept |= at
            elif not (at & worn).any() and is_large(at, away, residual, face, features):
                kept |= whole(at) & face
    kept |= dark_lenses(kept, known, landmarks)
    rest = face & ~kept
    doubt = ((away > SURE) & rest & ~features).sum() / max(1, rest.sum())
    failed = doubt > MOST_DOUBT or kept.sum() > MOST_KEPT * face.sum()
    return np.zeros_like(kept) if failed else kept


def connected(at: np.ndarray) -> np.ndarray:
    """The number of each pixel's part, from 1; 0 where there is none. Pixels hang together by their corners as well."""
    return cv2.connectedComponents(at.astype(np.uint8), connectivity=8)[1]


def typical(values: np.ndarray, share: float = 0.5) -> float:
    """The value that so many are below."""
    return float(np.sort(values)[int(share * len(values))])


def glasses(weak: np.ndarray, away: np.ndarray, parts: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """Rims and dark lenses, if there are any: they run below both eyes and over the nose, and are not part of more."""
    where, *places = glasses_zones(landmarks, len(weak))
    pieces = connected(weak & where)
    sure = np.bincount(pieces[away > SURE], minlength=pieces.max() + 1)
    rims = (sure >= LEAST_SURE)[pieces] & (pieces > 0)
    along = [columns(rims & place) / max(1, columns(place)) for place in places]
    larger = np.isin(parts, np.unique(parts[rims])) & ~hair_zone(landmarks, len(weak)) & (parts > 0)
    inside = (larger & where).sum() / max(1, larger.sum())
    found = along[0] > RIM and along[1] > RIM and along[2] > BRIDGE and inside > INSIDE
    return rims if found else np.zeros_like(rims)


def columns(at: np.ndarray) -> int:
    """In how many columns there is anything."""
    return int(at.any(0).sum())


def is_hair(at: np.ndarray, away: np.ndarray, residual: np.ndarray, zone: np.ndarray) -> bool:
    """Whether a part is hair, or a hat, and no gloss."""
    area = int(at.sum())
    if area < HAIR["least"] or (at & zone).sum() <= HAIR["share"] * area:
        return False
    gloss = typical(residual[at][:, 0]) > 0 and typical(colour_of(residual[at])) < HAIR["colour"]
    return typical(away[at], TYPICAL) > HAIR["away"] and not gloss


def is_large(at: np.ndarray, away: np.ndarray, residual: np.ndarray, face: np.ndarray, features: np.ndarray) -> bool:
    """Whether a part is a mask, a bar, or what else is large and coloured unlike skin, lit, in shade or painted."""
    if (at & features).sum() > LARGE["features"] * at.sum():
        return False
    if at.sum() < LARGE["share"] * face.sum() or typical(away[at], TYPICAL) <= LARGE["away"]:
        return False
    brightness, red, blue = (typical(residual[at][:, channel]) for channel in range(3))
    unlike_skin = red < LARGE["lessRed"] or blue > LARGE["moreBlue"] or blue < LARGE["lessBlue"]
    # The darker, the less colour there is, of skin as of anything.
    least = max(LARGE["colour"], -LARGE["colourOfDark"] * brightness)
    return typical(colour_of(residual[at])) > least and unlike_skin


def colour_of(residual: np.ndarray) -> np.ndarray:
    """How much residuals [..., 3] differ in colour."""
    return np.sqrt((residual[..., 1:] ** 2).mean(-1))


def whole(at: np.ndarray) -> np.ndarray:
    """A part with what it encloses, bool [s, s]."""
    outside = cv2.connectedComponents((~np.pad(at, 1)).astype(np.uint8), connectivity=4)[1]
    return (outside != outside[0, 0])[1:-1, 1:-1]


def dark_lenses(kept: np.ndarray, known: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """What is round an eye, where nothing is known, when all round that something is in front."""
    side = len(kept)
    inside = np.zeros_like(kept)
    for contour in EYES.values():
        eye = polygon(landmarks[list(contour)], side)
        unknown = (cv2.dilate(eye, np.ones((2 * EYE_REACH + 1,) * 2)) > 0) & (known <= 0.5)
        ring = (cv2.dilate(unknown.astype(np.float32), np.ones((3, 3))) > 0) & (known > 0.5)
        if kept[ring].sum() > LENS * ring.sum():
            inside |= unknown
    return inside


def hair_zone(at: np.ndarray, side: int) -> np.ndarray:
    """Forehead and temples, bool [side, side]."""
    y, x = (np.indices((side, side)) + 0.5) / side
    brow = np.where(x < 0.5, at[105, 1], at[334, 1])
    temples = (x < at[117, 0] - 0.03) | (x > at[346, 0] + 0.03)
    return (y < brow - 0.015) | (temples & (y < at[61, 1]))


def glasses_zones(at: np.ndarray, side: int) -> tuple[np.ndarray, ...]:
    """Where glasses are, and of it the places below the right and left eye and between the eyes, bool [side, side]."""
    y, x = (np.indices((side, side)) + 0.5) / side
    top = min(at[105, 1], at[334, 1]) - 0.04
    bottom = (at[50, 1] + at[280, 1]) / 2 + 0.04
    nose = (x > at[133, 0] + 0.02) & (x < at[362, 0] - 0.02) & (y > at[33, 1] + 0.07)
    low = (y > (at[145, 1] + at[374, 1]) / 2 + 0.03) & (y < bottom)
    right = low & (x > at[33, 0] - 0.02) & (x < at[133, 0] + 0.01)
    left = low & (x > at[362, 0] - 0.01) & (x < at[263, 0] + 0.02)
    between = (x > at[133, 0] + 0.01) & (x < at[362, 0] - 0.01) & (y > at[105, 1] + 0.03) & (y < at[33, 1] + 0.06)
    return (y > top) & (y < bottom) & ~nose, right, left, between
