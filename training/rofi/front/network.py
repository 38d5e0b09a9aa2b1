"""The network that sees what is in front of a face."""

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SIDE = 128
# It works on 2×2 pixels at once.
FOLD = 2
WIDTHS = (24, 40, 64, 80)
"""Channels at 64, 32, 16 and 8 px."""
NARROW = (24, 32, 64)
"""Channels on the way back, at 64, 32 and 16 px."""


def _layer(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    convolution = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
    return nn.Sequential(convolution, nn.BatchNorm2d(outputs), nn.ReLU())


class _Block(nn.Module):
    """Two convolutions added to what they see."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = _layer(channels, channels)
        self.second = _layer(channels, channels)[:2]

    def forward(self, x: Tensor) -> Tensor:
        """[b, channels, h, w], as the result."""
        return F.relu(x + self.second(self.first(x)))


class FrontNetwork(nn.Module):
    """A small U-Net on the crop at 128 px that knows where in it a pixel is."""

    def __init__(self) -> None:
        super().__init__()
        at = (torch.arange(SIDE // FOLD) + 0.5) / SIDE * FOLD * 2 - 1
        self.register_buffer("places", torch.stack(torch.meshgrid(at, at, indexing="ij"))[None], persistent=False)
        self.stem = nn.Sequential(_layer(3 * FOLD**2 + 2, WIDTHS[0]), _layer(WIDTHS[0], WIDTHS[0]))
        self.down = nn.ModuleList(nn.Sequential(_layer(a, b, 3, 2), _Block(b)) for a, b in pairwise(WIDTHS))
        self.lowest = _Block(WIDTHS[-1])
        self.up = nn.ModuleList()
        below = WIDTHS[-1]
        for skip, narrow in zip(WIDTHS[-2::-1], NARROW[::-1], strict=True):
            self.up.append(nn.Sequential(_layer(below + skip, narrow, 1), _layer(narrow, narrow)))
            below = narrow
        self.head = nn.Conv2d(below, FOLD**2, 1)
        nn.init.constant_(self.head.bias, -2.5)

    def forward(self, small: Tensor) -> Tensor:
        """Crops [b, 3, 128, 128] in [-1, 1] to logits [b, 1, 128, 128]."""
        x = F.pixel_unshuffle(small, FOLD)
        x = self.stem(torch.cat([x, self.places.expand(len(x), -1, -1, -1)], 1))
        kept = []
        for down in self.down:
            kept.append(x)
            x = down(x)
        x = self.lowest(x)
        for up, skip in zip(self.up, kept[::-1], strict=True):
            x = up(torch.cat([F.interpolate(x, scale_factor=2.0, mode="nearest"), skip], 1))
        return F.pixel_shuffle(self.head(x), FOLD)


class FrontGraph(nn.Module):
    """The network as the product calls it: the whole crop, and shares instead of logits."""

    def __init__(self, network: FrontNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor) -> Tensor:
        """Crop [1, 3, 256, 256] in [-1, 1] to how surely each pixel is in front, [1, 1, 128, 128] in 0..1."""
        return torch.sigmoid(self.network(F.avg_pool2d(image, 2)))
