"""FaceRes (MobileNet, VGGFace2) of @vladmandic/human: a second recogniser that no loss ever sees."""

import json

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from rofi.recognisers.chip import Chip, extract_chip
from rofi.recognisers.tfjs import read_weights
from rofi.recognisers.weights import FACERES_BIN, FACERES_GRAPH, weight_file

CHIP = Chip(224, 0.0, 0.0, 1.0)
MEAN_BGR = (103.9, 116.8, 123.7)
STRIDES = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1)


class ConvNorm(nn.Module):
    """Convolution, folded batch norm and ReLU6 with TensorFlow's SAME padding (right and bottom first)."""

    def __init__(self, kernel: np.ndarray, scale: np.ndarray, shift: np.ndarray, stride: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(kernel * scale[:, None, None, None]))
        self.bias = nn.Parameter(torch.tensor(shift))
        self.stride = stride
        self.depthwise = kernel.shape[1] == 1

    def forward(self, x: Tensor) -> Tensor:
        """Map [b, c, h, w] to [b, c', h / stride, w / stride]; h and w even where it strides."""
        total = self.weight.shape[-1] - self.stride if self.weight.shape[-1] > 1 else 0
        before, after = total // 2, total - total // 2
        x = F.pad(x, (before, after, before, after))
        groups = x.shape[1] if self.depthwise else 1
        return F.relu6(F.conv2d(x, self.weight, self.bias, self.stride, groups=groups))


class FaceRes(nn.Module):
    """Embeddings [b, 1024] of aligned crops [b, 3, s, s] in [-1, 1]; compare by cosine."""

    def __init__(self) -> None:
        super().__init__()
        (group,) = json.loads(weight_file(FACERES_GRAPH).read_text())["weightsManifest"]
        weights = read_weights(group["weights"], weight_file(FACERES_BIN))

        def layer(kernel: str, layout: tuple[int, ...], norm: str, stride: int) -> ConvNorm:
            # Full convolutions carry the norm's factor in their kernel already; depthwise ones do not.
            shift = weights[f"{norm}_bn/batchnorm_1/sub"]
            scale = weights.get(f"{norm}_bn/batchnorm_1/mul", np.ones_like(shift))
            return ConvNorm(weights[kernel].transpose(layout), scale, shift, stride)

        layers = [layer("conv1/convolution/merged_input", (3, 2, 0, 1), "conv1", 2)]
        for i, stride in enumerate(STRIDES, 1):
            layers.append(layer(f"conv_dw_{i}/depthwise_kernel", (2, 3, 0, 1), f"conv_dw_{i}", stride))
            layers.append(layer(f"conv_pw_{i}/convolution/merged_input", (3, 2, 0, 1), f"conv_pw_{i}", 1))
        self.layers = nn.Sequential(*layers)
        for head in ("feats", "age_pred", "gender_pred"):
            linear = nn.Linear(*weights[f"{head}/kernel"].shape)
            linear.weight.data = torch.tensor(weights[f"{head}/kernel"].T.copy())
            linear.bias.data = torch.tensor(weights[f"{head}/bias"])
            setattr(self, head, linear)
        self.register_buffer("mean", torch.tensor(MEAN_BGR).view(1, 3, 1, 1))
        self.requires_grad_(False)

    def forward(self, image: Tensor) -> Tensor:
        """Embeddings of aligned crops."""
        return self.embed_chip((extract_chip(image, CHIP) + 1) * 127.5)

    def embed_chip(self, chip: Tensor) -> Tensor:
        """Embeddings of RGB chips [b, 3, 224, 224] in 0..255."""
        return self.layers(chip.flip(1) - self.mean).mean((2, 3))

    def attributes(self, embedding: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What it makes of embeddings [b, 1024]: age in years [b], male in 0..1 [b], the layer behind both [b, 256]."""
        features = F.relu(self.feats(embedding))
        ages = F.softmax(self.age_pred(features), 1)
        years = torch.arange(ages.shape[1], dtype=ages.dtype, device=ages.device)
        return ages @ years, torch.sigmoid(self.gender_pred(features)[:, 0]), features
