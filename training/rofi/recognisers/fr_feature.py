"""MobileFaceNet (ArcFace) from fr_feature.onnx: the recogniser that training may push against."""

import onnx
import torch.nn.functional as F
from onnx import numpy_helper
from torch import Tensor, nn, tensor

from rofi.recognisers.chip import chip_for_eyes, extract_chip
from rofi.recognisers.weights import FR_FEATURE, weight_file

# ArcFace's reference eyes in its 112-pixel chip: 35.24 px apart, 51.6 px from the top.
CHIP = chip_for_eyes(112, 35.24 / 112, 51.6 / 112)
THRESHOLD = 1.22
"""From this Euclidean distance of unit embeddings on the page calls two faces two people (a cosine of 0.26).

One pair of strangers in fifty is nearer, of 4,950 pairs of 100 real people; one in a hundred is within 1.19.
"""


class FrFeature(nn.Module):
    """Differentiable copy of fr_feature.onnx behind the aligned crop; frozen weights.

    `forward(image)` takes crops [b, 3, s, s] in [-1, 1] and returns embeddings [b, 512] (compare by cosine).
    `forward_features(image)` also returns the outputs of the 12 residual additions, from fine to coarse,
    for a perceptual loss.
    """

    def __init__(self) -> None:
        super().__init__()
        graph = onnx.load(weight_file(FR_FEATURE)).graph
        self.nodes = list(graph.node)
        self.input, self.output = graph.input[0].name, graph.output[0].name
        for weight in graph.initializer:
            self.register_buffer(f"w_{weight.name}", tensor(numpy_helper.to_array(weight).copy()))

    def forward(self, image: Tensor) -> Tensor:
        """Embeddings [b, 512] of length 1 of crops [b, 3, s, s] in [-1, 1]."""
        return F.normalize(self.forward_features(image)[0])

    def forward_features(self, image: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Embeddings and middle feature maps."""
        values = {self.input: extract_chip(image, CHIP)}
        features: list[Tensor] = []
        for node in self.nodes:
            x, *rest = (values[i] if i in values else getattr(self, f"w_{i}") for i in node.input)
            match node.op_type:
                case "Conv":
                    attributes = {a.name: list(a.ints) or a.i for a in node.attribute}
                    y = F.conv2d(x, *rest, attributes["strides"], attributes["pads"][:2], 1, attributes["group"])
                case "PRelu":
                    y = F.prelu(x, rest[0].flatten())
                case "Add":
                    y = x + rest[0]
                    features.append(y)
                case "Reshape":
                    y = x.flatten(1)
                case other:
                    raise ValueError(f"fr_feature.onnx has an unexpected node {other}")
            values[node.output[0]] = y
        return values[self.output], features
