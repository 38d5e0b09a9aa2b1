"""Hands: round fingers with nails and creases, in the light, before cheek, mouth, brow or at a lid."""

import cv2
import numpy as np

from rofi.front.occluders.canvas import SIZE, Layer, Rng, blank, blob, colour, fill, line, small, smooth_noise
from rofi.front.occluders.drawn import Drawn, of_layers
from rofi.front.occluders.held import skin_of

# Where fingers reach: lids, lips, cheeks, chin, nose, brow, temples.
LIDS = (145, 374, 159, 386, 33, 263, 130, 359)
PLACES = (0, 17, 13, 205, 425, 152, 148, 377, 4, 9, 151, 105, 334, 127, 356, 234, 454, 172, 397)
GLOVES = np.float32([[0.35, 0.5, 0.8], [0.85, 0.87, 0.88], [0.1, 0.1, 0.12], [0.5, 0.75, 0.7], [0.55, 0.4, 0.75]])


def fingers(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> Drawn:
    """A hand that reaches for some place in the face; now and then fingers that hold a lid."""
    at_lid = rng.random() < 0.3
    places = LIDS if at_lid else PLACES
    target = points[places[int(rng.integers(len(places)))]] + rng.normal(size=2) * (5 if at_lid else 16)
    if at_lid:
        target = target + np.array([0, rng.choice([-1, 1]) * rng.uniform(6, 18)])
    away = target - points[4] + rng.normal(size=2) * 30 + np.array([0, 25.0])
    angle = np.arctan2(away[1], away[0]) + rng.normal() * 0.35
    out = np.array([np.cos(angle), np.sin(angle)])
    thick = rng.uniform(10, 27) if not at_lid else rng.uniform(10, 20)
    count = int(rng.integers(1, 3)) if at_lid else int(rng.integers(1, 6))
    length = thick * rng.uniform(2.5, 5)
    tone, detail = _skin(face, points, other, rng)
    light = rng.normal(size=2)
    light = np.array([*(light / np.linalg.norm(light)) * rng.uniform(0.2, 0.8), 0.7])
    across = np.array([-out[1], out[0]])
    layers: list[Layer] = []
    palm = target + out * (length + thick * 1.5)
    wide = thick * max(count, 2) * 0.55
    shape = np.concatenate([blob(rng, palm + out * wide * 0.4, wide * 1.3, rough=0.08)])
    if rng.random() < 0.85:
        plane = blank()
        fill(plane, shape)
        line(plane, np.stack([palm + out * wide * 0.3, palm + out * 220]), wide * rng.uniform(1.1, 1.6))
        layers.append(_shaded(small(plane), tone, detail, light, rng))
    spread = rng.uniform(0, 0.16)
    order = rng.permutation(count) if rng.random() < 0.5 else np.arange(count)
    for finger in order:
        place = finger - (count - 1) / 2
        turn = angle + np.pi + place * spread + rng.normal() * 0.05
        step = np.array([np.cos(turn), np.sin(turn)])
        root = palm + across * place * thick * rng.uniform(0.9, 1.05)
        size = length * rng.uniform(0.75, 1.05) * (1 - 0.08 * abs(place))
        bend = turn + rng.normal() * 0.25
        joint = root + step * (size * 0.55 + thick)
        tip = joint + np.array([np.cos(bend), np.sin(bend)]) * size * 0.5
        layers += _finger(np.stack([root, joint, tip]), thick * rng.uniform(0.85, 1.05), tone, detail, light, rng)
    if count > 2 and rng.random() < 0.4:
        side = rng.choice([-1, 1])
        root = palm + across * side * wide * 0.8
        turn = angle + np.pi - side * rng.uniform(0.3, 1)
        step = np.array([np.cos(turn), np.sin(turn)])
        path = np.stack([root, root + step * length * 0.6, root + step * length])
        layers += _finger(path, thick * 1.15, tone, detail, light, rng)
    return of_layers(layers)


def _skin(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """A colour [3], and how it varies, about 1, [256, 256, 1 or 3], out of a photo's own cheek or drawn."""
    kind = rng.random()
    tone = skin_of(face, points, rng) if kind < 0.72 else skin_of(other, points, rng)
    if kind > 0.9:
        tone = GLOVES[rng.integers(len(GLOVES))] if rng.random() < 0.7 else colour(rng)
    source = face if rng.random() < 0.6 else other
    x, y = (points[int(rng.choice([205, 425, 151]))] + rng.normal(size=2) * 4).astype(int).clip(22, SIZE - 23)
    patch = source[y - 20 : y + 20, x - 20 : x + 20]
    patch = patch / (cv2.GaussianBlur(patch, (0, 0), 8) + 0.02)
    tile = np.concatenate(
        [np.concatenate([patch, patch[:, ::-1]], 1), np.concatenate([patch[::-1], patch[::-1, ::-1]], 1)]
    )
    detail = np.tile(tile, (4, 4, 1))[:SIZE, :SIZE]
    tint = 1 + np.float32([0.03, 0.06, 0.06]) * smooth_noise(rng, 7)[..., None] * rng.uniform(0.3, 1)
    return tone, (np.clip(detail, 0.7, 1.3) * tint).astype(np.float32)


def _finger(
    path: np.ndarray, thick: float, tone: np.ndarray, detail: np.ndarray, light: np.ndarray, rng: Rng
) -> list[Layer]:
    """One finger along root, joint and tip."""
    plane = blank()
    u = np.linspace(0, 1, 14)[:, None]
    curve = (1 - u) ** 2 * path[0] + 2 * u * (1 - u) * path[1] + u**2 * path[2]
    for i in range(len(curve) - 1):
        line(plane, curve[i : i + 2], thick * (1.08 - 0.25 * i / len(curve)))
    surface, alpha = _shaded(small(plane), tone, detail, light, rng)
    way = (curve[-1] - curve[-3]) / (np.linalg.norm(curve[-1] - curve[-3]) + 1e-6)
    across = np.array([-way[1], way[0]])
    creases = blank()
    for at in (4, 9):
        for _ in range(int(rng.integers(0, 3))):
            place = curve[at] + way * rng.normal() * 1.5
            line(creases, np.stack([place - across * thick * 0.32, place + across * thick * 0.32]), 0.6)
    surface = surface * (1 - rng.uniform(0.05, 0.25) * small(creases))[..., None]
    if rng.random() < 0.6:
        nail = blank()
        centre = curve[-1] - way * thick * 0.02
        t = np.linspace(0, 2 * np.pi, 24)
        ring = centre + np.cos(t)[:, None] * way * thick * 0.34 + np.sin(t)[:, None] * across * thick * 0.26
        fill(nail, ring)
        paint = tone * [1.08, 1.0, 1.02] if rng.random() < 0.75 else colour(rng)
        gloss = 1 + 0.25 * np.clip(smooth_noise(rng, 30), 0, 2)
        cover = (cv2.GaussianBlur(small(nail), (0, 0), 0.5) * rng.uniform(0.4, 0.95))[..., None]
        surface = surface + cover * (np.clip(paint * gloss[..., None], 0, 1) - surface)
    return [(surface.astype(np.float32), alpha)]


def _shaded(alpha: np.ndarray, tone: np.ndarray, detail: np.ndarray, light: np.ndarray, rng: Rng) -> Layer:
    """A round body in the light."""
    depth = cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
    reach = min(depth.max(), 24) + 1e-3
    near = np.clip(depth / reach, 0, 1)
    height = cv2.GaussianBlur(np.sqrt(1 - (1 - near) ** 2) * reach, (0, 0), 1.2)
    slope_x, slope_y = (cv2.Sobel(height, cv2.CV_32F, *way, ksize=3) / 8 for way in ((1, 0), (0, 1)))
    lit = (-slope_x * light[0] - slope_y * light[1] + light[2]) / np.sqrt(slope_x**2 + slope_y**2 + 1)
    shade = rng.uniform(0.4, 0.7) + rng.uniform(0.5, 0.8) * np.clip(lit, 0, 1.2)
    rim = 1 - rng.uniform(0.1, 0.4) * np.exp(-depth / 1.5)
    warm = 1 - np.float32([0, 0.06, 0.08]) * (1 - np.clip(shade, 0, 1))[..., None]
    return np.clip(tone * warm * detail * (shade * rim)[..., None], 0, 1).astype(np.float32), alpha
