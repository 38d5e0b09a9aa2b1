"""Draws a crop's key again while a recogniser of the page still knows the person, as the product does."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rofi.evaluation import pipeline
from rofi.evaluation.keys import KEY_BYTES
from rofi.evaluation.networks import Networks
from rofi.sealed.seal import NONCE_BYTES

DRAWS = 6


@dataclass(frozen=True)
class Draw:
    """A key, the protected crop uint8 [256, 256, 3] it gives, and by what margin the page's judges see a stranger."""

    key: bytes
    protected: np.ndarray
    margin: float

    @property
    def hidden(self) -> bool:
        """Whether the page would call this photo protected."""
        return self.margin >= 0


def draw_until_hidden(
    networks: Networks,
    image: np.ndarray,
    landmarks: np.ndarray,
    shares: np.ndarray,
    margin: Callable[[np.ndarray], float],
    rng: np.random.Generator,
) -> list[Draw]:
    """Keys in the order drawn, at most DRAWS; the last one is used: where none hides, the one that lacks least.

    image: uint8 [256, 256, 3]. landmarks: [478, 2] in 0..1. shares: [32, 32] kept. margin: of a crop to the original.
    """
    drawn: list[Draw] = []
    for _ in range(DRAWS):
        key = rng.bytes(KEY_BYTES)
        protected = pipeline.protect(networks, image, landmarks, key, rng.bytes(NONCE_BYTES), shares)
        drawn.append(Draw(key, protected, margin(protected)))
        if drawn[-1].hidden:
            return drawn
    return [*drawn, max(drawn, key=lambda draw: draw.margin)]
