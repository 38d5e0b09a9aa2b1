"""Noise on a protected photo that should make its restoration show a chosen stranger (paper, "adversarial attack").

Basic Iterative Method: signed gradient steps inside a box. Whatever restores is a function, so that the attack outlives
the network; it must pass a gradient, and an attacker who lacks the key has to put something in its place.
"""

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

STEPS = 15
NORMS = (0.01, 0.02, 0.03, 0.04, 0.05)
Network = Callable[[Tensor], Tensor]


def spoof(restore: Network, recogniser: Network, protected: Tensor, wanted: Tensor, norm: float) -> Tensor:
    """The protected crop with noise that brings what is restored towards another person.

    protected: [1, 3, h, w] in [-1, 1]. wanted: the person's embedding [1, d]. norm: largest change of a pixel, a share
    of what a picture can hold, as the paper gives it. restore and recogniser take and give batches of one.
    """
    reach = 2 * norm
    step = 2 * reach / STEPS
    noisy = protected.clone()
    for _ in range(STEPS):
        noisy.requires_grad_(True)
        unlike = 1 - F.cosine_similarity(recogniser(restore(noisy)), wanted).mean()
        (gradient,) = torch.autograd.grad(unlike, noisy)
        with torch.no_grad():
            moved = noisy - step * gradient.sign()
            noisy = (protected + (moved - protected).clamp(-reach, reach)).clamp(-1, 1)
    return noisy.detach()


def defended(restore: Network, norm: float, generator: torch.Generator) -> Network:
    """The same restoration after random noise of that norm is added to its input (paper's defence)."""

    def restore_noisy(image: Tensor) -> Tensor:
        noise = 2 * torch.rand(image.shape, generator=generator) - 1
        return restore((image + 2 * norm * noise).clamp(-1, 1))

    return restore_noisy
