"""The Ophthalmic Sign Detector of section 4.2: ResNet-50 up to Res2, a linear scorer, region-score-max.

Normalisation is folded into the convolutions: training goes on from networks that were trained with it.
"""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from .eye import CELL, COLUMNS, ROWS, SIZE

FEATURES = 1024
"""What the scorer sees of a region: the last two blocks of Res2."""
EXTENT = 2.0
"""By so much at most the logits of an eye with a sign rise."""
HIDDEN = 48
"""What is weighed together of both eyes before it counts for a score."""


class Bottleneck(nn.Module):
    """ResNet-50's block: 1×1, 3×3 (with the stride), 1×1, and a shortcut."""

    def __init__(self, channels: int, width: int, stride: int = 1) -> None:
        super().__init__()
        out = width * 4
        self.conv1 = nn.Conv2d(channels, width, 1)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1)
        self.conv3 = nn.Conv2d(width, out, 1)
        self.shortcut = nn.Sequential()
        if channels != out:
            self.shortcut = nn.Sequential(nn.Conv2d(channels, out, 1, stride))

    def forward(self, x: Tensor) -> Tensor:
        """[n, channels, h, w] → [n, 4·width, h / stride, w / stride]."""
        y = functional.relu(self.conv1(x))
        y = functional.relu(self.conv2(y))
        return functional.relu(self.conv3(y) + self.shortcut(x))


def _blurred(maps: Tensor) -> Tensor:
    return functional.avg_pool2d(maps, 3, 1, 1, count_include_pad=False)


def _of_the_other(maps: Tensor) -> Tensor:
    """Maps of right and left eyes in turn, [2·n, ...], exchanged: [n, 2, ...]."""
    pairs = maps.unflatten(0, (-1, 2))
    return torch.cat([pairs[:, 1:], pairs[:, :1]], 1)


class SignScorer(nn.Module):
    """Scores each region of both eyes of a face, each eye in the light of the other and of both as a whole."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Sequential(nn.Conv2d(3, 64, 7, 2, 3), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.res1 = nn.Sequential(Bottleneck(64, 64), Bottleneck(256, 64), Bottleneck(256, 64))
        self.res2 = nn.Sequential(Bottleneck(256, 128, 2), *(Bottleneck(512, 128) for _ in range(3)))
        self.linear = nn.Conv2d(FEATURES, 1 + HIDDEN, 1)
        self.other = nn.Conv2d(FEATURES, 1 + HIDDEN, 1, bias=False)
        self.both = nn.Conv2d(FEATURES, 1 + HIDDEN, 1, bias=False)
        self.across = nn.Conv2d(FEATURES, HIDDEN, 1, bias=False)
        self.mix = nn.Conv2d(HIDDEN, 1, 1, bias=False)

    def features(self, eyes: Tensor) -> Tensor:
        """Eyes [n, 3, h, w] in [-1, 1], noses at the right → what Res2's last two blocks see, [n, 1024, h/8, w/8]."""
        before = self.res2[:-1](self.res1(self.conv1(eyes)))
        return torch.cat([before, self.res2[-1](before)], 1)

    def score(self, features: Tensor) -> Tensor:
        """Features [n, 2, 1024, h, w] of right and left eyes → logits [n, 2, h, w].

        What the other eye has at the same place, and what both have all over, counts too: colour, make-up, light,
        sharpness and age are shared. So does what it has where it would look if it looked the same way: a squint shows
        in neither eye alone.
        """
        flat = features.flatten(0, 1)
        own = self.linear(flat).unflatten(0, (-1, 2))
        same = _of_the_other(_blurred(self.other(flat)))
        away = _of_the_other(_blurred(self.across(flat))).flip(-1)
        whole = self.both(flat).mean((2, 3), keepdim=True).unflatten(0, (-1, 2)).mean(1, keepdim=True)
        seen = own + same + whole
        together = functional.relu(seen[:, :, 1:] + away).flatten(0, 1)
        return seen[:, :, 0] + self.mix(together)[:, 0].unflatten(0, (-1, 2))

    def forward(self, eyes: Tensor) -> Tensor:
        """Right and left eyes [n, 2, 3, h, w] → logits [n, 2, h/8, w/8]."""
        return self.score(self.features(eyes.flatten(0, 1)).unflatten(0, (-1, 2)))


class SignDetector(nn.Module):
    """The whole detector: aligned face in, scores on the protector's 32×32 grid out, 0 away from the eyes.

    bias: added to the logits, so that the threshold 0.5 keeps false alarms on healthy faces rare. A sign that is found
    is kept with its rim: where an eye's highest logit is above 0 all of that eye's rise by as much, by EXTENT at most.
    """

    def __init__(self, scorer: SignScorer, bias: float = 0.0) -> None:
        super().__init__()
        self.scorer = scorer
        self.bias = bias

    def forward(self, image: Tensor) -> Tensor:
        """Aligned face [1, 3, 256, 256] in [-1, 1] → scores [1, 1, 32, 32] in 0..1."""
        return self.scores(self.logits(image))

    def logits(self, image: Tensor) -> Tensor:
        """What the scorer makes of both eyes, right and left, noses at the right, [1, 2, 10, 14]."""
        right = image[:, :, ROWS, COLUMNS["right"]]
        left = image[:, :, ROWS, COLUMNS["left"]].flip(-1)
        return self.scorer(torch.stack([right, left], 1))

    def scores(self, logits: Tensor) -> Tensor:
        """The scorer's logits as scores on the grid."""
        logits = logits + self.bias
        logits = logits + logits.amax((2, 3), keepdim=True).clamp(0, EXTENT)
        eyes = torch.sigmoid(logits)[:, None]
        both = torch.cat([eyes[:, :, 0], eyes[:, :, 1].flip(-1)], dim=-1)
        beside = (COLUMNS["right"].start // CELL, (SIZE - COLUMNS["left"].stop) // CELL)
        above_below = (ROWS.start // CELL, (SIZE - ROWS.stop) // CELL)
        return functional.pad(both, beside + above_below)


def region_score(logits: Tensor) -> Tensor:
    """The paper's region-score-max: the highest region's logit. [..., h, w] → [...]."""
    return logits.flatten(-2).amax(-1)


def recover(scorer: SignScorer, file: Path) -> None:
    """Fills a scorer with the features of an exported network; its scores stay as they are.

    Raises KeyError when the file holds another network.
    """
    stored = {
        tensor.name.removesuffix(".half").removeprefix("scorer."): numpy_helper.to_array(tensor)
        for tensor in onnx.load(str(file)).graph.initializer
    }
    with torch.no_grad():
        for name, parameter in scorer.named_parameters():
            if name.startswith(("conv1", "res1", "res2")):
                parameter.copy_(torch.from_numpy(stored[name].copy()))
