"""Turning, scaling and moving without distortion. Mirrors similarity, alignment and alignment grid of the page."""

import math
from dataclasses import dataclass

import numpy as np

from rofi.constants import CONSTANTS
from rofi.data import SIZE
from rofi.landmarks import LEFT_EYE, RIGHT_EYE, TARGET_EYES

# The grid of alignments: sizes in an octave, degrees of turn, places in an eyes' distance at least.
SIZES, PLACES = (CONSTANTS["alignmentGrid"][name] for name in ("sizesInOctave", "placesInEyeDistance"))
TURN = math.radians(CONSTANTS["alignmentGrid"]["turnDegrees"])
# Photo pixels to one of the crop from which on there is something finer, and at most so many times as fine.
FINER, FINEST = 1.15, 3


@dataclass(frozen=True)
class Similarity:
    """From photo pixels to crop pixels, as complex numbers: z -> turn · z + shift; pixel i covers i..i+1."""

    turn: complex
    shift: complex

    @property
    def inverse(self) -> "Similarity":
        """The way back."""
        return Similarity(1 / self.turn, -self.shift / self.turn)

    @property
    def fineness(self) -> float:
        """Photo pixels in a crop pixel."""
        return 1 / abs(self.turn)

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Points [..., 2] moved."""
        moved = (points[..., 0] + 1j * points[..., 1]) * self.turn + self.shift
        return np.stack([moved.real, moved.imag], -1)

    def from_part(self, x: float, y: float, factor: float) -> "Similarity":
        """The same for a part of the photo cut at (x, y) and scaled down by `factor`."""
        return Similarity(self.turn * factor, self.turn * complex(x, y) + self.shift)


def align_eyes(right: complex, left: complex) -> Similarity:
    """The similarity that puts two eye centres (photo pixels, right eye first) where the crop has them."""
    target_right, target_left = (complex(*eye) * SIZE for eye in TARGET_EYES)
    turn = (target_left - target_right) / (left - right)
    return Similarity(turn, target_right - turn * right)


def eye_centres(landmarks: np.ndarray) -> tuple[complex, complex]:
    """Centres of the subject's right and left eye, of landmarks [478, 2]."""
    return complex(*landmarks[list(RIGHT_EYE)].mean(0)), complex(*landmarks[list(LEFT_EYE)].mean(0))


def to_grid(transform: Similarity) -> Similarity:
    """The nearest alignment on the grid that every protection keeps to."""
    right, left = transform.inverse(TARGET_EYES * SIZE) @ np.array([1, 1j])
    middle, line = (right + left) / 2, left - right
    distance = 2 ** (round(math.log2(abs(line)) * SIZES) / SIZES)
    line = distance * np.exp(1j * round(np.angle(line) / TURN) * TURN)
    step = 2 ** math.floor(math.log2(distance / PLACES))
    middle = complex(round(middle.real / step) * step, round(middle.imag / step) * step)
    return align_eyes(middle - line / 2, middle + line / 2)


def align(landmarks: np.ndarray) -> Similarity:
    """The alignment of a face with landmarks [478, 2] in photo pixels."""
    return to_grid(align_eyes(*eye_centres(landmarks)))


def shift_between(one: Similarity, other: Similarity) -> float:
    """How far two alignments lay the photo apart, crop pixels: the mean over four points round the crop's middle."""
    points = np.array([[x, y] for x in (0.25, 0.75) for y in (0.25, 0.75)]) * SIZE
    return float(np.linalg.norm(other(one.inverse(points)) - points, axis=1).mean())


def fineness_of(transform: Similarity) -> int:
    """How many times as fine as the crop a photo is; 1 where it is hardly finer."""
    pixels = transform.fineness
    return 1 if pixels < FINER else min(max(math.ceil(pixels - FINER + 1), 2), FINEST)
