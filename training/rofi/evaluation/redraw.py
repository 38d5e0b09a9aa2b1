"""Draws a photo's key again while the recogniser still knows the person, as the product does."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rofi.evaluation import pipeline
from rofi.evaluation.keys import KEY_BYTES
from rofi.evaluation.networks import Networks
from rofi.recognisers.dlib_resnet import THRESHOLD

DRAWS = 6


@dataclass(frozen=True)
class Draw:
    """A key, the protected crop uint8 [256, 256, 3] it gives, and dlib's distance of that to the original."""

    key: bytes
    protected: np.ndarray
    distance: float

    @property
    def hidden(self) -> bool:
        """Whether the page would call this photo protected."""
        return self.distance >= THRESHOLD


def draw_until_hidden(
    networks: Networks,
    image: np.ndarray,
    landmarks: np.ndarray,
    sign_mask: np.ndarray,
    distance: Callable[[np.ndarray], float],
    rng: np.random.Generator,
) -> list[Draw]:
    """Keys in the order drawn, at most DRAWS; the last one is the one used: where none hides, the farthest.

    image: uint8 [256, 256, 3]. landmarks: [478, 2] in 0..1. sign_mask: [32, 32]. distance: of a crop to the original.
    """
    drawn: list[Draw] = []
    for _ in range(DRAWS):
        key = rng.bytes(KEY_BYTES)
        protected = pipeline.protect(networks, image, landmarks, key, sign_mask)
        drawn.append(Draw(key, protected, distance(protected)))
        if drawn[-1].hidden:
            return drawn
    return [*drawn, max(drawn, key=lambda draw: draw.distance)]
