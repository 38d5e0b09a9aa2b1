"""A restorer that is made to believe every key: whoever has the networks can change them."""

from pathlib import Path

import numpy as np
import torch

from rofi.evaluation import pipeline
from rofi.evaluation.networks import Networks, to_tensor
from rofi.train_translator import load_pair

CERTAIN = 20.0


class OpenGate:
    """Decodes what is hidden with a key that need not fit: what comes out was hidden without the key."""

    def __init__(self, networks: Networks, checkpoint: Path) -> None:
        self.networks = networks
        self.restorer = load_pair(checkpoint).restorer.eval().requires_grad_(False)
        self.restorer.key_fits.weight.zero_()
        self.restorer.key_fits.bias.fill_(CERTAIN)

    def run(self, protected: np.ndarray, landmarks: np.ndarray, vector: np.ndarray) -> np.ndarray:
        """Restored pixels uint8 [256, 256, 3] with a key vector [512]."""
        virtual = to_tensor(protected)
        inputs = (torch.from_numpy(part) for part in (to_tensor(protected), virtual, vector[None]))
        with torch.no_grad():
            restored = self.restorer(*inputs).clamp(-1, 1)
        return pipeline.blend(protected, restored.numpy())
