"""Figures of merit and their confidence intervals."""

import cv2
import numpy as np

RESAMPLES = 1000
Interval = tuple[float, float, float]
"""A value with the low and the high end of its 95 % interval."""
NOT_MEASURED: Interval = (np.nan, np.nan, np.nan)


def rank1(probes: np.ndarray, own: np.ndarray, gallery: np.ndarray) -> np.ndarray:
    """Per probe [n, d], whether the nearest of gallery [m, d] (Euclidean) is its own original own [n]."""
    products = probes @ gallery.T
    distances = (gallery**2).sum(1) - 2 * products
    return distances.argmin(1) == own


def centred_cosine(first: np.ndarray, second: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Identity cosine [n] of embeddings [n, d] less the gallery's mean, so that strangers are near 0.

    Recognisers that end in ReLU, or are trained on Euclidean distance, put all faces into one cone: without
    the mean taken off, even strangers score 0.4 (faceres) and 0.85 (dlib).
    """
    a, b = first - centre, second - centre
    return (a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1))


def psnr(first: np.ndarray, second: np.ndarray, where: np.ndarray | None = None) -> float:
    """PSNR in dB of uint8 images [h, w, 3], weighted by `where` [h, w] if given; 100 dB when equal."""
    error = ((first.astype(np.float64) - second) ** 2).mean(-1)
    mean = np.average(error, weights=where)
    return 100.0 if mean == 0 else min(100.0, 10 * np.log10(255**2 / mean))


def ssim_map(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """SSIM [h, w] of uint8 images [h, w, 3]: Gaussian window, sigma 1.5, 11×11, mean of the channels."""
    a, b = first.astype(np.float64), second.astype(np.float64)

    def low(x: np.ndarray) -> np.ndarray:
        return cv2.GaussianBlur(x, (11, 11), 1.5, borderType=cv2.BORDER_REFLECT)

    mean_a, mean_b = low(a), low(b)
    var_a, var_b = low(a * a) - mean_a**2, low(b * b) - mean_b**2
    covariance = low(a * b) - mean_a * mean_b
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    similarity = (2 * mean_a * mean_b + c1) * (2 * covariance + c2)
    return (similarity / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))).mean(-1)


def ssim(first: np.ndarray, second: np.ndarray, where: np.ndarray | None = None) -> float:
    """Mean SSIM, without the window's margin, or weighted by `where` [h, w] if given."""
    similarity = ssim_map(first, second)
    if where is None:
        return float(similarity[5:-5, 5:-5].mean())
    return float(np.average(similarity, weights=where))


def confidence(values: np.ndarray) -> Interval:
    """Mean of values [n], NaN left out, with its 95 % bootstrap interval."""
    values = np.asarray(values, np.float64)
    values = values[~np.isnan(values)]
    if not len(values):
        return NOT_MEASURED
    rng = np.random.default_rng(0)
    means = [values[rng.integers(len(values), size=len(values))].mean() for _ in range(RESAMPLES)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(values.mean()), float(low), float(high)


def rate_confidence(hits: np.ndarray) -> Interval:
    """Share of true values [n] with its 95 % Wilson interval, which stays honest at 0 and at 1."""
    n, z = len(hits), 1.959964
    if not n:
        return NOT_MEASURED
    p = float(np.mean(hits))
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return p, max(0.0, middle - half), min(1.0, middle + half)
