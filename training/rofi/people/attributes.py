"""How old and of which sex a face looks: a small network, so that a child is not drawn with a grown-up's face."""

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from rofi.recognisers.chip import Chip, extract_chip

# The face with some hair round it, at 80 px.
CHIP = Chip(80, 0.08, 0.05, 0.84)
WIDTHS = (20, 40, 80, 136)
FEATURES = 256


def _layer(inputs: int, outputs: int, stride: int) -> list[nn.Module]:
    return [
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    ]


class Attributes(nn.Module):
    """Aligned crop [b, 3, 256, 256] in [-1, 1] to age in years / 100 and male in 0..1, [b, 2]."""

    def __init__(self) -> None:
        super().__init__()
        layers = _layer(3, WIDTHS[0], 2)
        for narrow, wide in pairwise(WIDTHS):
            layers += _layer(narrow, wide, 2)
        layers += _layer(WIDTHS[-1], WIDTHS[-1], 1)
        self.body = nn.Sequential(*layers)
        self.features = nn.Linear(WIDTHS[-1], FEATURES)
        self.head = nn.Linear(FEATURES, 2)

    def inner(self, chip: Tensor) -> tuple[Tensor, Tensor]:
        """Outputs [b, 2] before the sigmoid and features [b, 256] of chips [b, 3, 80, 80] in [-1, 1]."""
        features = F.relu(self.features(self.body(chip).mean((2, 3))))
        return self.head(features), features

    def forward(self, image: Tensor) -> Tensor:
        """Age / 100 and male of whole crops."""
        return torch.sigmoid(self.inner(extract_chip(image, CHIP))[0])
