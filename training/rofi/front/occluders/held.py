"""Hands, bars and other things held or standing before a face."""

import cv2
import numpy as np

from rofi.front.occluders.canvas import SIZE, Layer, Rng, blank, blob, cloth, colour, fill, line, small, smooth_noise
from rofi.geometry import OVAL


def skin_of(face: np.ndarray, points: np.ndarray, rng: Rng) -> np.ndarray:
    """The colour of the face's cheeks, a little other."""
    x, y = points[205 if rng.random() < 0.5 else 425].astype(int).clip(6, SIZE - 7)
    tone = face[y - 5 : y + 6, x - 5 : x + 6].mean((0, 1))
    return np.clip(tone * rng.uniform(0.75, 1.2) * rng.uniform(0.93, 1.07, 3), 0.02, 1).astype(np.float32)


def hand(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A palm and fingers of about the face's own skin, from the side or from below."""
    edge = points[list(OVAL)]
    angle = rng.uniform(-0.2, np.pi + 0.2) if rng.random() < 0.85 else rng.uniform(0, 2 * np.pi)
    centre = edge.mean(0)
    outwards = np.array([np.cos(angle), np.sin(angle)])
    palm = centre + outwards * rng.uniform(60, 115)
    size = rng.uniform(20, 42)
    heading = np.arctan2(*(centre + rng.normal(size=2) * 25 - palm)[::-1])
    tone = skin_of(face, points, rng) if rng.random() < 0.85 else colour(rng)
    layers = []

    def limb(path: np.ndarray, width: float) -> None:
        canvas = blank()
        line(canvas, path, width)
        alpha = small(canvas)
        depth = cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
        round_ = np.clip(depth / (width * 0.5), 0, 1) ** 0.5
        shade = rng.uniform(0.45, 0.7) + (1 - 0.55) * round_
        shade = shade * (1 + rng.uniform(0, 0.08) * smooth_noise(rng, 20))
        surface = tone * shade[..., None] * np.float32([1, 0.97 + 0.03 * rng.random(), 0.97])
        layers.append((np.clip(surface, 0, 1).astype(np.float32), alpha))

    limb(np.stack([palm + outwards * 90, palm]), size * rng.uniform(1.2, 1.9))
    fingers = int(rng.integers(1, 6))
    thick = size * rng.uniform(0.28, 0.5)
    for finger in range(fingers):
        turn = heading + (finger - (fingers - 1) / 2) * rng.uniform(0.08, 0.3) + rng.normal() * 0.08
        step = np.array([np.cos(turn), np.sin(turn)])
        across = np.array([-step[1], step[0]]) * (finger - (fingers - 1) / 2) * thick * 0.9
        knee = palm + across + step * size * rng.uniform(0.7, 1.2)
        tip_turn = turn + rng.normal() * 0.4
        tip = knee + np.array([np.cos(tip_turn), np.sin(tip_turn)]) * size * rng.uniform(0.4, 1.3)
        limb(np.stack([palm + across * 0.8, knee, tip]), thick * rng.uniform(0.85, 1.1))
    return layers


def bar(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """Tubes, bars, a chin rest, a cord, a cup, a microphone, a telephone."""
    canvas = blank()
    kind = rng.random()
    if kind < 0.35:
        start, end = rng.uniform(-30, 286, 2), rng.uniform(-30, 286, 2)
        if np.linalg.norm(end - start) < 90:
            end = start + np.array([200, rng.normal() * 60])
        u = np.linspace(0, 1, 14)[:, None]
        curve = start + (end - start) * u + 4 * u * (1 - u) * rng.normal(size=2) * 40
        line(canvas, curve, rng.uniform(1.5, 20))
    elif kind < 0.55:
        y = points[152, 1] + rng.uniform(-25, 12) if rng.random() < 0.6 else points[10, 1] + rng.uniform(-5, 25)
        thick, sag = rng.uniform(6, 40), rng.normal() * 8
        x = np.linspace(-10, 266, 12)
        curve = np.stack([x, y + sag * ((x - 128) / 90) ** 2], -1)
        fill(canvas, np.concatenate([curve, (curve + np.array([0, thick]))[::-1]]))
    elif kind < 0.8:
        at = points[[13, 152, 4, 61, 291][int(rng.integers(5))]] + rng.normal(size=2) * 14
        size = rng.uniform(8, 32)
        fill(canvas, blob(rng, at, size, rough=0.06))
        turn = rng.uniform(0, np.pi)
        line(canvas, np.stack([at, at + np.array([np.cos(turn), np.sin(turn)]) * 200]), size * rng.uniform(0.3, 1.4))
    else:
        centre, half, turn = rng.uniform(30, 226, 2), rng.uniform(15, 60, 2), rng.normal() * 0.4
        box = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        fill(canvas, centre + box @ spin)
    alpha = small(canvas)
    surface = cloth(rng, other)
    depth = cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    shade = 0.55 + 0.6 * (depth / (depth.max() + 1e-3)) ** 0.7 if rng.random() < 0.6 else np.ones_like(depth)
    return [(np.clip(surface * shade[..., None], 0, 1).astype(np.float32), alpha)]


def anything(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A round thing with any surface, anywhere."""
    canvas = blank()
    centre = rng.uniform(30, 226, 2) if rng.random() < 0.5 else points[OVAL[int(rng.integers(len(OVAL)))]]
    fill(canvas, blob(rng, centre, rng.uniform(12, 70)))
    return [(cloth(rng, other), small(canvas))]
