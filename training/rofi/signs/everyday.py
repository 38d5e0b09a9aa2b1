"""What healthy eyes look like in everyday photographs: colours of eyes, age, lamps, flash, hair, gaze.

Each function takes an eye's region (float [80, 112, 3], 0..1) and returns it changed.
"""

import cv2
import numpy as np

from .eye import Eye, smoothstep
from .position import shift_gaze
from .texture import Rng, blob, local_white, luminance, noise, paint, strokes, tint, vessel

_IRISES = np.array([
    [0.44, 0.55, 0.66], [0.55, 0.62, 0.66], [0.42, 0.5, 0.36], [0.5, 0.42, 0.24], [0.6, 0.42, 0.2], [0.34, 0.22, 0.14],
    [0.2, 0.13, 0.1], [0.3, 0.42, 0.62], [0.66, 0.72, 0.74],
])  # fmt: skip


def iris_colour(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """Another eye colour, from ice blue to black, often darker at its rim, with another ring round the pupil."""
    shape = image.shape[:2]
    colour = _IRISES[rng.integers(len(_IRISES))] * rng.uniform(0.7, 1.3, 3) ** 0.5 * rng.uniform(0.6, 1.25)
    light = luminance(image)
    iris = eye.disc(eye.radius + 0.3) * eye.opening()
    inside = iris > 0.6
    level = np.median(light[inside]) if inside.any() else 0.3
    grain = np.clip(light / max(level, 0.05), 0.5, 1.8) ** 0.5 * (1 + 0.12 * noise(shape, 1.5, rng))
    tone = colour * local_white(image, eye).mean() * grain[..., None]
    inner = eye.disc(eye.radius * rng.uniform(0.5, 0.75), edge=3)
    tone = tone * (1 + inner[..., None] * (rng.uniform(0.7, 1.3, 3) - 1))
    rim = eye.disc(eye.radius + 0.3) * (1 - eye.disc(eye.radius - 1.3, edge=2))
    tone = tone * (1 - rng.uniform(0, 0.6) * rim)[..., None]
    catchlight = smoothstep((light - 0.8 * local_white(image, eye).mean()) / 0.15)
    drawn = paint(image, iris * rng.uniform(0.6, 0.95) * (1 - catchlight), np.clip(tone, 0, 1))
    return pupil(drawn, eye, rng, catchlight)


def pupil(image: np.ndarray, eye: Eye, rng: Rng, catchlight: np.ndarray | None = None) -> np.ndarray:
    """A black pupil of any size."""
    disc = eye.disc(eye.radius * rng.uniform(0.22, 0.62), edge=1.3) * eye.opening()
    shown = disc if catchlight is None else disc * (1 - catchlight)
    return paint(image, shown * rng.uniform(0.6, 0.97), rng.uniform(0.01, 0.1, 3))


def red_eye(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """The flash seen in a pupil: red, or orange."""
    glow = np.array([rng.uniform(0.5, 0.95), rng.uniform(0.05, 0.3), rng.uniform(0.03, 0.16)])
    disc = eye.disc(eye.radius * rng.uniform(0.3, 0.62), edge=1.6) * eye.opening()
    return paint(image, disc * rng.uniform(0.4, 0.9), glow)


def white_of_the_eye(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """Warm, bluish, dim or faintly pink whites with a vessel or two, as tired and old eyes have them."""
    gains = rng.choice([[1, 0.95, 0.82], [0.94, 0.98, 1.06], [1.02, 0.93, 0.92], [0.8, 0.78, 0.76], [1.12, 1.12, 1.12]])
    image = tint(image, eye.sclera * rng.uniform(0.3, 1), gains)
    lines = []
    for _ in range(rng.integers(0, 4)):
        start = eye.iris + np.array([rng.choice([-1, 1]) * eye.width * 0.5, rng.normal() * eye.height * 0.3])
        lines.append(vessel(start, eye.iris + (start - eye.iris) * rng.uniform(0.6, 0.85), rng))
    faint = strokes(eye, lines, 0.3) * eye.sclera * rng.uniform(0.1, 0.3)
    pink = paint(image, faint, np.array([0.7, 0.3, 0.28]))
    corner = np.hypot(eye.grid[0] - eye.inner[0], eye.grid[1] - eye.inner[1])
    caruncle = smoothstep((rng.uniform(3, 6) - corner) / 3 + 0.5) * eye.opening()
    return tint(pink, caruncle * rng.uniform(0, 0.7), (1.05, 0.75, 0.72))


def lamps(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """Reflections on a wet eye: windows, ring lights, a gleam along the lower lid."""
    light = np.clip(local_white(image, eye) * 1.25, 0, 1) * rng.uniform(0.9, 1, 3)
    spots = np.zeros(image.shape[:2], np.float32)
    kind = rng.integers(4)
    place = eye.iris + rng.uniform(-0.7, 0.7, 2) * eye.radius
    if kind == 0:
        size = rng.uniform(1.2, 3.2)
        spots = blob(eye, place, (size, size * rng.uniform(0.6, 1.4)), rng, rough=0.05, edge=1.0)
    elif kind == 1:
        ring = rng.uniform(0.25, 0.7) * eye.radius
        spots = eye.disc(ring + 0.7, centre=place) * (1 - eye.disc(ring - 0.7, centre=place))
    elif kind == 2:
        for _ in range(rng.integers(1, 5)):
            at = eye.iris + rng.normal(size=2) * [eye.width * 0.25, eye.height * 0.2]
            size = rng.uniform(0.5, 1.2)
            spots = np.maximum(spots, blob(eye, at, (size, size), rng, edge=0.8))
    else:
        gleam = np.exp(-0.5 * ((eye.grid[1] - eye.lower_margin + 0.8) / 0.6) ** 2)
        spots = gleam * smoothstep(noise(image.shape[:2], 5, rng) + 0.3)
    return paint(image, spots * eye.opening(0) * rng.uniform(0.4, 1), light)


def brow_shade(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """A deep-set eye: the brow's shadow over lid and upper eyeball."""
    below = eye.grid[1] - eye.upper_margin
    reach = rng.uniform(1, max(eye.height, 2))
    shade = smoothstep((reach - below) / rng.uniform(2, 8) + 0.5) * smoothstep((eye.grid[1] - eye.brow) / 6 + 0.5)
    shade = shade * smoothstep(np.minimum(eye.along + 0.3, 1.4 - eye.along) * 3)
    return image * (1 - rng.uniform(0.1, 0.55) * shade)[..., None]


def wrinkles(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """Crow's feet, creases under the eye, and folds of the upper lid: a dark line with a light one beside it."""
    lines = []
    for _ in range(rng.integers(2, 8)):
        turn = rng.uniform(-0.7, 0.7)
        way = np.array([eye.toward_temple * np.cos(turn), np.sin(turn)])
        start = eye.outer + way * rng.uniform(3, 8) + [0, rng.normal()]
        lines.append(vessel(start, start + way * rng.uniform(6, 18), rng, wander=0.04))
    for _ in range(rng.integers(0, 6)):
        depth, ends = rng.uniform(3, 14), np.sort(rng.uniform(-0.1, 1.2, 2))
        at = (eye.along > ends[0]) & (eye.along < ends[1])
        lines.append(np.stack([eye.grid[0][0], eye.lower_margin + depth], -1)[at])
    for _ in range(rng.integers(0, 3)):
        depth, ends = rng.uniform(2, 9), np.sort(rng.uniform(-0.1, 1.2, 2))
        at = (eye.along > ends[0]) & (eye.along < ends[1])
        lines.append(np.stack([eye.grid[0][0], eye.upper_margin - depth], -1)[at])
    lines = [line for line in lines if len(line) > 1]
    deep = cv2.GaussianBlur(strokes(eye, lines, rng.uniform(0.5, 1.4)), (0, 0), rng.uniform(0.4, 0.9))
    beside = np.roll(deep, 2, axis=0)
    skin = 1 - eye.opening(-1)
    strength = rng.uniform(0.15, 0.5)
    drawn = image * (1 - strength * deep * skin)[..., None]
    return drawn * (1 + 0.4 * strength * beside * skin)[..., None]


def eye_bags(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """A soft pouch under the eye: light on top, a shaded furrow round its lower border; often dark rings."""
    y = eye.grid[1]
    depth = rng.uniform(8, 15)
    below = y - eye.lower_margin
    profile = eye.lid_profile(rng.uniform(0.3, 0.8))
    furrow = np.exp(-0.5 * ((below - depth * profile) / rng.uniform(1, 2.5)) ** 2) * (profile > 0.05)
    pouch = np.exp(-0.5 * ((below - 0.5 * depth * profile) / 2.5) ** 2) * (profile > 0.05)
    image = image * (1 - rng.uniform(0.1, 0.35) * furrow + rng.uniform(0, 0.12) * pouch)[..., None]
    ring = smoothstep(below / 3) * smoothstep((depth * 1.3 - below) / 6) * profile
    return tint(
        image, ring * rng.uniform(0, 0.6), rng.choice([[0.85, 0.74, 0.76], [0.8, 0.72, 0.68], [0.95, 0.8, 0.8]])
    )


def moles(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """Moles and pimples on the skin, away from the lids' margins."""
    for _ in range(rng.integers(1, 4)):
        size = rng.uniform(0.6, 1.9)
        x = rng.uniform(eye.grid[0].min(), eye.grid[0].max())
        side = rng.choice([-1, 1])
        place = (x, eye.iris[1] + side * (eye.height * 0.5 + rng.uniform(9, 30)))
        spot = blob(eye, place, (size, size * rng.uniform(0.7, 1)), rng, edge=1.2)
        gains = (1.03, 0.76, 0.74) if rng.random() < 0.3 else rng.uniform(0.25, 0.65) * np.array([1, 0.85, 0.78])
        image = tint(image, spot * rng.uniform(0.6, 1), gains)
    return image


def lashes(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """Long, curled or painted lashes, and their shadow on the eyeball."""
    columns = eye.grid[0][0]
    at = (eye.along > 0.05) & (eye.along < 1.02)
    margin = np.stack([columns, eye.upper_margin], -1)[at]
    if len(margin) < 4:
        return image
    lines = []
    for _ in range(rng.integers(8, 40)):
        root = margin[rng.integers(len(margin))]
        lean = (root[0] - eye.iris[0]) * rng.uniform(0.1, 0.3) + rng.normal() * 0.5
        ends = np.array([[0, 0], [lean * 0.5, -1.5], [lean, -rng.uniform(2.5, 6.5)]])
        lines.append(root + ends)
    dark = np.array([0.08, 0.06, 0.05])
    drawn = paint(image, strokes(eye, lines, rng.uniform(0.25, 0.6)) * rng.uniform(0.4, 0.9), dark)
    shade = np.exp(-np.clip(eye.grid[1] - eye.upper_margin, 0, None) / rng.uniform(1, 2.5)) * eye.opening(0)
    return drawn * (1 - rng.uniform(0, 0.4) * shade)[..., None]


def gaze(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """A look aside: with the same numbers for both eyes it is nobody's squint."""
    room = min(abs(eye.iris[0] - eye.inner[0]), abs(eye.outer[0] - eye.iris[0])) - eye.radius
    dx = rng.uniform(-5, 5)
    return shift_gaze(image, eye, float(np.clip(dx, -max(room, 0.5), max(room, 0.5))), rng.normal() * 0.5)[0]


def fringe(canvas: np.ndarray, rng: Rng) -> np.ndarray:
    """Strands of hair that fall over brow and eye. canvas: float [256, 256, 3]."""
    layer = np.zeros((1024, 1024), np.uint8)
    start, spread, lean = rng.uniform(0, 1024), rng.uniform(60, 500), rng.normal() * 200
    for _ in range(rng.integers(4, 60)):
        x = start + rng.normal() * spread
        length = rng.uniform(300, 640)
        t = np.linspace(0, 1, 10)
        curve = np.stack([x + lean * t**2 + rng.normal() * 30 * np.sin(3 * t), t * length], -1)
        cv2.polylines(layer, [np.round(curve).astype(np.int32)], False, 255, int(rng.integers(1, 5)), cv2.LINE_AA)
    alpha = cv2.resize(layer, canvas.shape[1::-1], interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    hair = rng.choice([[0.08, 0.06, 0.05], [0.22, 0.14, 0.09], [0.55, 0.42, 0.26], [0.4, 0.2, 0.1], [0.7, 0.68, 0.66]])
    return paint(canvas, alpha * rng.uniform(0.5, 0.95), np.array(hair) * rng.uniform(0.7, 1.2))


def skin_tone(canvas: np.ndarray, eyes: tuple[Eye, Eye], rng: Rng) -> np.ndarray:
    """Darker or lighter skin round the same eyes. canvas: float [256, 256, 3]."""
    skin = np.ones(canvas.shape[:2], np.float32)
    for eye in eyes:
        skin[eye.window] -= eye.opening(-0.5)
    gains = rng.uniform(0.3, 0.75) * np.array([1.0, rng.uniform(0.82, 0.95), rng.uniform(0.7, 0.9)])
    if rng.random() < 0.25:
        gains = rng.uniform(1.0, 1.25) * np.array([1.0, 1.02, 1.04])
    return np.clip(tint(canvas, cv2.GaussianBlur(skin, (0, 0), 0.7), gains), 0, 1)
