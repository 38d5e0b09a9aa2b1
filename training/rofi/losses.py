"""Losses of the paper's section 4.3 and those of the training by example."""

from collections.abc import Iterable

import torch.nn.functional as F
from torch import Tensor

Scores = tuple[Tensor, Tensor]


def discriminator_hinge(real: Scores, fake: Scores) -> Tensor:
    """Hinge loss of the discriminator over its local and global scores."""
    return sum(F.relu(1 - r.float()).mean() + F.relu(1 + f.float()).mean() for r, f in zip(real, fake, strict=True))


def generator_hinge(fake: Scores) -> Tensor:
    """What the generator pays for being seen through."""
    return -sum(f.float().mean() for f in fake)


def cosine(a: Tensor, b: Tensor) -> Tensor:
    """Cosine similarity [b] of embeddings [b, d]."""
    return F.cosine_similarity(a.float(), b.float(), dim=1)


def perceptual(a: Iterable[Tensor], b: Iterable[Tensor]) -> Tensor:
    """Mean absolute difference of recogniser features, every third layer."""
    pairs = list(zip(a, b, strict=True))[::3]
    return sum((x.float() - y.float()).abs().mean() for x, y in pairs) / len(pairs)
