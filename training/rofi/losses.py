"""Losses of the paper's section 4.3 and those of the training by example."""

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
