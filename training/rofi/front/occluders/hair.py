"""Hair in front of a face."""

import numpy as np

from rofi.front.occluders.canvas import BROWS, Layer, Rng, blank, line, small, smooth_noise
from rofi.geometry import OVAL

HAIR = np.float32(
    [[0.07, 0.06, 0.05], [0.12, 0.09, 0.07], [0.24, 0.16, 0.1], [0.38, 0.25, 0.15], [0.6, 0.47, 0.3], [0.75, 0.7, 0.65],
     [0.42, 0.2, 0.1], [0.35, 0.3, 0.6], [0.8, 0.3, 0.25]]
)  # fmt: skip


def strands(rng: Rng, roots: np.ndarray, ends: np.ndarray, count: int) -> Layer:
    """A lock of hair: so many strands from between two root points to between two end points."""
    mass, tones = blank(), blank()
    bend = rng.normal(size=2) * 18
    width = rng.uniform(0.5, 2.2)
    loose = rng.uniform(0.5, 10)
    for _ in range(count):
        s = rng.random()
        root = roots[0] + s * (roots[1] - roots[0]) + rng.normal(size=2) * 3
        s = np.clip(s + rng.normal() * 0.12, 0, 1)
        end = ends[0] + s * (ends[1] - ends[0]) + rng.normal(size=2) * loose
        end = root + (end - root) * rng.uniform(0.6, 1.08)
        u = np.linspace(0, 1, 9)[:, None]
        curve = root + (end - root) * u + 4 * u * (1 - u) * (bend + rng.normal(size=2) * loose * 0.5)
        line(mass, curve, width)
        line(tones, curve, width, value=int(rng.integers(60, 256)))
    alpha, tone = small(mass), small(tones)
    base = HAIR[rng.integers(len(HAIR))] * rng.uniform(0.6, 1.3)
    shade = (0.6 + 0.8 * tone / np.maximum(alpha, 0.05)) * (1 + 0.25 * smooth_noise(rng, 5))
    return np.clip(base * shade[..., None], 0, 1).astype(np.float32), alpha


def hair(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A fringe, locks at the side, wisps across the face."""
    top = points[10]
    brow = points[list(BROWS)].mean(0)
    edge = points[list(OVAL)]
    left, right = edge[:, 0].min(), edge[:, 0].max()
    layers = []
    kind = rng.random()
    if kind < 0.6:
        from_x, to_x = np.sort(rng.uniform(left, right, 2)) if rng.random() < 0.5 else (left, right)
        above = top[1] - rng.uniform(5, 30)
        reach = top[1] + (brow[1] - top[1]) * rng.uniform(0.2, 1.35)
        lean = rng.normal() * 25
        roots = np.array([[from_x, above], [to_x, above]])
        ends = np.array([[from_x + lean, reach + rng.normal() * 10], [to_x + lean, reach + rng.normal() * 10]])
        layers.append(strands(rng, roots, ends, int(rng.integers(12, 260))))
    if kind > 0.45:
        for side in (-1, 1):
            if rng.random() < 0.6:
                x = left if side < 0 else right
                inwards = -side * rng.uniform(-4, 28)
                roots = np.array([[x - side * 45, top[1] - 10], [x + side * 15, top[1] - 15]])
                ends = np.array([[x + inwards, 245], [x + side * 25, 250]])
                layers.append(strands(rng, roots, ends, int(rng.integers(20, 160))))
    if kind > 0.85 or not layers:
        start, end = rng.uniform([left, 20], [right, 120]), rng.uniform([left, 100], [right, 250])
        spread = rng.uniform(1, 14)
        roots, ends = start + np.array([[0, 0], [spread, 0]]), end + np.array([[0, 0], [spread, 4]])
        layers.append(strands(rng, roots, ends, int(rng.integers(2, 30))))
    return layers
