"""What is in front of a face, as the network sees it.

In doubt nothing is: what is not is drawn over, and what is taken for it shows the person.
"""

import numpy as np

from rofi.front.regions import connected

# How sure the network is where a part begins, and in how many pixels of 128² of it at least: see `choose`.
WEAK, SURE, LEAST_SURE = 0.5, 0.8, 12


def parts_in_front(
    shares: np.ndarray, *, weak: float = WEAK, sure: float = SURE, least: int = LEAST_SURE
) -> np.ndarray:
    """The pixels, bool [s, s], of the parts that a network is sure of; shares [s, s] in 0..1: how sure it is."""
    parts = connected(shares > weak)
    enough = np.bincount(parts[shares > sure], minlength=parts.max() + 1) >= least
    return enough[parts] & (parts > 0)
