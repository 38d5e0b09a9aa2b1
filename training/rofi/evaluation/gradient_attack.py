"""Key vectors optimised by gradient: until a recogniser takes the restored face for a suspect's, or for all photos."""

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from rofi.evaluation import pipeline
from rofi.evaluation.keys import VECTOR
from rofi.evaluation.networks import Networks, to_tensor
from rofi.networks import translator
from rofi.recognisers.fr_feature import FrFeature
from rofi.train_translator import load_pair

RATE = 0.05
REDRAW = 10


def straight(x: Tensor, slope: float) -> Tensor:
    """The scrambling pattern with a gradient: exact forward, that of tanh backward."""
    soft = torch.tanh(x * min(slope, 2))
    return soft + ((slope * x).clamp(-1, 1) - soft).detach()


class GradientAttack:
    """Knows the networks and a photo of the suspect, which is more than a thief of protected photos has.

    What it finds may be an adversarial pattern rather than a face: compare with its success on a stranger.
    """

    def __init__(self, networks: Networks, checkpoint: Path, steps: int) -> None:
        self.networks, self.steps = networks, steps
        self.restorer = load_pair(checkpoint).restorer.eval().requires_grad_(False)
        self.recogniser = FrFeature().eval()
        self.oval = torch.from_numpy(pipeline.OVAL)

    def run(
        self, protected: np.ndarray, landmarks: np.ndarray, suspect: np.ndarray, rng: np.random.Generator
    ) -> np.ndarray:
        """The key vector [512] found from a random start; images uint8 [256, 256, 3]."""
        wanted = self.recogniser(torch.from_numpy(to_tensor(suspect)))
        drawn = Drawn(self.networks, protected, landmarks)

        def unlike(key: Tensor, step: int) -> Tensor:
            restored = self._restored(drawn, key, redraw=step % REDRAW == 0)
            return 1 - F.cosine_similarity(self.recogniser(restored), wanted).mean()

        return self._search(unlike, rng)

    def universal(
        self, photos: list[tuple[np.ndarray, np.ndarray, np.ndarray]], rng: np.random.Generator
    ) -> np.ndarray:
        """One key vector [512] for all photos (paper, "Discussion"): it brings what is restored near the originals.

        photos: protected pixels uint8 [256, 256, 3], their landmarks [478, 2], and the original's pixels.
        """
        known = [
            (Drawn(self.networks, protected, landmarks), torch.from_numpy(to_tensor(original)))
            for protected, landmarks, original in photos
        ]

        def unlike(key: Tensor, step: int) -> Tensor:
            drawn, wanted = known[step % len(known)]
            return (self._restored(drawn, key, redraw=True) - wanted).abs().mean()

        return self._search(unlike, rng)

    def restoration(
        self, protected: np.ndarray, landmarks: np.ndarray, vector: np.ndarray
    ) -> Callable[[Tensor], Tensor]:
        """What the restorer makes of crops [1, 3, 256, 256] with a key vector, the virtual face drawn once."""
        drawn, key = Drawn(self.networks, protected, landmarks), torch.from_numpy(vector[None])
        drawn.draw(key)
        return lambda image: self.oval * self.restorer(image, drawn.virtual, key) + (1 - self.oval) * image

    def _restored(self, drawn: "Drawn", key: Tensor, redraw: bool) -> Tensor:
        if redraw:
            drawn.draw(key)
        return self.oval * self.restorer(drawn.image, drawn.virtual, key) + (1 - self.oval) * drawn.image

    def _search(self, unlike: Callable[[Tensor, int], Tensor], rng: np.random.Generator) -> np.ndarray:
        key = torch.tensor(rng.standard_normal((1, VECTOR)), dtype=torch.float32, requires_grad=True)
        optimiser = torch.optim.Adam([key], RATE)
        with patch.object(translator, "saturate", straight):
            for step in range(self.steps):
                # Stay where keys are: the vector of a true key is close to N(0, I).
                loss = unlike(key, step) + 0.1 * (key.square().mean() - 1).square()
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
        return key.detach().numpy()[0]


class Drawn:
    """A protected photo and the virtual face that was last drawn on it."""

    def __init__(self, networks: Networks, protected: np.ndarray, landmarks: np.ndarray) -> None:
        self.networks, self.protected, self.landmarks = networks, protected, landmarks
        self.image = self.virtual = torch.from_numpy(to_tensor(protected))

    def draw(self, key: Tensor) -> None:
        """Draws the face of key [1, 512], through which no gradient flows."""
        drawn = to_tensor(self.protected)
        self.virtual = torch.from_numpy(drawn)
