"""Harmless variation, so that "anything unusual" is not the answer: on the face, and by the camera."""

import cv2
import numpy as np

from .eye import SIZE, Eye, eyes, smoothstep
from .position import lower_lid_over, sample, shift_gaze
from .texture import Rng, blob, local_white, noise, paint, strokes, tint


def eye_shadow(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """Colour on the upper lid, from the margin towards the brow."""
    y = eye.grid[1]
    reach = rng.uniform(4, 11)
    above = eye.upper_margin - y
    alpha = smoothstep(above / 1.5 + 0.5) * smoothstep((reach - above) / (reach * 0.7))
    alpha = alpha * np.clip(np.minimum(eye.along + 0.15, 1.2 - eye.along) * 5, 0, 1)
    gains = rng.uniform(0.35, 1.0, 3)
    return tint(image, alpha * rng.uniform(0.3, 0.9), gains / max(gains.max(), 0.75))


def eye_liner(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """A dark line along the lids, and lashes."""
    columns = eye.grid[0][0]
    inside = (eye.along > -0.02) & (eye.along < rng.uniform(1.0, 1.12))
    upper = np.stack([columns, eye.upper_margin - 0.5], -1)[inside]
    lines = [upper]
    if rng.random() < 0.4:
        lines.append(np.stack([columns, eye.lower_margin + 0.8], -1)[inside])
    alpha = strokes(eye, lines, rng.uniform(0.6, 2.2))
    lashes = []
    for _ in range(rng.integers(0, 16)):
        place = upper[rng.integers(len(upper))] if len(upper) else eye.outer
        lean = (place[0] - eye.iris[0]) * 0.15 + rng.normal() * 0.6
        lashes.append(np.array([place, place + np.array([lean, -rng.uniform(2.5, 5)])]))
    alpha = np.maximum(alpha, 0.8 * strokes(eye, lashes, 0.4))
    return paint(image, alpha * rng.uniform(0.5, 0.95), np.array([0.1, 0.07, 0.07]) * rng.uniform(0.5, 2))


def catchlight(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """Reflections of lamps and windows on the cornea."""
    spots = np.zeros(image.shape[:2], np.float32)
    for _ in range(rng.integers(1, 3)):
        place = eye.iris + rng.uniform(-0.6, 0.6, 2) * eye.radius
        size = rng.uniform(0.6, 1.5)
        spots = np.maximum(spots, blob(eye, place, (size, size * rng.uniform(0.7, 1.6)), rng, edge=1.0))
    light = np.clip(local_white(image, eye) * 1.15, 0, 1)
    return paint(image, spots * eye.opening() * rng.uniform(0.5, 1), light)


def freckles(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """Small flat brown dots on the skin, and the shade under tired eyes."""
    dots = np.zeros(image.shape[:2], np.float32)
    for _ in range(rng.integers(1, 9)):
        x = rng.uniform(eye.grid[0].min(), eye.grid[0].max())
        place = (x, eye.iris[1] + rng.choice([-1, 1]) * rng.uniform(14, 34))
        size = rng.uniform(0.5, 1.2)
        dots = np.maximum(dots, blob(eye, place, (size, size), rng, edge=1.2))
    tired = np.exp(-0.5 * ((eye.grid[1] - eye.lower_margin - 7) / 3.5) ** 2) * eye.lid_profile()
    image = tint(image, tired * rng.uniform(0, 0.5), (0.84, 0.76, 0.8))
    return tint(image, dots * (1 - eye.opening(0)) * rng.uniform(0.4, 0.9), (0.6, 0.45, 0.38))


def natural_lids(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """The lid a little lower, the gaze a little aside: within what healthy eyes do."""
    drop = (eye.lower_margin - eye.upper_margin) * rng.uniform(0.02, 0.13) * eye.lid_profile()
    image = lower_lid_over(image, eye, np.clip(drop, 0, None))[0]
    return shift_gaze(image, eye, rng.uniform(-1.2, 1.2), rng.normal() * 0.3)[0]


def still_skin(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """The skin resampled under a slight smooth warp, as drawn position signs resample it."""
    shape = image.shape[:2]
    dx, dy = (rng.uniform(0.2, 0.8) * noise(shape, 16, rng) for _ in range(2))
    return sample(image, eye, dx, dy)


def closed(image: np.ndarray, eye: Eye) -> np.ndarray:
    """The lids shut, as in a blink."""
    drop = (eye.lower_margin - eye.upper_margin) * eye.lid_profile(0.3)
    return lower_lid_over(image, eye, np.clip(drop, 0, None))[0]


def vary_face(image: np.ndarray, landmarks: np.ndarray, rng: Rng) -> np.ndarray:
    """Make-up, lights in the eye, freckles, natural lids and gaze. image and result: uint8 [256, 256, 3]."""
    canvas = image.astype(np.float32) / 255
    chances = ((eye_shadow, 0.15), (eye_liner, 0.2), (catchlight, 0.2), (freckles, 0.2), (natural_lids, 0.2))
    chosen = [change for change, chance in (*chances, (still_skin, 0.15)) if rng.random() < chance]
    for eye in eyes(landmarks):
        for change in chosen:
            canvas[eye.window] = change(canvas[eye.window], eye, rng)
    return np.round(np.clip(canvas, 0, 1) * 255).astype(np.uint8)


def close_eyes(image: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """Both eyes shut. image: uint8 [256, 256, 3], as the result."""
    canvas = image.astype(np.float32) / 255
    for eye in eyes(landmarks):
        canvas[eye.window] = closed(canvas[eye.window], eye)
    return np.round(np.clip(canvas, 0, 1) * 255).astype(np.uint8)


def glasses(canvas: np.ndarray, landmarks: np.ndarray, rng: Rng) -> np.ndarray:
    """Drawn spectacles over both eyes: frame, bridge, temples, now and then a tint or a glare."""
    right, left = eyes(landmarks)
    scale = 4
    layer = np.zeros((SIZE * scale, SIZE * scale), np.uint8)
    lens = np.zeros_like(layer)
    half_width, half_height = rng.uniform(25, 33), rng.uniform(16, 26)
    roundness = rng.uniform(2, 6)
    thickness = round(rng.uniform(0.8, 3.6) * scale)
    t = np.linspace(0, 2 * np.pi, 80)
    circle = np.stack([np.cos(t), np.sin(t)], -1)
    shape = np.sign(circle) * np.abs(circle) ** (2 / roundness) * [half_width, half_height]
    drop = rng.uniform(0, 5)
    for eye in (right, left):
        centre = (eye.inner + eye.outer) / 2 + [eye.toward_temple * rng.uniform(0, 2), drop]
        outline = np.round((centre + shape) * scale).astype(np.int32)
        cv2.polylines(layer, [outline], True, 255, thickness, cv2.LINE_AA)
        cv2.fillPoly(lens, [outline], 255)
        hinge = centre + np.array([eye.toward_temple * half_width, -half_height * 0.3])
        end = hinge + np.array([eye.toward_temple * 40, rng.uniform(-2, 4)])
        ends = [tuple(int(v) for v in np.round(p * scale)) for p in (hinge, end)]
        cv2.line(layer, ends[0], ends[1], 255, thickness, cv2.LINE_AA)
    bridge = [
        (eye.inner + eye.outer) / 2 + [-eye.toward_temple * (half_width - 1), drop - half_height * 0.3]
        for eye in (right, left)
    ]
    cv2.line(layer, *[tuple(int(v) for v in p * scale) for p in bridge], 255, thickness, cv2.LINE_AA)
    frame = cv2.resize(layer, (SIZE, SIZE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    glass = cv2.resize(lens, (SIZE, SIZE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    canvas = tint(canvas, glass * rng.uniform(0, 0.15), rng.uniform(0.7, 1, 3))
    if rng.random() < 0.3:
        y, x = np.mgrid[:SIZE, :SIZE].astype(np.float32)
        across = x + y * rng.uniform(0.5, 1.5) - rng.uniform(180, 300)
        stripe = np.exp(-0.5 * (across / rng.uniform(3, 8)) ** 2)
        canvas = paint(canvas, stripe * glass * rng.uniform(0.1, 0.4), np.ones(3))
    colour = rng.uniform(0.02, 0.25, 3) if rng.random() < 0.8 else rng.uniform(0.3, 0.7, 3)
    return paint(canvas, frame * rng.uniform(0.8, 1), colour)


def _shadow(canvas: np.ndarray, rng: Rng) -> np.ndarray:
    y, x = np.mgrid[:SIZE, :SIZE].astype(np.float32) / SIZE - 0.5
    turn = rng.uniform(0, 2 * np.pi)
    across = x * np.cos(turn) + y * np.sin(turn) + rng.uniform(-0.2, 0.2)
    alpha = smoothstep(across / rng.choice([0.04, 0.3, 0.8]) + 0.5) * rng.uniform(0.15, 0.6)
    return canvas * (1 - alpha)[..., None]


def _colour(canvas: np.ndarray, rng: Rng) -> np.ndarray:
    canvas = canvas * np.exp(rng.normal(0, 0.08, 3))
    grey = canvas.mean(-1, keepdims=True)
    canvas = grey + (canvas - grey) * rng.uniform(0.6, 1.3)
    return np.clip(canvas * rng.uniform(0.75, 1.2), 0, 1) ** rng.uniform(0.8, 1.25)


def vary_camera(image: np.ndarray, landmarks: np.ndarray, rng: Rng) -> np.ndarray:
    """Glasses, shadow, colour cast, blur, noise, JPEG. image: uint8 [256, 256, 3], as the result."""
    canvas = image.astype(np.float32) / 255
    if rng.random() < 0.12:
        canvas = glasses(canvas, landmarks, rng)
    if rng.random() < 0.25:
        canvas = _shadow(canvas, rng)
    if rng.random() < 0.5:
        canvas = _colour(canvas, rng)
    if rng.random() < 0.3:
        canvas = cv2.GaussianBlur(canvas.astype(np.float32), (0, 0), rng.uniform(0.3, 0.9))
    if rng.random() < 0.4:
        canvas = canvas + rng.normal(0, rng.uniform(0.004, 0.025), canvas.shape)
    result = np.round(np.clip(canvas, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.4:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(55, 97))]
        _, code = cv2.imencode(".jpg", result[..., ::-1], quality)
        result = cv2.imdecode(code, cv2.IMREAD_COLOR)[..., ::-1].copy()
    return result
