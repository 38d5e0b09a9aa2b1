"""What the sign detector is taught by: image labels, the drawn masks, or both."""

import torch
from torch import Tensor
from torch.nn import functional

from .detector import region_score
from .metrics import COVERED

LESSONS = ("labels", "masks", "both")
_CALM, _RANKED_WEIGHT = 2.0, 0.5
"""How much more a healthy eye's highest region counts than a sick eye's."""
_HARDEST = 8
"""Of every eye's healthy regions those that count are the ones that look most like a sign."""
_FAINT = 0.02
"""A region that a sign covers less than this is healthy."""


def label_losses(logits: Tensor, sick: Tensor) -> dict[str, Tensor]:
    """The paper's: cross-entropy of the highest region; and a sick eye must score above its healthy twin.

    logits: [faces, 2, 2, h, w]: healthy and sick, right and left. sick: [faces, 2].
    """
    pooled = region_score(logits)
    found = functional.softplus(-pooled[:, 1]) * sick
    calm = functional.softplus(pooled[:, 0]) + functional.softplus(pooled[:, 1]) * (1 - sick)
    ranked = functional.softplus(pooled[:, 0] - pooled[:, 1]) * sick
    return {"found": found.mean(), "calm": _CALM / 2 * calm.mean(), "ranked": _RANKED_WEIGHT * ranked.mean()}


def region_losses(logits: Tensor, coverage: Tensor) -> dict[str, Tensor]:
    """Cross-entropy of the regions that a sign covers and of those healthy ones that look most like one; and overlap.

    Regions that a sign covers in part, but not enough, count for neither. Every sign weighs the same, however small.
    """
    most = coverage.flatten(2).amax(-1)[..., None, None]
    shown = most > _FAINT
    positive = ((coverage >= most.clamp(max=COVERED)) & shown).float()
    negative = (coverage <= _FAINT).float()
    signs = shown.sum().clamp(min=1)
    covered = functional.softplus(-logits[:, 1]) * positive
    covered = (covered.sum((-1, -2)) / positive.sum((-1, -2)).clamp(min=1)).sum() / signs
    clean = torch.stack([functional.softplus(logits[:, 0]), functional.softplus(logits[:, 1]) * negative], 1)
    selected = torch.sigmoid(logits[:, 1]) * (positive + negative)
    both = 2 * (selected * positive).sum((-1, -2)) / (selected + positive).sum((-1, -2)).clamp(min=1e-3)
    overlap = ((1 - both) * shown[..., 0, 0]).sum() / signs
    return {"covered": covered, "clean": clean.flatten(-2).topk(_HARDEST, -1).values.mean(), "overlap": overlap}


def losses_of(logits: Tensor, coverage: Tensor, sick: Tensor, learn: str) -> dict[str, Tensor]:
    """All losses of a lesson, one of LESSONS, by name."""
    terms = {} if learn == "masks" else label_losses(logits, sick)
    return terms if learn == "labels" else terms | region_losses(logits, coverage)
