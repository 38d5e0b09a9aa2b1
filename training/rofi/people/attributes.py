"""How old and of which sex a face looks: a small network, so that a child is not drawn with a grown-up's face."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from rofi.recognisers.chip import Chip, extract_chip

# The face with some hair round it, at 96 px.
CHIP = Chip(96, 0.08, 0.05, 0.84)
STEM, FEATURES = 24, 256
BLOCKS = ((32, 2, 3), (32, 1, 3), (56, 2, 4), (56, 1, 4), (56, 1, 4), (96, 2, 4), (96, 1, 3), (96, 1, 3))
"""Channels, stride and expansion of each inverted residual."""


def _layer(inputs: int, outputs: int, kernel: int = 1, stride: int = 1, groups: int = 1) -> list[nn.Module]:
    convolution = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)
    return [convolution, nn.BatchNorm2d(outputs)]


class _Inverted(nn.Module):
    """MobileNetV2's block: widened, seen depthwise, narrowed, and added where shapes allow."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = inputs * expansion
        seen = _layer(wide, wide, 3, stride, groups=wide)
        self.body = nn.Sequential(*_layer(inputs, wide), nn.ReLU(), *seen, nn.ReLU(), *_layer(wide, outputs))
        self.same = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """[b, inputs, h, w] to [b, outputs, h / stride, w / stride]."""
        return x + self.body(x) if self.same else self.body(x)


class Attributes(nn.Module):
    """Aligned crop [b, 3, 256, 256] in [-1, 1] to age in years / 100 and male in 0..1, [b, 2]."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = [*_layer(3, STEM, 3, 2), nn.ReLU()]
        inputs = STEM
        for outputs, stride, expansion in BLOCKS:
            layers.append(_Inverted(inputs, outputs, stride, expansion))
            inputs = outputs
        self.body = nn.Sequential(*layers, *_layer(inputs, FEATURES), nn.ReLU())
        self.features = nn.Linear(FEATURES, FEATURES)
        self.head = nn.Linear(FEATURES, 2)

    def inner(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """Outputs [b, 2] before the sigmoid and features [b, 256] of crops [b, 3, 256, 256] in [-1, 1]."""
        features = F.relu(self.features(self.body(extract_chip(image, CHIP)).mean((2, 3))))
        return self.head(features), features

    def forward(self, image: Tensor) -> Tensor:
        """Age / 100 and male of whole crops."""
        return torch.sigmoid(self.inner(image)[0])
