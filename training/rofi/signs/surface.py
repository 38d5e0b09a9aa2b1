"""Signs of conjunctiva and cornea: redness, pigment, pterygium, leukoma.

Each function takes the eye's region (float [80, 112, 3], 0..1) and returns it drawn upon with the sign's
mask (float [80, 112], 0..1).
"""

import numpy as np

from .eye import Eye, smoothstep
from .texture import Rng, blob, local_white, noise, paint, strokes, tint, vessel

Drawn = tuple[np.ndarray, np.ndarray]


def redness(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """Hyperaemia: pink to red sclera with dilated vessels, diffuse or in a sector; sometimes a bleeding."""
    x, y = eye.grid
    grade = rng.uniform(0.4, 1.0)
    white = local_white(image, eye)
    spread = np.ones_like(x)
    if rng.random() < 0.3:
        side = rng.choice([-1, 1])
        spread = smoothstep(0.5 + side * (x - eye.iris[0]) / eye.radius)
    mask = eye.sclera * spread
    alpha = np.clip(mask * grade * (0.8 + 0.2 * noise(x.shape, 5, rng)), 0, 1)
    if rng.random() < 0.2:
        beside = rng.choice([-1, 1]) * rng.uniform(1.2, 1.6) * eye.radius
        centre = (eye.iris[0] + beside, eye.iris[1] + rng.normal())
        patch = blob(eye, centre, (rng.uniform(4, 8), rng.uniform(3, 6)), rng, rough=0.2) * eye.sclera
        blood = np.array([0.72, 0.1, 0.08]) * white.mean() * rng.uniform(0.7, 1.0)
        drawn = paint(tint(image, 0.3 * alpha, (1.02, 0.6, 0.58)), patch * rng.uniform(0.7, 0.95), blood)
        return drawn, np.maximum(patch, 0.0)
    drawn = tint(image, alpha, (1.04, rng.uniform(0.5, 0.66), rng.uniform(0.48, 0.64)))
    lines = []
    for _ in range(int(6 + 14 * grade)):
        direction = rng.choice([-1, 1])
        start = eye.iris + np.array([direction * eye.width * 0.5, rng.normal() * eye.height * 0.35])
        turn = rng.normal() * 0.5
        rim = eye.radius * rng.uniform(1.0, 1.4)
        end = eye.iris + rim * np.array([direction * np.cos(turn), np.sin(turn)])
        lines.append(vessel(start, end, rng))
    vessels = strokes(eye, lines, rng.uniform(0.3, 0.6)) * mask
    drawn = paint(drawn, vessels * rng.uniform(0.5, 0.85) * grade, np.array([0.7, 0.13, 0.12]) * white.mean())
    between = np.minimum(eye.along, 1 - eye.along) > 0
    rims = np.exp(-0.5 * ((y - eye.lower_margin) / 1.3) ** 2) * between
    drawn = tint(drawn, 0.5 * grade * rims, (1.03, 0.72, 0.72))
    if rng.random() < 0.3:
        drawn = _weeping(drawn, eye, rng)
    return drawn, mask


def _weeping(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """Allergy or a virus: pink lids, tears that gleam along the lower one."""
    y = eye.grid[1]
    apart = np.minimum(np.abs(y - eye.upper_margin), np.abs(y - eye.lower_margin))
    near = np.exp(-0.5 * (apart / rng.uniform(2, 5)) ** 2) * (1 - eye.opening(-0.5)) * eye.lid_profile(0.3)
    image = tint(image, near * rng.uniform(0.2, 0.7), (1.04, 0.8, 0.79))
    tears = np.exp(-0.5 * ((y - eye.lower_margin + 0.7) / 0.6) ** 2) * eye.opening(-0.5)
    tears = tears * smoothstep(noise(y.shape, 4, rng) + 0.3)
    return paint(image, tears * rng.uniform(0.2, 0.7), np.clip(local_white(image, eye) * 1.2, 0, 1))


def pigment(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """Conjunctival melanoma: a brown to black, patchy spot on the white, often touching the limbus."""
    direction = rng.choice([-1, 1])
    turn = rng.normal() * 0.35
    size = rng.uniform(2.4, 5.0)
    distance = eye.radius + rng.uniform(0.5, 1.0) * size + rng.uniform(0, 1.5)
    centre = eye.iris + distance * np.array([direction * np.cos(turn), np.sin(turn)])
    patch = blob(eye, centre, (size, size * rng.uniform(0.6, 1.0)), rng, angle=turn, rough=0.2)
    for _ in range(rng.integers(0, 4)):
        place = centre + rng.normal(size=2) * (size + 1.5)
        patch = np.maximum(patch, blob(eye, place, (rng.uniform(0.7, 1.4),) * 2, rng, edge=1.0) * 0.85)
    visible = eye.opening() * (1 - 0.6 * eye.disc(eye.radius - 0.8))
    mask = patch * visible
    brown = np.array([0.36, 0.21, 0.13]) * rng.uniform(0.2, 0.8) * (0.4 + local_white(image, eye).mean())
    mottled = brown * (1 + 0.22 * noise(patch.shape, 2.5, rng))[..., None]
    feeders = [
        vessel(centre + np.array([direction * eye.width * 0.35, rng.normal() * 3]), centre, rng)
        for _ in range(rng.integers(0, 5))
    ]
    drawn = paint(image, strokes(eye, feeders, 0.4) * eye.sclera * 0.6, np.array([0.65, 0.15, 0.13]))
    return paint(drawn, mask * rng.uniform(0.85, 0.98), np.clip(mottled, 0, 1)), mask


def pterygium(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """A fleshy wing with vessels, mostly from the nasal corner, its whitish head beyond the limbus."""
    x, y = eye.grid
    nasal = rng.random() < 0.85
    corner = eye.inner if nasal else eye.outer
    away = np.sign(eye.iris[0] - corner[0])
    base = corner + np.array([away * eye.width * 0.06, 0])
    reach = rng.uniform(-0.1, 0.75)
    head = eye.iris + np.array([-away * eye.radius * (1 - reach), rng.normal() * 0.8])
    t = (x - base[0]) / (head[0] - base[0])
    middle = base[1] + (head[1] - base[1]) * t
    half = eye.height * (rng.uniform(0.38, 0.55) * (1 - t) + rng.uniform(0.12, 0.22))
    half = half * (1 + 0.1 * noise(x.shape, 4, rng))
    body = smoothstep((half - np.abs(y - middle)) / 1.4 + 0.5)
    length = abs(head[0] - base[0])
    body *= smoothstep((1 - t) * length / 1.5 + 0.5) * smoothstep(t * length / 2 + 0.5)
    mask = body * eye.opening(0.3)
    white = local_white(image, eye)
    flesh = white * np.array([rng.uniform(0.92, 1.02), rng.uniform(0.6, 0.78), rng.uniform(0.56, 0.72)])
    flesh = flesh * (1 + 0.07 * noise(x.shape, 2, rng))[..., None]
    drawn = paint(image, mask * rng.uniform(0.7, 0.92), np.clip(flesh, 0, 1))
    lines = []
    for _ in range(rng.integers(5, 11)):
        spread = np.array([0, rng.normal() * eye.height * 0.3])
        lines.append(vessel(base + spread, head + spread * 0.35, rng, wander=0.06))
    vessels = strokes(eye, lines, rng.uniform(0.3, 0.55)) * mask
    drawn = paint(drawn, vessels * rng.uniform(0.4, 0.75), np.array([0.72, 0.16, 0.14]) * white.mean())
    cap = blob(eye, head - np.array([away * 0.8, 0]), (1.8, eye.height * 0.2), rng, edge=1.6) * mask
    return paint(drawn, cap * rng.uniform(0.2, 0.7), white * np.array([0.9, 0.88, 0.86])), mask


def leukoma(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """A grey-white scar of the cornea that hides part of the iris or the pupil."""
    size = eye.radius * rng.uniform(0.32, 0.95)
    spare = eye.radius - size * 0.8
    centre = eye.iris + rng.uniform(-1, 1, 2) * max(spare, 0.5) * np.array([1, 0.6])
    shape = blob(eye, centre, (size, size * rng.uniform(0.65, 1)), rng, angle=rng.uniform(0, 3), rough=0.14, edge=2.4)
    mask = shape * eye.disc(eye.radius + 0.5) * eye.opening(0.3)
    white = local_white(image, eye) * rng.uniform(0.72, 1.0)
    scar = white * np.array([rng.uniform(0.9, 0.97), 0.97, rng.uniform(0.95, 1.02)])
    scar = scar * (1 + 0.08 * noise(mask.shape, 3, rng))[..., None]
    density = rng.uniform(0.6, 0.95) * (1 + 0.15 * noise(mask.shape, 4, rng))
    drawn = paint(image, np.clip(mask * density, 0, 1), np.clip(scar, 0, 1))
    if rng.random() < 0.25:
        rim = eye.iris + eye.radius * 1.2 * np.array([rng.choice([-1, 1]), rng.normal() * 0.3])
        vessels = strokes(eye, [vessel(rim, centre, rng) for _ in range(3)], 0.35) * eye.opening()
        drawn = paint(drawn, vessels * 0.5, np.array([0.68, 0.2, 0.18]))
    return np.maximum(drawn, image * mask[..., None] * 0.95), mask
