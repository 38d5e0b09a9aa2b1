"""Measures of the sign map, of preserved signs and of agreement between verdicts."""

import cv2
import numpy as np

from .eye import CELL, SIZE

GRID = SIZE // CELL
COVERED = 0.25
"""Share of a region that a sign covers, from which on the region is the sign's."""
_INTEROCULAR = 0.30
"""Distance of the eye centres in an aligned crop, in crop units."""
_RIGHT_LIDS = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246]
_LEFT_LIDS = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466]
_IRISES = list(range(468, 478))


def grid_coverage(mask: np.ndarray) -> np.ndarray:
    """Share of each 8 px cell that a drawn mask [256, 256] covers, [32, 32]."""
    return mask.reshape(GRID, CELL, GRID, CELL).mean((1, 3))


def grid_mask(mask: np.ndarray) -> np.ndarray:
    """Cells of the sign: a quarter covered or more, and in any case the most covered one. bool [32, 32]."""
    coverage = grid_coverage(mask)
    return coverage >= min(COVERED, float(coverage.max()))


def region_recall(scores: np.ndarray, mask: np.ndarray, threshold: float) -> float:
    """Share of the sign's cells that the sign map selects. scores: [32, 32]; mask: [256, 256]."""
    return float((scores > threshold)[grid_mask(mask)].mean())


def pixel_recall(scores: np.ndarray, mask: np.ndarray, threshold: float) -> float:
    """Share of the drawn pixels that lie in selected cells."""
    coverage = grid_coverage(mask)
    return float(coverage[scores > threshold].sum() / coverage.sum())


def dice(scores: np.ndarray, mask: np.ndarray, threshold: float) -> float:
    """Dice coefficient of the selected cells and the sign's cells."""
    selected, drawn = scores > threshold, grid_mask(mask)
    return float(2 * (selected & drawn).sum() / (selected.sum() + drawn.sum()))


def auroc(sick: np.ndarray, healthy: np.ndarray) -> float:
    """Chance that a sick image scores higher than a healthy one; ties count half."""
    order = np.sort(healthy)
    below = np.searchsorted(order, sick, side="left")
    ties = np.searchsorted(order, sick, side="right") - below
    return float((below + 0.5 * ties).mean() / len(healthy))


def confusion(first: np.ndarray, second: np.ndarray) -> tuple[int, int, int, int]:
    """Both true, first only, second only, both false, for bool arrays of one length."""
    return (
        int((first & second).sum()),
        int((first & ~second).sum()),
        int((~first & second).sum()),
        int((~first & ~second).sum()),
    )


def kappa(first: np.ndarray, second: np.ndarray) -> float:
    """Cohen's κ of two bool verdicts; 1 when both always say the same one thing."""
    both, only_first, only_second, neither = confusion(first, second)
    total = both + only_first + only_second + neither
    observed = (both + neither) / total
    by_chance = (
        (both + only_first) * (both + only_second) + (neither + only_first) * (neither + only_second)
    ) / total**2
    return 1.0 if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def mcc(first: np.ndarray, second: np.ndarray) -> float:
    """Matthews correlation coefficient of two bool verdicts; 0 when one of them never varies."""
    both, only_first, only_second, neither = confusion(first, second)
    scale = (both + only_first) * (both + only_second) * (neither + only_first) * (neither + only_second)
    return 0.0 if scale == 0 else (both * neither - only_first * only_second) / scale**0.5


def _smooth(image: np.ndarray) -> np.ndarray:
    return cv2.GaussianBlur(image, (11, 11), 1.5)


def sign_ssim(original: np.ndarray, protected: np.ndarray, mask: np.ndarray) -> float:
    """Mean SSIM (Gaussian window, σ = 1.5 px) inside the drawn mask.

    Images: uint8 [256, 256, 3]; mask: [256, 256], weights in 0..1.
    """
    x, y = original.astype(np.float64), protected.astype(np.float64)
    mean_x, mean_y = _smooth(x), _smooth(y)
    spread = _smooth(x * x) - mean_x**2 + _smooth(y * y) - mean_y**2
    shared = _smooth(x * y) - mean_x * mean_y
    luminance, contrast = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    similarity = (2 * mean_x * mean_y + luminance) * (2 * shared + contrast)
    similarity /= (mean_x**2 + mean_y**2 + luminance) * (spread + contrast)
    return float((similarity.mean(-1) * mask).sum() / mask.sum())


def keypoint_errors(original: np.ndarray, protected: np.ndarray) -> tuple[float, float]:
    """Mean moves of eyelid and iris landmarks as shares of the distance between the eyes.

    original, protected: [478, 2], 0..1 of the aligned crop.
    """
    moves = np.linalg.norm(original - protected, axis=-1) / _INTEROCULAR
    return float(moves[_RIGHT_LIDS + _LEFT_LIDS].mean()), float(moves[_IRISES].mean())
