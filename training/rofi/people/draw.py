"""Draws a composed person on a photo's own mesh, inside the patient's outline and in the photo's light.

Mirrored by src/engine/drawing. Sizes in pixels are for the 256 px crop.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from rofi.constants import CONSTANTS
from rofi.data import SIZE
from rofi.geometry import EYE_FADE, EYE_KEPT, EYE_POINTS, EYES, MESH, OVAL, FaceMesh, polygon
from rofi.render import low_pass, shrunk, soft

NOSE_TIP: int = CONSTANTS["landmarks"]["noseTip"]
_SHAPE, _MASK, _LIGHT = CONSTANTS["shape"], CONSTANTS["mask"], CONSTANTS["light"]
# Shapes are a little stronger than their donors', or every composed person would be nearer the mean than people are.
STRENGTH: float = _SHAPE["strength"]
OUTLINE_WEIGHT, OUTLINE_FADE = _SHAPE["outlineWeight"], _SHAPE["outlineFade"]
MASK_ERODE, MASK_SIGMA = _MASK["erode"], _MASK["sigma"]
EYE_DILATE, EYE_SIGMA = _MASK["eyeDilate"], _MASK["eyeSigma"]
LIGHT_OFFSET, LIGHT_MOST = _LIGHT["offset"], _LIGHT["most"]
LUMA = np.array([CONSTANTS["luma"][channel] for channel in ("red", "green", "blue")], np.float32)
# A photo with less than this share of the drawing's own colour contrast is taken to be grey, in that measure.
COLOURED = _LIGHT["coloured"]
# Highlights of a donor's skin this much brighter than their surroundings are held back, to this much at most.
BRIGHT, BRIGHTEST = _LIGHT["bright"], _LIGHT["brightest"]
# A flat or overexposed photo lowers the drawing's contrast to its own, but not below this share.
LEAST_CONTRAST = _LIGHT["leastContrast"]
# Dark shades are made so many times brighter in their own colour; what is missing then comes in the light's.
MOST_LIFTED = _LIGHT["mostLifted"]
INSIDE = _LIGHT["inside"]
# Within the rim of the drawing its light follows the photo's more closely: how far the rim reaches in and how softly it
# ends, the blur of that light, all in pixels of light's grid, and how far it may be changed.
RIM_DEPTH, RIM_FADE, RIM_SIGMA, RIM_MOST = (_LIGHT["rim"][name] for name in ("depth", "fade", "sigma", "most"))
# The drawing's finest contrast may be raised so far to match the photo's; finest is what this blur takes away.
MOST_SHARPER, SHARP_SIGMA = _LIGHT["mostSharper"], _LIGHT["sharpSigma"]


@dataclass(frozen=True)
class Drawing:
    """A person on a photo.

    image [256, 256, 3] 0..1. opacity [256, 256] 0..1: what of it is drawn. field [256, 256, 2]: each pixel's place in
    the mean shape.
    """

    image: np.ndarray
    opacity: np.ndarray
    field: np.ndarray


def turn_modes(landmarks: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """How mesh points of landmarks [n, 468, 2] move as heads turn, per unit and unit² of the nose's: [2, 468, 2]."""
    away = landmarks - mean
    turn = away[:, NOSE_TIP, 0]
    basis = np.stack([np.ones_like(turn), turn, turn * turn], 1)
    return np.linalg.lstsq(basis, away.reshape(len(away), -1), rcond=None)[0][1:].reshape(2, -1, 2)


def turn_of(landmarks: np.ndarray, mean: np.ndarray) -> float:
    """How far the nose's tip is from where it is in the mean shape, crop widths: the head's turn."""
    return float(landmarks[NOSE_TIP, 0] - mean[NOSE_TIP, 0])


def straight(landmarks: np.ndarray, mean: np.ndarray, modes: np.ndarray) -> np.ndarray:
    """Landmarks [468, 2] as if the head looked straight."""
    turn = turn_of(landmarks, mean)
    return landmarks[:MESH] - turn * modes[0] - turn * turn * modes[1]


def moved(landmarks: np.ndarray, shape: np.ndarray, mean: np.ndarray, modes: np.ndarray) -> np.ndarray:
    """The patient's mesh [468, 2] with the person's shape, never the eyes, the outline only in part.

    shape: the person's landmarks less the mean shape, looking straight, [468, 2].
    """
    landmarks = landmarks[:MESH]

    def away_from(points: tuple[int, ...]) -> np.ndarray:
        return np.linalg.norm(landmarks[:, None] - landmarks[None, list(points)], axis=2).min(1)

    inner = OUTLINE_WEIGHT + (1 - OUTLINE_WEIGHT) * np.clip(away_from(OVAL) / OUTLINE_FADE, 0, 1)
    weight = inner * np.clip((away_from(EYE_POINTS) - EYE_KEPT) / EYE_FADE, 0, 1)
    return landmarks + weight[:, None] * (mean + STRENGTH * shape - straight(landmarks, mean, modes))


def sample(texture: np.ndarray, field: np.ndarray) -> np.ndarray:
    """Texture [s, s, 3] looked up at field [h, w, 2] in 0..1 with Catmull-Rom splines, its border repeated."""
    side = texture.shape[0]
    place = field * side - 0.5
    corner = np.floor(place).astype(int)
    t = (place - corner)[..., None].astype(np.float32)
    taps = (((2 - t) * t - 1) * t / 2, (3 * t - 5) * t * t / 2 + 1, ((4 - 3 * t) * t + 1) * t / 2, (t - 1) * t * t / 2)
    columns = [np.clip(corner[..., 0] + i, 0, side - 1) for i in (-1, 0, 1, 2)]
    out = np.zeros((*field.shape[:2], texture.shape[2]), np.float32)
    for i, down in enumerate(taps):
        rows = np.clip(corner[..., 1] + i - 1, 0, side - 1)
        line = sum(across[..., 0, :] * texture[rows, x] for across, x in zip(taps, columns, strict=True))
        out += down[..., 1, :] * line
    return out


