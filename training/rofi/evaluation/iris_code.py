"""A compact iris code after Daugman: rubber sheet, 1-D log-Gabor, masked Hamming distance over rotations.

In the 256-pixel crop an iris is only about 14 pixels wide, a tenth of what iris recognition asks for. The
code then describes coarse shade more than texture: its figures compare methods, they certify nothing. On the
validation faces strangers' irises match in 6.9 % of 1,254 pairs, and an iris saved as JPEG 85 matches itself in
100 % of 120: a share near 7 % is already what two strangers give.
"""

import cv2
import numpy as np

from rofi.geometry import EYES, polygon

MATCH = 0.32
"""Daugman's threshold: codes closer than this are one iris."""
RINGS, ANGLES, SHIFTS = 6, 64, 4
PUPIL = 0.35
_CENTRES = {"right": 468, "left": 473}
_WAVELENGTH, _BANDWIDTH = 12, 0.5
_MIN_BITS = 100
_ENLARGE = 4


def iris_code(image: np.ndarray, landmarks: np.ndarray, side: str) -> tuple[np.ndarray, np.ndarray]:
    """Bits and their validity, both bool [2, 6, 64], of an iris in a crop uint8 [s, s, 3].

    landmarks: [478, 2] in 0..1; a bit is valid where the lids leave the iris open and the ring is not flat.
    """
    size = image.shape[0] * _ENLARGE
    grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey = cv2.resize(grey, (size, size), interpolation=cv2.INTER_CUBIC)
    centre = landmarks[_CENTRES[side]] * size
    rim = landmarks[_CENTRES[side] + 1 : _CENTRES[side] + 5] * size
    radius = np.linalg.norm(rim - centre, axis=1).mean()
    open_eye = polygon(landmarks[list(EYES[side])], size)

    angles = np.arange(ANGLES) * (2 * np.pi / ANGLES)
    radii = radius * (PUPIL + (1 - PUPIL) * (np.arange(RINGS) + 0.5) / RINGS)
    x = (centre[0] + radii[:, None] * np.cos(angles)).astype(np.float32)
    y = (centre[1] + radii[:, None] * np.sin(angles)).astype(np.float32)
    sheet = cv2.remap(grey, x, y, cv2.INTER_LINEAR)
    valid = cv2.remap(open_eye, x, y, cv2.INTER_LINEAR) > 0.5
    # What lids hide is filled with its ring's mean, lest their edge becomes the pattern.
    mean = (sheet * valid).sum(1, keepdims=True) / np.maximum(valid.sum(1, keepdims=True), 1)
    response = _log_gabor(np.where(valid, sheet, mean))
    strong = np.abs(response) > 1e-3 * (np.abs(response).max() + 1e-9)
    return np.stack([response.real > 0, response.imag > 0]), np.stack([valid & strong] * 2)


def _log_gabor(sheet: np.ndarray) -> np.ndarray:
    """Complex response, same shape, of a log-Gabor filter along each ring."""
    frequency = np.fft.fftfreq(ANGLES)
    gain = np.zeros(ANGLES)
    positive = frequency > 0
    gain[positive] = np.exp(-(np.log(frequency[positive] * _WAVELENGTH) ** 2) / (2 * np.log(_BANDWIDTH) ** 2))
    return np.fft.ifft(np.fft.fft(sheet, axis=1) * gain, axis=1)


def hamming(first: tuple[np.ndarray, np.ndarray], second: tuple[np.ndarray, np.ndarray]) -> float:
    """Smallest share of differing valid bits over small rotations; NaN when too few are valid in both."""
    best = np.nan
    for shift in range(-SHIFTS, SHIFTS + 1):
        bits, valid = (np.roll(part, shift, axis=-1) for part in second)
        both = first[1] & valid
        if both.sum() >= _MIN_BITS:
            best = np.fmin(best, (first[0] ^ bits)[both].mean())
    return float(best)
