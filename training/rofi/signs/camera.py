"""How everyday cameras and programs change a photo: light, lens, sensor, sharpening, compression, at its resolution."""

import cv2
import numpy as np

from .eye import smoothstep
from .texture import Rng


def shadow(canvas: np.ndarray, rng: Rng) -> np.ndarray:
    """The edge of a shadow, hard or soft."""
    height, width = canvas.shape[:2]
    y, x = np.mgrid[:height, :width].astype(np.float32) / width - 0.5
    turn = rng.uniform(0, 2 * np.pi)
    across = x * np.cos(turn) + y * np.sin(turn) + rng.uniform(-0.25, 0.25)
    alpha = smoothstep(across / rng.choice([0.02, 0.06, 0.3, 0.8]) + 0.5) * rng.uniform(0.15, 0.6)
    return canvas * (1 - alpha)[..., None]


def colour(canvas: np.ndarray, rng: Rng) -> np.ndarray:
    """White balance, hue, saturation down to grey, exposure, contrast, gamma."""
    saturation = 0.0 if rng.random() < 0.12 else rng.uniform(0.5, 1.5)
    mixing = saturation * np.eye(3) + (1 - saturation) / 3
    contrast = rng.uniform(0.8, 1.25)
    mixing = mixing @ np.diag(np.exp(rng.normal(0, 0.07, 3))) * contrast * rng.uniform(0.8, 1.25)
    offset = (1 - contrast) * np.array(cv2.mean(canvas)[:3])
    mixed = cv2.transform(canvas, np.column_stack([mixing, offset]).astype(np.float32))
    return cv2.pow(np.clip(mixed, 0, 1), rng.uniform(0.8, 1.3))


def blurred(canvas: np.ndarray, scale: float, rng: Rng) -> np.ndarray:
    """Out of focus, or moved. scale: photo pixels a crop pixel."""
    if rng.random() < 0.25:
        length = max(2, round(rng.uniform(1, 3) * scale))
        kernel = np.zeros((2 * length + 1, 2 * length + 1), np.float32)
        turn = rng.uniform(0, np.pi)
        way = np.round(length * 0.5 * np.array([np.cos(turn), np.sin(turn)])).astype(int)
        middle = np.array([length, length])
        cv2.line(kernel, tuple(map(int, middle - way)), tuple(map(int, middle + way)), 1.0)
        return cv2.filter2D(canvas, -1, kernel / kernel.sum())
    return cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.3, 1.3) * scale)


def sharpened(canvas: np.ndarray, scale: float, rng: Rng) -> np.ndarray:
    """As telephones sharpen."""
    soft = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.5, 1.5) * scale)
    return canvas + rng.uniform(0.3, 1.6) * (canvas - soft)


def compressed(picture: np.ndarray, rng: Rng) -> np.ndarray:
    """JPEG or WebP; both halve the resolution of colours, as nearly every camera does."""
    kind = ".webp" if rng.random() < 0.15 else ".jpg"
    flag = cv2.IMWRITE_WEBP_QUALITY if kind == ".webp" else cv2.IMWRITE_JPEG_QUALITY
    quality = int(rng.choice([rng.integers(88, 99), rng.integers(70, 90), rng.integers(45, 75)], p=[0.5, 0.3, 0.2]))
    _, code = cv2.imencode(kind, picture[..., ::-1], [flag, quality])
    return cv2.imdecode(code, cv2.IMREAD_COLOR)[..., ::-1]


def photographed(canvas: np.ndarray, scale: float, seed: int) -> np.ndarray:
    """One picture as some camera of that number takes it: uint8, of float [h, w, 3] in 0..1."""
    rng = np.random.default_rng(seed)
    canvas = canvas.astype(np.float32)
    if rng.random() < 0.25:
        canvas = shadow(canvas, rng).astype(np.float32)
    if rng.random() < 0.6:
        canvas = colour(canvas, rng)
    if rng.random() < 0.3:
        canvas = blurred(canvas, scale, rng)
    if rng.random() < 0.35:
        canvas = sharpened(canvas, scale, rng)
    if rng.random() < 0.4:
        grain = rng.standard_normal(canvas.shape, np.float32) * np.float32(rng.uniform(0.004, 0.04))
        canvas = canvas + (cv2.GaussianBlur(grain, (0, 0), 0.7) if rng.random() < 0.5 else grain)
    picture = np.round(np.clip(canvas, 0, 1) * 255).astype(np.uint8)
    return compressed(picture, rng) if rng.random() < 0.85 else picture
