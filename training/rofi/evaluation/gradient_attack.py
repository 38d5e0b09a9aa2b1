"""A key vector optimised by gradient until the restored face looks, to a recogniser, like a suspect."""

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
        """Restored pixels for the best key vector found from a random start; images uint8 [256, 256, 3]."""
        wanted = self.recogniser(torch.from_numpy(to_tensor(suspect)))
        image = torch.from_numpy(to_tensor(protected))
        key = torch.tensor(rng.standard_normal((1, VECTOR)), dtype=torch.float32, requires_grad=True)
        optimiser = torch.optim.Adam([key], RATE)
        with patch.object(translator, "saturate", straight):
            for step in range(self.steps):
                if step % REDRAW == 0:
                    drawn = pipeline.draw_virtual(self.networks, protected, landmarks, key.detach().numpy()[0])
                    virtual = torch.from_numpy(drawn)
                restored = self.oval * self.restorer(image, virtual, key) + (1 - self.oval) * image
                unlike = 1 - F.cosine_similarity(self.recogniser(restored), wanted).mean()
                # Stay where keys are: the vector of a true key is close to N(0, I).
                loss = unlike + 0.1 * (key.square().mean() - 1).square()
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
        return pipeline.restore_vector(self.networks, protected, landmarks, key.detach().numpy()[0])
