"""Lossless patches: an 8×8 block of pixels as 192 cosine coefficients, and back."""

import numpy as np
import torch
from torch import Tensor, nn

STRIDE = 8
COEFFICIENTS = 3 * STRIDE * STRIDE


def _cosines() -> np.ndarray:
    """Orthonormal DCT-II basis [8, 8] (frequency, place)."""
    at = np.arange(STRIDE)
    basis = np.cos(np.pi * (at[None] + 0.5) * at[:, None] / STRIDE) * np.sqrt(2 / STRIDE)
    basis[0] /= np.sqrt(2)
    return basis


def cosine_basis() -> Tensor:
    """Rows [192, 3, 8, 8], orthonormal, from smooth to fine; brightness and two colour differences in turn."""
    one = _cosines()
    order = sorted(((i, j) for i in range(STRIDE) for j in range(STRIDE)), key=lambda f: (f[0] ** 2 + f[1] ** 2, f))
    colours = np.array([[1, 1, 1], [1, 0, -1], [1, -2, 1]]) / np.sqrt([[3], [2], [6]])
    rows = [np.einsum("c,y,x->cyx", colour, one[i], one[j]) for i, j in order for colour in colours]
    return torch.from_numpy(np.stack(rows)).float()


class ToPatches(nn.Module):
    """Image to coefficients: a learned 8×8 convolution that starts as the cosine basis."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, width, STRIDE, STRIDE, bias=False)
        nn.init.zeros_(self.conv.weight)
        with torch.no_grad():
            self.conv.weight[:COEFFICIENTS].copy_(cosine_basis())

    def forward(self, image: Tensor) -> Tensor:
        """[b, 3, h, w] to [b, width, h/8, w/8]; the first 192 channels are the coefficients."""
        return self.conv(image)


class FromPatches(nn.Module):
    """The way back, starting as the inverse."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(width, COEFFICIENTS, 1, bias=False)
        nn.init.zeros_(self.conv.weight)
        with torch.no_grad():
            # pixel_shuffle expects channel = (colour, y, x).
            self.conv.weight[:, :COEFFICIENTS, 0, 0].copy_(cosine_basis().flatten(1).T)

    def forward(self, features: Tensor) -> Tensor:
        """[b, width, h, w] to [b, 3, 8h, 8w]."""
        return nn.functional.pixel_shuffle(self.conv(features), STRIDE)
