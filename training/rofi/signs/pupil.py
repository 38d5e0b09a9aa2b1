"""Signs of lens and iris: white pupil (cataract, leukocoria) and iris lesion (nevus, melanoma)."""

import numpy as np

from .eye import Eye
from .surface import Drawn
from .texture import Rng, blob, local_white, luminance, noise, paint


def leukocoria(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """A grey, white or amber pupil: mature cataract, or the pale glow of a tumour behind it."""
    size = eye.radius * rng.uniform(0.36, 0.58)
    centre = eye.iris + rng.normal(size=2) * 0.3
    pupil = blob(eye, centre, (size, size), rng, rough=0.03, edge=1.3)
    ring = blob(eye, centre, (size + 0.9,) * 2, rng, rough=0.02, edge=1.2) * (1 - pupil)
    visible = eye.opening(0.3)
    white = local_white(image, eye)
    tones = ([0.95, 0.96, 0.95], [0.84, 0.87, 0.9], [0.98, 0.9, 0.68], [0.82, 0.66, 0.42], [0.95, 0.8, 0.7])
    colour = white * np.array(tones[rng.integers(len(tones))]) * rng.uniform(0.72, 1.0)
    cloudy = colour * (1 + 0.06 * noise(pupil.shape, 2.5, rng))[..., None]
    drawn = paint(image, ring * visible * 0.45, image * 0.45)
    mask = pupil * visible
    drawn = paint(drawn, mask * rng.uniform(0.75, 0.97), np.clip(cloudy, 0, 1))
    return np.maximum(drawn, image * mask[..., None] * 0.95), mask


def iris_lesion(image: np.ndarray, eye: Eye, rng: Rng) -> Drawn:
    """A spot or wedge of another brown on the iris; pale (amelanotic) or tan where the iris is dark."""
    turn = rng.uniform(-0.4, np.pi + 0.4)
    distance = eye.radius * rng.uniform(0.5, 0.8)
    centre = eye.iris + distance * np.array([np.cos(turn), np.sin(turn)])
    size = eye.radius * rng.uniform(0.3, 0.5)
    spot = blob(eye, centre, (size, size * rng.uniform(0.7, 1.1)), rng, angle=turn, rough=0.16, edge=1.3)
    mask = spot * eye.disc(eye.radius - 0.2) * eye.opening(0.3)
    iris = eye.disc(eye.radius - 1) * (1 - eye.disc(eye.radius * 0.45)) * eye.opening(1)
    tone = float(np.median(luminance(image)[iris > 0.5])) if (iris > 0.5).any() else 0.3
    if tone > 0.33:
        colour = np.array([0.3, 0.18, 0.1]) * rng.uniform(0.2, 0.8)
    else:
        pale = np.array([[0.78, 0.52, 0.36], [0.72, 0.5, 0.24], [0.8, 0.6, 0.52]][rng.integers(3)])
        colour = pale * np.clip(local_white(image, eye).mean(), 0.45, 0.9) * rng.uniform(0.8, 1.1)
    mottled = colour * (1 + 0.15 * noise(mask.shape, 2, rng))[..., None]
    drawn = paint(image, mask * rng.uniform(0.82, 0.97), np.clip(mottled, 0, 1))
    return np.maximum(drawn, image * (image.min(-1, keepdims=True) > 0.75)), mask
