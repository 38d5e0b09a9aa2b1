"""dlib's face recognition ResNet, from the weights face-api.js publishes. Used to check, never to train."""

import json

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from rofi.recognisers.chip import chip_for_eyes, extract_chip
from rofi.recognisers.tfjs import read_weights
from rofi.recognisers.weights import DLIB_BIN, DLIB_MANIFEST, weight_file

# dlib's mean face shape with padding 0.25: eye centres at (0.317, 0.3107) and (0.670, 0.3107) of the chip.
CHIP = chip_for_eyes(150, 0.670 - 0.317, 0.3107)
MEAN_RGB = (122.782, 117.001, 104.298)
THRESHOLD = 0.59
"""From this Euclidean distance on the page calls two faces two people: one pair of strangers in fifty is nearer.

Measured on 4,950 pairs of 100 real people (rofi.recognisers.threshold). Recognition is used at one false accept in a
hundred (0.55) or fewer; the rest is the page's margin. One photo against itself with other light, crop, mirroring,
scale and JPEG damage stays within 0.4.
"""
PUBLISHED_THRESHOLD = 0.6
"""Below it dlib's author takes two photos for one person."""
BLOCKS = (
    *("conv32_1", "conv32_2", "conv32_3"),
    *("conv64_down", "conv64_1", "conv64_2", "conv64_3"),
    *("conv128_down", "conv128_1", "conv128_2"),
    *("conv256_down", "conv256_1", "conv256_2", "conv256_down_out"),
)


def _conv(weights: dict[str, np.ndarray], name: str, stride: int) -> nn.Conv2d:
    """Convolution with its affine layer folded in; padded unless it strides, as in dlib."""
    scale = torch.tensor(weights[f"{name}/scale/weights"])
    kernel = torch.tensor(weights[f"{name}/conv/filters"]).permute(3, 2, 0, 1) * scale[:, None, None, None]
    bias = torch.tensor(weights[f"{name}/conv/bias"]) * scale + torch.tensor(weights[f"{name}/scale/biases"])
    out, inp, size, _ = kernel.shape
    conv = nn.Conv2d(inp, out, size, stride, padding=size // 2 if stride == 1 else 0)
    conv.weight, conv.bias = nn.Parameter(kernel.contiguous()), nn.Parameter(bias)
    return conv


class Block(nn.Module):
    """Two convolutions and a shortcut, which is average-pooled and zero-padded where the block strides."""

    def __init__(self, weights: dict[str, np.ndarray], name: str) -> None:
        super().__init__()
        self.down = "down" in name
        # Of a 150-pixel chip only the last two strided blocks see an even side, and lose a row and a column.
        self.lost = int(name.startswith("conv256_down"))
        self.conv1 = _conv(weights, f"{name}/conv1", 2 if self.down else 1)
        self.conv2 = _conv(weights, f"{name}/conv2", 1)

    def forward(self, x: Tensor) -> Tensor:
        """Map [b, c, h, w] to the same, or to about half the size."""
        y = self.conv2(F.relu(self.conv1(x)))
        if self.down:
            x = F.avg_pool2d(x, 2)
            y = F.pad(y, (0, self.lost, 0, self.lost))
            x = F.pad(x, (0, 0, 0, 0, 0, self.conv1.out_channels - self.conv1.in_channels))
        return F.relu(x + y)


class DlibResnet(nn.Module):
    """Embeddings [b, 128] of aligned crops [b, 3, s, s] in [-1, 1]; compare by Euclidean distance."""

    def __init__(self) -> None:
        super().__init__()
        (group,) = json.loads(weight_file(DLIB_MANIFEST).read_text())
        weights = read_weights(group["weights"], weight_file(DLIB_BIN))
        self.stem = _conv(weights, "conv32_down", 2)
        self.blocks = nn.Sequential(*(Block(weights, name) for name in BLOCKS))
        self.fc = nn.Parameter(torch.tensor(weights["fc"]))
        self.register_buffer("mean", torch.tensor(MEAN_RGB).view(1, 3, 1, 1))
        self.requires_grad_(False)

    def forward(self, image: Tensor) -> Tensor:
        """Embeddings of aligned crops."""
        return self.embed_chip((extract_chip(image, CHIP) + 1) * 127.5)

    def embed_chip(self, chip: Tensor) -> Tensor:
        """Embeddings of chips [b, 3, 150, 150] in 0..255."""
        x = F.relu(self.stem((chip - self.mean) / 255))
        x = self.blocks(F.max_pool2d(x, 3, 2))
        return x.mean((2, 3)) @ self.fc
