"""Draws ophthalmic signs on healthy aligned faces, with labels and pixel masks."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .eye import SIZE, Eye, Side, eyes
from .lids import chalazion, nodule, ulcer, xanthelasma
from .position import eye_contrast, ptosis, retraction, strabismus
from .pupil import iris_lesion, leukocoria
from .surface import Drawn, leukoma, pigment, pterygium, redness
from .swelling import swelling

DRAWERS: dict[str, Callable[[np.ndarray, Eye, np.random.Generator], Drawn]] = {
    "redness": redness,
    "pigment": pigment,
    "pterygium": pterygium,
    "leukoma": leukoma,
    "leukocoria": leukocoria,
    "iris_lesion": iris_lesion,
    "nodule": nodule,
    "ulcer": ulcer,
    "chalazion": chalazion,
    "xanthelasma": xanthelasma,
    "ptosis": ptosis,
    "retraction": retraction,
    "strabismus": strabismus,
    "swelling": swelling,
}
KINDS = tuple(DRAWERS)
LID_KINDS = frozenset({"nodule", "ulcer", "chalazion", "xanthelasma"})
"""Signs that show on a closed eye too."""
ONE_EYED = frozenset({"strabismus"})
_MIN_HEIGHT = {"retraction": 8.5, "ptosis": 8.0, "strabismus": 8.0}
_MIN_CONTRAST = 0.1
_MIN_CHANGE = 0.08
_MIN_PIXELS = 12
_ATTEMPTS = 6


@dataclass(frozen=True)
class Drawing:
    """A face with signs.

    image: uint8 [256, 256, 3] RGB. mask: float32 [256, 256], 0..1, zero where nothing was drawn.
    signs: (kind, side) of each sign that could be drawn; empty when the eyes do not allow it.
    """

    image: np.ndarray
    mask: np.ndarray
    signs: tuple[tuple[str, Side], ...]


def can_show(image: np.ndarray, eye: Eye, kind: str) -> bool:
    """Whether a sign of this kind would be visible: the eye is open and not behind dark glass."""
    if kind in LID_KINDS:
        return True
    return eye.height >= _MIN_HEIGHT.get(kind, 6.5) and eye_contrast(image, eye) >= _MIN_CONTRAST


def draw_on_eye(image: np.ndarray, eye: Eye, kind: str, rng: np.random.Generator) -> Drawn | None:
    """Draws one sign on the eye's region (float [80, 112, 3], 0..1); None when it would not be visible."""
    if not can_show(image, eye, kind):
        return None
    for _ in range(_ATTEMPTS):
        drawn, mask = DRAWERS[kind](image, eye, rng)
        visible = (mask > 0.4) & (np.abs(drawn - image).max(-1) > _MIN_CHANGE)
        if visible.sum() >= _MIN_PIXELS:
            return np.clip(drawn, 0, 1), mask
    return None


def draw_signs(
    image: np.ndarray, landmarks: np.ndarray, wanted: list[tuple[str, Side]], rng: np.random.Generator
) -> Drawing:
    """Draws the wanted (kind, side) pairs in order. image: uint8 [256, 256, 3]; landmarks: [478, 2], 0..1."""
    canvas = image.astype(np.float32) / 255
    mask = np.zeros((SIZE, SIZE), np.float32)
    done: list[tuple[str, Side]] = []
    by_side = {eye.side: eye for eye in eyes(landmarks)}
    for kind, side in wanted:
        eye = by_side[side]
        result = draw_on_eye(canvas[eye.window], eye, kind, rng)
        if result is None:
            continue
        canvas[eye.window], here = result
        mask[eye.window] = np.maximum(mask[eye.window], here)
        done.append((kind, side))
    if not done:
        return Drawing(image.copy(), mask, ())
    changed = np.round(canvas * 255).astype(np.uint8)
    return Drawing(changed, mask, tuple(done))


def choose_sides(kind: str, rng: np.random.Generator) -> list[Side]:
    """One eye, or now and then both."""
    if kind not in ONE_EYED and rng.random() < 0.25:
        return ["right", "left"]
    return ["right" if rng.random() < 0.5 else "left"]
