"""What is before faces in an eye clinic: shields and pads with tape, tubes, chin rests, microphones, instruments."""

import cv2
import numpy as np

from rofi.front.occluders.canvas import SIZE, Layer, Rng, blank, blob, cloth, colour, fill, line, small, smooth_noise
from rofi.front.occluders.drawn import Drawn, of_layers

WHITE = np.float32([0.93, 0.91, 0.88])


def shield(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> Drawn:
    """A pad, a patch with its strap, or a clear or metal shield over an eye, held by tape."""
    eye = points[[33, 133] if rng.random() < 0.5 else [362, 263]].mean(0) + rng.normal(size=2) * 3
    size = rng.uniform(22, 42)
    pad, tape, strap = blank(), blank(), blank()
    turn = rng.normal() * 0.5
    t = np.linspace(0, 2 * np.pi, 48)
    ring = np.stack([np.cos(t), np.sin(t) * rng.uniform(0.65, 1)], -1)
    power = rng.uniform(0.6, 1.1)
    ring = np.sign(ring) * np.abs(ring) ** power * size
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    fill(pad, eye + ring @ spin)
    kind = rng.random()
    if kind < 0.65:
        angle = rng.uniform(-1.2, 1.2)
        for _ in range(int(rng.integers(1, 4))):
            step = np.array([np.cos(angle), np.sin(angle)]) * size * rng.uniform(1.1, 1.9)
            shift = np.array([-step[1], step[0]]) * rng.uniform(-0.5, 0.5)
            line(tape, np.stack([eye + shift - step, eye + shift + step]), rng.uniform(5, 13))
            angle += rng.normal() * 0.25
    else:
        angle = rng.uniform(-0.8, 0.8)
        step = np.array([np.cos(angle), np.sin(angle)]) * 220
        line(strap, np.stack([eye - step, eye + step + [0, rng.normal() * 20]]), rng.uniform(1.2, 6))
    alpha, taped, strapped = small(pad), small(tape), small(strap)
    rough = 1 + 0.06 * smooth_noise(rng, 90) + 0.05 * smooth_noise(rng, 8)
    layers: list[Layer] = []
    clear = 1.0
    if kind < 0.3:
        surface = WHITE * rng.uniform(0.8, 1.05) * rough[..., None]
    elif kind < 0.45:
        clear = rng.uniform(0.12, 0.45)
        surface = np.float32(rng.uniform(0.7, 1, 3)) * (1 + 0.2 * smooth_noise(rng, 12))[..., None]
    elif kind < 0.55:
        y, x = np.indices((SIZE, SIZE)) / rng.uniform(4, 7)
        holes = (np.hypot(x % 1 - 0.5, y % 1 - 0.5) < 0.28)[..., None]
        surface = np.where(holes, 0.25, np.float32([0.72, 0.72, 0.74])) * rough[..., None]
    else:
        surface = cloth(rng, other) if rng.random() < 0.5 else colour(rng) * rough[..., None]
    surface = np.broadcast_to(np.clip(surface, 0, 1), (SIZE, SIZE, 3)).astype(np.float32)
    dome = cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    surface = surface * (0.75 + 0.25 * np.clip(dome / (size * 0.4), 0, 1))[..., None]
    if strapped.any():
        layers.append((np.broadcast_to(colour(rng), (SIZE, SIZE, 3)), strapped))
    layers.append((surface.astype(np.float32), alpha * clear))
    if clear < 1:
        rim = alpha - small(cv2.erode(pad, np.ones((5, 5))))
        layers.append((np.ones((SIZE, SIZE, 3), np.float32) * rng.uniform(0.4, 1), rim * rng.uniform(0.4, 0.9)))
    tape_colour = np.clip(np.float32([0.93, 0.88, 0.8]) * rng.uniform(0.75, 1.05) * rough[..., None], 0, 1)
    layers.append((tape_colour.astype(np.float32), taped * rng.uniform(0.55, 0.95)))
    return Drawn(layers, np.maximum(np.maximum(alpha, taped), strapped))


def tube(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> Drawn:
    """An oxygen tube under the nose, or a feeding tube from it over a cheek, with tape."""
    plane, tape = blank(), blank()
    width = rng.uniform(1.6, 5.5)
    nose = points[2] + [0, rng.uniform(0, 5)]
    sides = (-1, 1) if rng.random() < 0.75 else (int(rng.choice([-1, 1])),)
    for side in sides:
        nostril = nose + np.array([side * 6, 0])
        cheek = points[205 if side < 0 else 425] + rng.normal(size=2) * 7
        ear = points[234 if side < 0 else 454] + [side * 8, rng.normal() * 10]
        u = np.linspace(0, 1, 16)[:, None]
        curve = (1 - u) ** 2 * nostril + 2 * u * (1 - u) * cheek + u**2 * ear
        line(plane, np.concatenate([[nose], curve] if len(sides) == 2 else [nostril[None] - [0, 3], curve]), width)
        if len(sides) == 2:
            line(plane, np.stack([nostril, nostril - [side, rng.uniform(3, 7)]]), width * 0.9)
        if rng.random() < 0.4:
            at = curve[int(rng.integers(4, 12))]
            turn = rng.uniform(0, np.pi)
            step = np.array([np.cos(turn), np.sin(turn)]) * rng.uniform(7, 15)
            line(tape, np.stack([at - step, at + step]), rng.uniform(6, 14))
    alpha, taped = small(plane), small(tape)
    base = rng.choice([0, 1, 2])
    tone = (np.float32([0.8, 0.88, 0.82]), np.float32([0.5, 0.8, 0.6]), colour(rng))[base]
    surface, opaque = _round(alpha, tone, rng), rng.uniform(0.35, 1)
    cover = np.clip(WHITE * rng.uniform(0.75, 1.05) * (1 + 0.05 * smooth_noise(rng, 60))[..., None], 0, 1)
    layers = [(surface, alpha * opaque), (cover.astype(np.float32), taped * rng.uniform(0.5, 0.95))]
    return Drawn(layers, np.maximum(alpha, taped))


def rest(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> Drawn:
    """A chin rest and the band before the forehead, or one of them, with the posts that hold them."""
    plane = blank()
    what = rng.random()
    tone = np.float32(rng.choice([[0.92, 0.92, 0.92], [0.15, 0.15, 0.17], [0.6, 0.62, 0.65]])) * rng.uniform(0.8, 1.05)
    if what < 0.75:
        chin = points[152] + [rng.normal() * 4, -rng.uniform(-3, 18)]
        u = np.linspace(-1, 1, 20)
        half, dip = rng.uniform(28, 80), rng.uniform(-4, 14)
        top = np.stack([chin[0] + u * half, chin[1] - dip * u**2], -1)
        fill(plane, np.concatenate([top, (top + np.array([0, rng.uniform(10, 90)]))[::-1]]))
    if what > 0.5:
        level = points[10, 1] + rng.uniform(-4, 28)
        x = np.linspace(-10, 266, 16)
        band = np.stack([x, level + rng.uniform(-8, 8) * ((x - 128) / 90) ** 2], -1)
        fill(plane, np.concatenate([band, (band - [0, rng.uniform(8, 30)])[::-1]]))
    if rng.random() < 0.5:
        for x in (rng.uniform(10, 55), rng.uniform(200, 246)):
            line(plane, np.array([[x, -10], [x + rng.normal() * 4, 266]]), rng.uniform(5, 18))
    alpha = small(plane)
    return of_layers([(_round(alpha, tone, rng), alpha)])


def held_near(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> Drawn:
    """A microphone, a headset's arm, a pen, a spoon, a paddle over an eye, a telephone, a cup."""
    plane, head = blank(), blank()
    kind = rng.random()
    at = points[[13, 17, 152, 61, 291][int(rng.integers(5))]] + rng.normal(size=2) * 12
    if kind < 0.3:
        size = rng.uniform(10, 26)
        way = np.array([rng.normal() * 0.7, 1])
        fill(head, blob(rng, at, size, rough=0.02))
        line(plane, np.stack([at, at + way / np.linalg.norm(way) * 240]), size * rng.uniform(0.7, 1.5))
    elif kind < 0.5:
        side = int(rng.choice([234, 454]))
        u = np.linspace(0, 1, 14)[:, None]
        middle = points[205 if side == 234 else 425] + [(128 - points[side, 0]) * -0.2, 20]
        line(plane, (1 - u) ** 2 * points[side] + 2 * u * (1 - u) * middle + u**2 * at, rng.uniform(1, 4))
        fill(head, blob(rng, at, rng.uniform(3, 9), rough=0.1))
    elif kind < 0.7:
        eye = points[[33, 133] if rng.random() < 0.5 else [362, 263]].mean(0) + rng.normal(size=2) * 4
        fill(head, blob(rng, eye, rng.uniform(18, 34), rough=0.02))
        way = np.array([np.sign(eye[0] - 128) * rng.uniform(-0.2, 1), rng.uniform(0.2, 1)])
        line(plane, np.stack([eye, eye + way * 200]), rng.uniform(5, 12))
    elif kind < 0.85:
        turn = rng.uniform(0, 2 * np.pi)
        tip = points[int(rng.integers(468))]
        line(plane, np.stack([tip, tip + np.array([np.cos(turn), np.sin(turn)]) * 240]), rng.uniform(2, 8))
    else:
        half = rng.uniform(18, 48, 2)
        centre = points[int(rng.choice([0, 152, 234, 454, 205, 425]))] + rng.normal(size=2) * 20
        turn = rng.normal() * 0.3
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        fill(head, centre + np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half @ spin)
    stick, top = small(plane), small(head)
    mesh = 1 - rng.uniform(0, 0.5) * (np.indices((SIZE, SIZE)).sum(0) % 4 < 2)
    top_surface = np.clip(_round(top, colour(rng), rng) * mesh[..., None], 0, 1) if kind < 0.5 else cloth(rng, other)
    return of_layers([(_round(stick, colour(rng), rng), stick), (top_surface.astype(np.float32), top)])


def _round(alpha: np.ndarray, tone: np.ndarray, rng: Rng) -> np.ndarray:
    """A round surface of one colour with a light on it."""
    depth = cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    reach = min(depth.max(), 20) + 1e-3
    near = np.clip(depth / reach, 0, 1)
    shade = rng.uniform(0.5, 0.9) + (1 - rng.uniform(0.4, 0.8)) * near ** rng.uniform(0.4, 1.2)
    shine = np.clip(near - 0.7, 0, 1) * rng.uniform(0, 2) * (1 + smooth_noise(rng, 12)).clip(0, 2)
    surface = tone * shade[..., None]
    return np.clip(surface + shine[..., None] * (1 - surface), 0, 1).astype(np.float32)
