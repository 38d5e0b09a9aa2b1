"""The hidden code of the networks up to 0.6.0, kept because the attack on it must go on succeeding.

The difference between photo and shown face, smooth coefficients of each cell, stood in the cell's finest ones, their
signs turned by a pattern that hung on the key alone. This is where their training started. Nothing but the attack may
use it.
"""

import numpy as np
import torch
from torch import Tensor, nn

from rofi.networks.patches import COEFFICIENTS, FromPatches, ToPatches

KEY, GRID = 512, 32
STRENGTH = 0.2
CODE = 96
FINEST = COEFFICIENTS - 1
FACTORS = 7


def saturate(x: Tensor, slope: float) -> Tensor:
    """Nearly always -1 or 1, but continuous, so that every backend draws the same pattern."""
    return (slope * x).clamp(-1, 1)


def compress(x: Tensor) -> Tensor:
    """Large values on a logarithmic scale, small ones as they are: a brow needs no louder code than a cheek."""
    return x.sign() * (1 + x.abs()).log()


def expand(x: Tensor) -> Tensor:
    """The inverse, bounded: noise must not grow without limit."""
    return x.sign() * (x.abs().clamp(max=4).exp() - 1)


class KeySigns(nn.Module):
    """The key's scrambling pattern: a sign for every channel and cell of the hidden code.

    Every sign is the majority of seven products of three soft signs, each of them a fixed random mix of the whole
    key: nothing in the pattern depends on a single number of the key alone, and a wrong key flips half of it.
    """

    def __init__(self, seed: int = 2025) -> None:
        super().__init__()
        random = torch.Generator().manual_seed(seed)
        for name, size in (("channels", CODE), ("rows", GRID), ("columns", GRID)):
            mix = torch.randn(KEY, FACTORS * size, generator=random) / KEY**0.5
            self.register_buffer(name, mix.half().float())

    def forward(self, key: Tensor, origin: tuple[int, int], height: int, across: int) -> Tensor:
        """Key [b, 512] to signs [b, 96, height, across] in [-1, 1], nearly all of them at either end."""
        top, left = origin

        def soft(mix: Tensor, size: int) -> Tensor:
            return saturate(key.float() @ mix, 30).view(-1, FACTORS, size)

        rows = soft(self.rows, GRID)[:, :, top : top + height, None]
        columns = soft(self.columns, GRID)[:, :, None, left : left + across]
        cells = (rows * columns).flatten(2)
        votes = soft(self.channels, CODE).transpose(1, 2) @ cells
        return saturate(votes, 1).view(-1, CODE, height, across)


_TO, _FROM, _SIGNS = ToPatches(COEFFICIENTS), FromPatches(COEFFICIENTS), KeySigns()


@torch.no_grad()
def features(crop: np.ndarray) -> Tensor:
    """Coefficients [192, 32, 32], smooth to fine, of a crop [256, 256, 3] in 0..255."""
    return _TO(torch.from_numpy(crop.astype(np.float32) / 127.5 - 1).permute(2, 0, 1)[None])[0]


@torch.no_grad()
def picture(coefficients: Tensor) -> np.ndarray:
    """The inverse, as uint8."""
    image = _FROM(coefficients[None])[0].permute(1, 2, 0).numpy()
    return np.clip(np.round((image + 1) * 127.5), 0, 255).astype(np.uint8)


def signs(key: np.ndarray) -> Tensor:
    """The pattern [96, 32, 32] of a key vector [512]."""
    return _SIGNS(torch.from_numpy(key[None]), (0, 0), GRID, GRID)[0]


def hide(photo: np.ndarray, shown: np.ndarray, pattern: Tensor) -> np.ndarray:
    """The shown crop uint8 with the photo hidden in it, as the networks did before any training."""
    coefficients = features(shown)
    code = compress(features(photo)[:CODE] - coefficients[:CODE]) * pattern
    coefficients[FINEST - CODE + 1 :] = STRENGTH * code.flip(0)
    return picture(coefficients)


def read(protected: np.ndarray) -> Tensor:
    """The code [96, 32, 32] as it stands in the pixels."""
    return features(protected)[FINEST - CODE + 1 :].flip(0) / STRENGTH


def reveal(protected: np.ndarray, pattern: Tensor) -> np.ndarray:
    """The photo uint8 that a pattern gives back."""
    coefficients = features(protected)
    coefficients[:CODE] += expand(read(protected) * pattern)
    coefficients[FINEST - CODE + 1 :] = 0
    return picture(coefficients)
