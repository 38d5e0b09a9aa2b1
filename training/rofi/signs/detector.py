"""The Ophthalmic Sign Detector of section 4.2: ResNet-50 up to Res2, a linear scorer, region-score-max."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from .eye import CELL, COLUMNS, ROWS, SIZE


class Bottleneck(nn.Module):
    """ResNet-50's block: 1×1, 3×3 (with the stride), 1×1, and a shortcut."""

    def __init__(self, channels: int, width: int, stride: int = 1) -> None:
        super().__init__()
        out = width * 4
        self.conv1 = nn.Conv2d(channels, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, out, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(out)
        self.shortcut = nn.Sequential()
        if channels != out:
            self.shortcut = nn.Sequential(nn.Conv2d(channels, out, 1, stride, bias=False), nn.BatchNorm2d(out))

    def forward(self, x: Tensor) -> Tensor:
        """[n, channels, h, w] → [n, 4·width, h / stride, w / stride]."""
        y = functional.relu(self.bn1(self.conv1(x)))
        y = functional.relu(self.bn2(self.conv2(y)))
        return functional.relu(self.bn3(self.conv3(y)) + self.shortcut(x))


class SignScorer(nn.Module):
    """Scores each region of an eye.

    extra: further scores a region (one for each kind of sign), which only training uses.
    """

    def __init__(self, extra: int = 0) -> None:
        super().__init__()
        self.conv1 = nn.Sequential(
            nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)
        )
        self.res1 = nn.Sequential(Bottleneck(64, 64), Bottleneck(256, 64), Bottleneck(256, 64))
        self.res2 = nn.Sequential(Bottleneck(256, 128, 2), *(Bottleneck(512, 128) for _ in range(3)))
        self.linear = nn.Conv2d(512, 1 + extra, 1)
        for module in self.modules():
            if isinstance(module, Bottleneck):
                nn.init.zeros_(module.bn3.weight)
        nn.init.normal_(self.linear.weight, std=0.03)
        nn.init.constant_(self.linear.bias, -1.0)

    def forward(self, eye: Tensor) -> Tensor:
        """Eyes [n, 3, h, w] in [-1, 1], nose at the right → logits [n, 1 + extra, h / 8, w / 8]."""
        return self.linear(self.res2(self.res1(self.conv1(eye))))


class SignDetector(nn.Module):
    """The whole detector: aligned face in, scores on the protector's 32×32 grid out, 0 away from the eyes.

    bias: added to the logits, so that the threshold 0.5 keeps false alarms on healthy faces rare.
    """

    def __init__(self, scorer: SignScorer, bias: float = 0.0) -> None:
        super().__init__()
        self.scorer = scorer
        self.bias = bias

    def forward(self, image: Tensor) -> Tensor:
        """Aligned face [1, 3, 256, 256] in [-1, 1] → scores [1, 1, 32, 32] in 0..1."""
        right = image[:, :, ROWS, COLUMNS["right"]]
        left = image[:, :, ROWS, COLUMNS["left"]].flip(-1)
        logits = self.scorer(torch.cat([right, left]))[:, :1]
        # A score reaches the eight regions around it: the map must hold the sign's border too.
        scores = functional.max_pool2d(torch.sigmoid(logits + self.bias), 3, 1, 1)
        scores = torch.cat([scores[:1], scores[1:].flip(-1)], dim=-1)
        beside = (COLUMNS["right"].start // CELL, (SIZE - COLUMNS["left"].stop) // CELL)
        above_below = (ROWS.start // CELL, (SIZE - ROWS.stop) // CELL)
        return functional.pad(scores, beside + above_below)


def region_score(logits: Tensor, regions: int) -> Tensor:
    """Mean of the `regions` highest region logits; 1 is the paper's maximum. [n, c, h, w] → [n, c]."""
    return logits.flatten(2).topk(regions, dim=-1).values.mean(-1)