def draw(image: np.ndarray, landmarks: np.ndarray, texture: np.ndarray, shape: np.ndarray, mesh: FaceMesh,
         modes: np.ndarray, front: np.ndarray | None = None) -> Drawing:  # fmt: skip
    """A person on a crop [256, 256, 3] in 0..1 with landmarks [478, 2].

    texture: [256, 256, 3] in 0..1 on the mean shape. shape: [468, 2]. modes: of turn_modes. front: [256, 256] in 0..1,
    what stays because it is in front of the face.
    """
    target = moved(landmarks, shape, mesh.mean, modes)
    field, covered = mesh.to_mean(target, SIZE)
    own, new = (polygon(points[list(OVAL)], SIZE) for points in (landmarks, target))
    mask = cv2.erode(own * new * covered, np.ones((2 * MASK_ERODE + 1,) * 2), borderValue=0)
    mask = cv2.GaussianBlur(mask, (0, 0), MASK_SIGMA)
    if front is not None:
        mask = mask * (1 - front)
    eyes = np.maximum(*(polygon(landmarks[list(contour)], SIZE) for contour in EYES.values()))
    eyes = cv2.GaussianBlur(cv2.dilate(eyes, np.ones((2 * EYE_DILATE + 1,) * 2)), (0, 0), EYE_SIGMA)
    opacity = mask * (1 - eyes)
    drawn = in_light(image, sample(texture, field), mask, opacity)
    return Drawing(image + opacity[..., None] * (drawn - image), opacity, field)


def in_light(image: np.ndarray, drawn: np.ndarray, mask: np.ndarray, opacity: np.ndarray) -> np.ndarray:
    """The drawn face [256, 256, 3] in the photo's light and tone, and as grey as the photo is."""
    light, own = low_pass(image, mask), low_pass(drawn, mask)
    ratio = np.clip((light + LIGHT_OFFSET) / (own + LIGHT_OFFSET), 1 / LIGHT_MOST, LIGHT_MOST)
    relief = (drawn @ LUMA) / (own @ LUMA + 1e-4)
    above = np.maximum(relief - BRIGHT, 0)
    held = np.minimum(relief, BRIGHT) + above / (1 + above / (BRIGHTEST - BRIGHT))
    there = float((np.abs(held - 1) * opacity).sum())
    wanted = float((np.abs((image @ LUMA) / (light @ LUMA + LIGHT_OFFSET) - 1) * opacity).sum())
    contrast = min(max(wanted / (there + 1e-6), LEAST_CONTRAST), 1.0)
    wished = 1 + contrast * (held - 1)
    lifted = np.minimum(wished / np.maximum(relief, 1e-3), MOST_LIFTED)
    lit = drawn * ratio * lifted[..., None] + light * (wished - relief * lifted)[..., None]
    grey = light * wished[..., None]
    colour = colour_contrast(image, light, opacity) / (colour_contrast(lit, light, opacity) + 1e-6)
    lit = np.clip(grey + min(1.0, colour / COLOURED) * (lit - grey), 0, 1)
    lit = lit * rim_light(image, lit, mask)
    return np.clip(lit * sharpening(image, lit, opacity)[..., None], 0, 1)


def rim_light(image: np.ndarray, lit: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """What to multiply the drawing by, [256, 256, 3], for its rim to be as bright as the photo's beside it."""
    weight = shrunk(np.ones_like(mask), mask)
    there, own = (soft(shrunk(picture, mask), RIM_SIGMA) for picture in (image, lit))
    known = soft(weight, RIM_SIGMA)[..., None] + 1e-4
    ratio = np.clip((there / known + LIGHT_OFFSET) / (own / known + LIGHT_OFFSET), 1 / RIM_MOST, RIM_MOST)
    inner = soft(cv2.erode(weight, np.ones((2 * RIM_DEPTH + 1,) * 2), borderValue=0), RIM_FADE)
    factor = 1 + (1 - inner)[..., None] * (ratio - 1)
    return cv2.resize(factor, mask.shape[::-1], interpolation=cv2.INTER_LINEAR)


def sharpening(image: np.ndarray, lit: np.ndarray, opacity: np.ndarray) -> np.ndarray:
    """What to multiply the drawing by, [256, 256], for its finest contrast to be the photo's."""
    inside = opacity > INSIDE
    own, drawn = finest(image), finest(lit)
    wanted, there = (float(np.abs(plane[inside]).mean()) if inside.any() else 0.0 for plane in (own, drawn))
    gain = min(max(wanted / (there + 1e-6), 1.0), MOST_SHARPER)
    return 1 + (gain - 1) * drawn


def finest(image: np.ndarray) -> np.ndarray:
    """Contrast of an image [256, 256, 3] about its own slight blur, as a share of that."""
    luma = image @ LUMA
    soft = cv2.GaussianBlur(luma, (0, 0), SHARP_SIGMA)
    return (luma - soft) / (soft + LIGHT_OFFSET)


def colour_contrast(image: np.ndarray, light: np.ndarray, weight: np.ndarray) -> float:
    """How much the colour, apart from brightness, varies about the low-passed one inside a weight."""
    tone = image / (light + LIGHT_OFFSET)
    spread = np.abs(tone - (tone @ LUMA)[..., None]).mean(-1)
    return float((spread * weight).sum() / (weight.sum() + 1e-6))
