"""How much of a face folds over itself when a person is drawn on it: a lip over a nose's shadow, a nostril twice.

The person's shape may not suit the patient's expression: a smile's mesh can hold a closed mouth only by turning some
of its triangles over. Mirrored by src/engine/people/folding.ts.
"""

import numpy as np

from rofi.constants import CONSTANTS
from rofi.geometry import FaceMesh, areas
from rofi.people.compose import INNER_LIPS
from rofi.people.draw import moved

# A triangle counts from this share of its size in the mean shape down, and wholly once it is turned over as far.
THIN: float = CONSTANTS["people"]["thin"]


def folded(landmarks: np.ndarray, shape: np.ndarray, mesh: FaceMesh, modes: np.ndarray) -> float:
    """The share of the mean face [468, 2] that folds when a shape [468, 2] is drawn on landmarks [478, 2], 0..1.

    What faces away on the patient as well does not count, nor what lips open to.
    """
    mean = areas(mesh.mean[mesh.triangles])
    counts = (areas(landmarks[mesh.triangles]) / mean > THIN) & ~np.isin(mesh.triangles, INNER_LIPS).all(1)
    left = areas(moved(landmarks, shape, mesh.mean, modes)[mesh.triangles]) / mean
    lost = np.clip((THIN - left) / (2 * THIN), 0, 1) * counts
    return float((np.abs(mean) * lost).sum() / np.abs(mean).sum())
