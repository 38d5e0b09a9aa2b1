"""Whether the code hidden in a protected photo could be read, as the product judges it before it shows a face."""

from dataclasses import dataclass

import numpy as np

from rofi.networks.patches import STRIDE

ROUGHNESS = 0.5
# What a right key has at least; why, stands in the product's agreement.ts.
LEAST_TOTAL, LEAST_SHARE = 200.0, 0.8


@dataclass(frozen=True)
class Agreement:
    """How well a restoration agrees with itself: in all, and as a share of what was added to the virtual face."""

    total: float
    share: float

    @property
    def key_fits(self) -> bool:
        """Whether what the restorer read is a face."""
        return self.total > LEAST_TOTAL and self.share > LEAST_SHARE


def agreement(restored: np.ndarray, virtual: np.ndarray, oval: np.ndarray) -> Agreement:
    """How alike, across the edges between cells, is what was added to the virtual face; misread, it is unrelated.

    restored, virtual: [1, 3, h, w] in [-1, 1]. oval: opacity [h, w].
    """
    added = (oval * (restored - virtual)[0]).astype(np.float64)
    beside = added[:, :, STRIDE - 1 : -1 : STRIDE], added[:, :, STRIDE::STRIDE]
    below = added[:, STRIDE - 1 : -1 : STRIDE], added[:, STRIDE::STRIDE]
    one, other = (np.concatenate([part.ravel() for part in parts]) for parts in zip(beside, below, strict=True))
    total = float((one * other - ROUGHNESS * (one - other) ** 2).sum())
    whole = float((one**2 + other**2).sum() / 2)
    return Agreement(total, total / whole if whole else 0.0)
