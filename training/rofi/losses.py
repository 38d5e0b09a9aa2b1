"""Losses of the paper's section 4.3 and those of the training by example."""

import torch.nn.functional as F
from torch import Tensor

Scores = tuple[Tensor, Tensor]


def discriminator_hinge(real: Scores, fake: Scores, where: Tensor) -> Tensor:
    """Hinge loss of the discriminator over its local and global scores.

    where: [b, 1, h, w] in pixels, how much the local ones count.
    """
    (real_local, real_global), (fake_local, fake_global) = real, fake
    local = _weighed(F.relu(1 - real_local.float()), where) + _weighed(F.relu(1 + fake_local.float()), where)
    return local + F.relu(1 - real_global.float()).mean() + F.relu(1 + fake_global.float()).mean()


def generator_hinge(fake: Scores, where: Tensor) -> Tensor:
    """What the generator pays for being seen through; where: as in `discriminator_hinge`."""
    return -_weighed(fake[0].float(), where) - fake[1].float().mean()


def _weighed(scores: Tensor, where: Tensor) -> Tensor:
    weight = F.adaptive_avg_pool2d(where.float(), scores.shape[-2:])
    return (scores * weight).mean() / (weight.mean() + 1e-6)


def cosine(a: Tensor, b: Tensor) -> Tensor:
    """Cosine similarity [b] of embeddings [b, d]."""
    return F.cosine_similarity(a.float(), b.float(), dim=1)
