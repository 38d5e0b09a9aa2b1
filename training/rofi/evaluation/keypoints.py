"""How far eyelids and irises moved, as the landmarker finds them before and after."""

import numpy as np

from rofi.geometry import EYES

LIDS = np.array([*EYES["right"], *EYES["left"]])
IRISES = np.arange(468, 478)
INTER_OCULAR = 0.3


def displacement(before: np.ndarray, after: np.ndarray) -> tuple[float, float]:
    """Mean movement of (eyelid, iris) landmarks [478, 2] of the crop, as shares of the eyes' distance."""
    moved = np.linalg.norm(after - before, axis=1) / INTER_OCULAR
    return float(moved[LIDS].mean()), float(moved[IRISES].mean())
