"""Signs of position, made as warps: ptosis, lid retraction, strabismus. The mask is the region that moved."""

import cv2
import numpy as np

from .eye import Eye, smoothstep
from .surface import Drawn
from .texture import Rng, local_white, luminance, noise, paint

_MOVED = 0.6
"""A pixel belongs to the mask when it moved by this share of the largest move."""


def sample(image: np.ndarray, eye: Eye, dx: np.ndarray, dy: np.ndarray) -> np.ndarray:
    """The region resampled (bicubic): each pixel takes the colour dx, dy px away."""
    x, y = eye.grid
    origin_x, origin_y = x[0, 0], y[0, 0]
    warped = cv2.remap(
        image.astype(np.float32),
        (x - origin_x + dx).astype(np.float32),
        (y - origin_y + dy).astype(np.float32),
        cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.clip(warped, 0, 1)


def lower_lid_over(image: np.ndarray, eye: Eye, drop: np.ndarray) -> Drawn:
    """Slides the upper lid down over the eyeball by `drop` px a column ([112]); skin above stretches."""
    y = eye.grid[1]
    line = eye.upper_margin + 0.8
    margin = line + drop
    top = np.minimum(eye.brow, line - 5)
    stretched = top + (y - top) * (line - top) / (margin - top)
    source = np.where(y < top, y, np.minimum(stretched, line))
    lid = sample(image, eye, np.zeros_like(y), source - y)
    covers = smoothstep((margin - y) / 1.2 + 0.5) * np.ones_like(y)
    moved = np.where(y < top, 0, y - stretched) * covers
    fold = np.exp(-np.clip(y - margin, 0, None) / 1.5) * (y >= margin) * np.clip(drop, 0, 1)
    eyeball = image * (1 - 0.3 * fold * eye.opening())[..., None]
    drawn = np.where((drop > 0.05)[None, :, None], paint(eyeball, covers, lid), image)
    return drawn, (moved > _MOVED * max(float(drop.max()), 0.3)).astype(np.float32)


def ptosis(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """A drooping upper lid that covers part of the pupil or more."""
    share = rng.uniform(0.42, 0.85)
    drop = (eye.lower_margin - eye.upper_margin) * share * eye.lid_profile(rng.uniform(0.2, 0.5))
    return lower_lid_over(image, eye, np.clip(drop, 0, None) * (eye.lid_profile() > 0))


def eyeball(image: np.ndarray, eye: Eye, rng: Rng) -> np.ndarray:
    """The eye without lids: sclera and an iris whose colour by radius is taken from the visible part."""
    x, y = eye.grid
    distance = np.hypot(x - eye.iris[0], y - eye.iris[1])
    seen = eye.opening(1.5) > 0.5
    profile = []
    steps = np.arange(0, eye.radius + 0.5, 1.0)
    for inner in steps:
        ring = seen & (np.abs(distance - inner) < 0.9)
        profile.append(np.median(image[ring], axis=0) if ring.sum() > 1 else np.full(3, np.nan))
    colours = np.array(profile)
    known = ~np.isnan(colours[:, 0])
    fallback = image[seen].mean(0) * 0.6 if seen.any() else np.full(3, 0.25)
    iris = np.stack(
        [
            np.interp(distance, steps[known], colours[known, c]) if known.any() else np.full_like(x, tone)
            for c, tone in enumerate(fallback)
        ],
        -1,
    )
    white = local_white(image, eye)
    pixels = image[(eye.sclera > 0.7) & seen]
    tone = np.percentile(pixels, 65, axis=0) if len(pixels) > 8 else white * 0.85
    tone, white = (np.maximum(c, 0.75 * np.median(luminance(image))) for c in (tone, white))
    roundness = 1 - 0.25 * np.clip(np.abs(x - eye.iris[0]) / eye.width * 2, 0, 1) ** 2
    sclera = (0.5 * tone + 0.5 * white * 0.95) * (roundness * (1 + 0.02 * noise(x.shape, 2, rng)))[..., None]
    return np.clip(paint(sclera, eye.disc(eye.radius, edge=2.0), iris), 0, 1)


def retraction(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """Thyroid-eye stare: the upper lid (often the lower too) drawn back until white shows beyond the iris."""
    bare = eyeball(image, eye, rng)
    profile = eye.lid_profile(rng.uniform(0.5, 0.9))
    iris_top, iris_bottom = eye.iris[1] - eye.radius, eye.iris[1] + eye.radius
    middle = int(np.argmin(np.abs(eye.grid[0][0] - eye.iris[0])))
    up = max(eye.upper_margin[middle] - iris_top, 0) + rng.uniform(1.0, 3.2)
    down = 0.0
    if rng.random() < 0.5:
        down = max(iris_bottom - eye.lower_margin[middle], 0) + rng.uniform(0.8, 2.2)
    return draw_back(image, eye, bare, profile, up, down)


def draw_back(image: np.ndarray, eye: Eye, bare: np.ndarray, profile: np.ndarray, up: float, down: float) -> Drawn:
    """The lids drawn back by `up` and `down` px, by `profile` of it a column ([112]), from the eyeball `bare`."""
    y = eye.grid[1]
    upper, lower = eye.upper_margin - up * profile, eye.lower_margin + down * profile
    top, bottom = np.minimum(eye.brow - 4, upper - 6), eye.lower_margin + 20
    line_up, line_down = eye.upper_margin + 0.8, eye.lower_margin - 0.3
    above = top + (y - top) * (line_up - top) / (upper - top)
    below = bottom - (bottom - y) * (bottom - line_down) / (bottom - lower)
    source = np.where((y > top) & (y < upper), above, np.where((y > lower) & (y < bottom), below, y))
    skin = sample(image, eye, np.zeros_like(y), source - y)
    inside = np.minimum(y - upper, lower - y)
    ends = np.clip(np.minimum(eye.along, 1 - eye.along) * eye.width, 0, 1)
    opened = smoothstep(inside / 1.3 + 0.5) * ends
    kept = smoothstep((np.minimum(y - eye.upper_margin, eye.lower_margin - y) - 1.8) / 1.5 + 0.5) * ends
    shade = 1 - 0.42 * np.exp(-np.clip(y - upper, 0, None) / 1.6)
    ball = paint(bare * shade[..., None], kept, image)
    drawn = paint(np.where((profile > 0)[None, :, None], skin, image), opened, ball)
    moved = (np.abs(source - y) > _MOVED * max(up, down)) | ((opened > 0.5) & (kept < 0.5))
    return np.clip(drawn, 0, 1), (moved * (profile > 0.02)).astype(np.float32)


def shift_gaze(image: np.ndarray, eye: Eye, dx: float, dy: float) -> Drawn:
    """Moves the iris by dx, dy px under still lids; the white stretches on one side, folds on the other."""
    x, y = eye.grid
    left, right = sorted((eye.inner[0], eye.outer[0]))
    centre = eye.iris[0] + dx
    reach = eye.radius * 0.95
    falling = np.where(
        x < centre,
        smoothstep((x - left) / max(centre - reach - left, 1.5)),
        smoothstep((right - x) / max(right - centre - reach, 1.5)),
    )
    vertical = smoothstep(1.6 - np.abs(y - eye.iris[1]) / (eye.radius * 1.6))
    inside = eye.opening(0.6)
    warped = sample(image, eye, -dx * falling, -dy * falling * vertical)
    drawn = paint(image, inside, warped)
    return drawn, ((falling > _MOVED) & (inside > 0.4)).astype(np.float32)


def strabismus(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """One eye turned in, out or up: the iris leaves its place by 3 to 6.5 px, about 2 to 5 mm."""
    inward = rng.random() < 0.55
    room_inner = abs(eye.iris[0] - eye.inner[0]) - eye.radius
    room_outer = abs(eye.outer[0] - eye.iris[0]) - eye.radius
    room = room_inner if inward else room_outer
    shift = min(rng.uniform(3.5, 6.5), max(room * 0.95, 3.0))
    dx = shift * eye.toward_temple * (-1 if inward else 1)
    return shift_gaze(image, eye, dx, rng.normal() * 0.6)


def eye_contrast(image: np.ndarray, eye: Eye) -> float:
    """Difference in luminance of white and iris: near 0 behind dark glasses, where no sign could be seen."""
    light = luminance(image)
    white, dark = eye.sclera > 0.5, (eye.disc(eye.radius * 0.8) * eye.opening()) > 0.5
    if white.sum() < 8 or dark.sum() < 8:
        return 0.0
    return float(np.median(light[white]) - np.median(light[dark]))
