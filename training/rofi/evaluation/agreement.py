"""Whether the code hidden in a protected photo could be read, as the product judges it before it shows a face."""

import numpy as np

from rofi.networks.patches import STRIDE

ROUGHNESS = 0.5
# On 64 validation faces the right key has 690 and more, 460 at half the size; wrong keys stay within 2 of 0.
KEY_FITS = 50.0


def agreement(restored: np.ndarray, virtual: np.ndarray, oval: np.ndarray) -> float:
    """How alike, across the edges between cells, is what was added to the virtual face; a misread code is unrelated.

    restored, virtual: [1, 3, h, w] in [-1, 1]. oval: opacity [h, w].
    """
    added = (oval * (restored - virtual)[0]).astype(np.float64)
    beside = _alike(added[:, :, STRIDE - 1 : -1 : STRIDE], added[:, :, STRIDE::STRIDE])
    below = _alike(added[:, STRIDE - 1 : -1 : STRIDE], added[:, STRIDE::STRIDE])
    return float(beside.sum() + below.sum())


def _alike(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    return one * other - ROUGHNESS * (one - other) ** 2
