"""Soft shapes, noise, vessels and light with which signs are drawn. Colours are RGB in 0..1."""

from collections.abc import Sequence

import cv2
import numpy as np

from .eye import Eye, smoothstep

Rng = np.random.Generator
_OVERSAMPLING = 4


def noise(shape: tuple[int, int], cell: float, rng: Rng) -> np.ndarray:
    """Smooth noise of about unit deviation whose features are `cell` px wide."""
    height, width = shape
    coarse = rng.standard_normal((int(height / cell) + 3, int(width / cell) + 3)).astype(np.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC) * 1.2


def blob(
    eye: Eye,
    centre: Sequence[float],
    radii: tuple[float, float],
    rng: Rng,
    *,
    angle: float = 0.0,
    rough: float = 0.15,
    edge: float = 1.5,
) -> np.ndarray:
    """Irregular ellipse as a soft mask over the eye's region. radii, edge: px; rough: share of the radius."""
    return smoothstep(blob_depth(eye, centre, radii, rng, angle=angle, rough=rough) / edge + 0.5)


def blob_depth(
    eye: Eye,
    centre: Sequence[float],
    radii: tuple[float, float],
    rng: Rng,
    *,
    angle: float = 0.0,
    rough: float = 0.15,
) -> np.ndarray:
    """Distance in px from an irregular ellipse's border, positive inside."""
    x, y = eye.grid
    dx, dy = x - centre[0], y - centre[1]
    along = dx * np.cos(angle) + dy * np.sin(angle)
    across = dy * np.cos(angle) - dx * np.sin(angle)
    distance = np.hypot(along / radii[0], across / radii[1])
    direction = np.arctan2(across / radii[1], along / radii[0])
    for order in range(2, 6):
        swing = rough * rng.normal() / order**0.5
        distance = distance * (1 + swing * np.cos(order * direction + rng.uniform(0, 2 * np.pi)))
    return (1 - distance) * min(radii)


def strokes(eye: Eye, lines: Sequence[np.ndarray], width: float) -> np.ndarray:
    """Anti-aliased polylines (each [n, 2] px of the crop) as a mask over the eye's region."""
    rows, columns = eye.window
    height, breadth = rows.stop - rows.start, columns.stop - columns.start
    canvas = np.zeros((height * _OVERSAMPLING, breadth * _OVERSAMPLING), np.uint8)
    offset = np.array([columns.start - 0.5, rows.start - 0.5])
    thickness = max(1, round(width * _OVERSAMPLING))
    for line in lines:
        points = np.round((line - offset) * _OVERSAMPLING * 8).astype(np.int32)
        cv2.polylines(canvas, [points], False, 255, thickness, cv2.LINE_AA, shift=3)
    return cv2.resize(canvas, (breadth, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def vessel(start: np.ndarray, end: np.ndarray, rng: Rng, wander: float = 0.12) -> np.ndarray:
    """A winding line from start to end, [12, 2]; wander: sideways swing as a share of its length."""
    t = np.linspace(0, 1, 12)[:, None]
    way = np.asarray(end, np.float32) - np.asarray(start, np.float32)
    sideways = np.array([-way[1], way[0]])
    swing = np.zeros_like(t)
    for waves in (1, 2, 3, 5):
        swing += rng.normal() * wander / waves * np.sin(np.pi * waves * t + rng.uniform(0, 6) * (waves > 1))
    return start + t * way + sideways * swing * np.minimum(1, 4 * t)


def tint(image: np.ndarray, alpha: np.ndarray, gains: Sequence[float]) -> np.ndarray:
    """Multiplies colours where alpha is 1, so that light and texture stay."""
    return image * (1 + alpha[..., None] * (np.asarray(gains, np.float32) - 1))


def paint(image: np.ndarray, alpha: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """Lays a colour ([3] or [h, w, 3]) over the picture."""
    return image + alpha[..., None] * (colour - image)


def luminance(image: np.ndarray) -> np.ndarray:
    """Rec. 601 luminance, [h, w]."""
    return image @ np.array([0.299, 0.587, 0.114], np.float32)


def local_white(image: np.ndarray, eye: Eye) -> np.ndarray:
    """What a white thing looks like in this eye's light: the bright half of its sclera, brightened, [3]."""
    inside = eye.opening(1.0) > 0.5
    pixels = image[inside] if inside.sum() > 12 else image.reshape(-1, 3)
    bright = np.percentile(pixels, 88, axis=0)
    neutral = 0.5 * bright + 0.5 * bright.mean()
    return np.clip(neutral * 1.08, 0.25, 0.97).astype(np.float32)


def skin_colour(image: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Median colour round a soft mask (a ring of 4 px), [3]."""
    inside = (alpha > 0.1).astype(np.uint8)
    ring = (cv2.dilate(inside, np.ones((9, 9), np.uint8)) - inside).astype(bool)
    return np.median(image[ring] if ring.any() else image.reshape(-1, 3), axis=0).astype(np.float32)


def light_direction(image: np.ndarray) -> np.ndarray:
    """Unit vector (x, y) towards the light, from the slope of the region's brightness; mostly from above."""
    small = luminance(cv2.resize(image, (14, 10), interpolation=cv2.INTER_AREA))
    slope = np.array([np.mean(np.diff(small, axis=1)), np.mean(np.diff(small, axis=0))])
    direction = np.array([0.0, -1.0]) + np.clip(slope * 12, -0.6, 0.6)
    return direction / (np.linalg.norm(direction) + 1e-6)


def relief(image: np.ndarray, height: np.ndarray, strength: float) -> np.ndarray:
    """Gain map of a raised surface under the picture's own light. height: px above the skin."""
    light = light_direction(image)
    smooth = cv2.GaussianBlur(height.astype(np.float32), (0, 0), 0.7)
    slope_x, slope_y = cv2.Sobel(smooth, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(smooth, cv2.CV_32F, 0, 1) / 8
    facing = -(slope_x * light[0] + slope_y * light[1])
    return np.clip(1 + strength * facing, 0.45, 1.6)
