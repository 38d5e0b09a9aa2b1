"""`python -m rofi.recognisers.export`: the two recognisers of the page and their golden tensors for public/models.

dlib's published weights are 8-bit; the file keeps them so (half the size of fp16 and exact) and widens them to
fp32 inside the graph, which onnxruntime folds away when it loads. MobileFaceNet's are stored as fp16.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from torch import nn

from rofi.data import ROOT, SIZE
from rofi.onnx_export import HALF_FROM, TOLERANCE, golden_input
from rofi.recognisers import dlib_resnet, fr_feature
from rofi.recognisers.dlib_resnet import BLOCKS, MEAN_RGB
from rofi.recognisers.graph import Graph
from rofi.recognisers.tfjs import Entry, read_entries
from rofi.recognisers.weights import DLIB_BIN, DLIB_MANIFEST, FR_FEATURE, weight_file

GOLDEN_SEED = 1


class Weights:
    """The published tensors, both as stored and as numbers."""

    def __init__(self) -> None:
        (group,) = json.loads(weight_file(DLIB_MANIFEST).read_text())
        self.entries: dict[str, tuple[Entry, np.ndarray]] = {
            entry["name"]: (entry, stored) for entry, stored in read_entries(group["weights"], weight_file(DLIB_BIN))
        }

    def stored(self, name: str) -> tuple[np.ndarray, float, float]:
        """The stored tensor with its scale and minimum; fp32 ones become fp16."""
        entry, stored = self.entries[name]
        if "quantization" in entry:
            return stored, entry["quantization"]["scale"], entry["quantization"]["min"]
        return stored.astype(np.float16), 1.0, 0.0

    def numbers(self, name: str) -> np.ndarray:
        """The tensor's values."""
        stored, scale, minimum = self.stored(name)
        return stored * np.float64(scale) + minimum


def add_conv(graph: Graph, weights: Weights, name: str, x: str, stride: int) -> str:
    """Convolution with its affine layer folded in; padded unless it strides."""
    stored, scale, minimum = weights.stored(f"{name}/conv/filters")
    gain = weights.numbers(f"{name}/scale/weights")
    bias = weights.numbers(f"{name}/conv/bias") * gain + weights.numbers(f"{name}/scale/biases")
    column = gain[:, None, None, None]
    kernel = graph.weight(f"{name}/kernel", stored.transpose(3, 2, 0, 1), column * scale, column * minimum)
    bias_name = graph.constant(f"{name}/bias", bias.astype(np.float32))
    padding = stored.shape[0] // 2 if stride == 1 else 0
    return graph.op("Conv", name, x, kernel, bias_name, strides=[stride] * 2, pads=[padding] * 4)


def add_block(graph: Graph, weights: Weights, name: str, x: str) -> str:
    """Two convolutions and a shortcut, as in dlib_resnet.Block."""
    down = "down" in name
    y = graph.op("Relu", f"{name}/relu1", add_conv(graph, weights, f"{name}/conv1", x, 2 if down else 1))
    y = add_conv(graph, weights, f"{name}/conv2", y, 1)
    if down:
        x = graph.op("AveragePool", f"{name}/pool", x, kernel_shape=[2, 2], strides=[2, 2])
        _, _, inputs, outputs = weights.entries[f"{name}/conv1/conv/filters"][1].shape
        if outputs > inputs:
            x = add_pad(graph, f"{name}/channels", x, [0, 0, 0, 0, 0, outputs - inputs, 0, 0])
        if name.startswith("conv256_down"):
            y = add_pad(graph, f"{name}/sides", y, [0, 0, 0, 0, 0, 0, 1, 1])
    return graph.op("Relu", f"{name}/out", graph.op("Add", f"{name}/sum", x, y))


def add_pad(graph: Graph, name: str, x: str, pads: list[int]) -> str:
    """Zeros around x: starts of the four axes, then their ends."""
    return graph.op("Pad", name, x, graph.constant(f"{name}.pads", np.array(pads, np.int64)))


def build_dlib() -> onnx.ModelProto:
    """recogniser.onnx, dlib's: embedding [1, 128]."""
    graph, weights = Graph(), Weights()
    x = graph.chip("image", dlib_resnet.CHIP)
    # ((x + 1) · 127.5 - mean) / 255
    x = graph.op("Mul", "half", x, graph.constant("gain", np.float32(0.5)))
    offset = (127.5 - np.array(MEAN_RGB)) / 255
    x = graph.op("Add", "centred", x, graph.constant("offset", np.float32(offset.reshape(1, 3, 1, 1))))
    x = graph.op("Relu", "stem/relu", add_conv(graph, weights, "conv32_down", x, 2))
    x = graph.op("MaxPool", "stem/pool", x, kernel_shape=[3, 3], strides=[2, 2])
    for name in BLOCKS:
        x = add_block(graph, weights, name, x)
    x = graph.op("ReduceMean", "mean", x, axes=[2, 3], keepdims=0)
    graph.op("MatMul", "embedding", x, graph.weight("fc", *weights.stored("fc")))
    return graph.model("recogniser", 128)


def build_mobilefacenet() -> onnx.ModelProto:
    """mobilefacenet.onnx: embedding [1, 512] of length 1, so that Euclidean distance orders as cosine does."""
    graph, published = Graph(), onnx.load(weight_file(FR_FEATURE)).graph
    for tensor in published.initializer:
        value = numpy_helper.to_array(tensor)
        store = graph.half if value.dtype == np.float32 and value.size >= HALF_FROM else graph.constant
        store(tensor.name, value)
    names = {published.input[0].name: graph.chip("image", fr_feature.CHIP, exact=False)}
    for node in published.node:
        copy = onnx.NodeProto()
        copy.CopyFrom(node)
        copy.ClearField("doc_string")  # traces of the exporter, 120 KB in all
        copy.input[:] = [names.get(name, name) for name in node.input]
        graph.nodes.append(copy)
    x = published.output[0].name
    square = graph.op("Mul", "square", x, x)
    total = graph.op("ReduceSum", "total", square, graph.constant("axes", np.array([1], np.int64)), keepdims=1)
    graph.op("Div", "embedding", x, graph.op("Sqrt", "length", total))
    return graph.model("mobilefacenet", 512)


def write(name: str, model: onnx.ModelProto, port: nn.Module, folder: Path) -> None:
    """Writes name.onnx and name.golden.json; SystemExit when onnxruntime and PyTorch disagree."""
    data = model.SerializeToString()
    image = golden_input((1, 3, SIZE, SIZE), GOLDEN_SEED)
    (embedding,) = onnxruntime.InferenceSession(data).run(["embedding"], {"image": image})
    expected = port(torch.tensor(image)).numpy()
    difference = float(np.abs(embedding - expected).max())
    if difference > TOLERANCE:
        raise SystemExit(f"{name}: onnxruntime and PyTorch differ by {difference:.1e}")
    samples = [[index, round(float(value), 6)] for index, value in enumerate(embedding.ravel())]
    golden = {"inputs": {"image": {"seed": GOLDEN_SEED}}, "outputs": {"embedding": {"samples": samples}}}
    (folder / f"{name}.onnx").write_bytes(data)
    (folder / f"{name}.golden.json").write_text(json.dumps(golden) + "\n")
    print(f"{name}.onnx: {len(data)} bytes, differs from PyTorch by {difference:.1e}")


def main() -> None:
    """Write both recognisers of the page and their golden tensors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    folder = parser.parse_args().models
    write("recogniser", build_dlib(), dlib_resnet.DlibResnet(), folder)
    write("mobilefacenet", build_mobilefacenet(), fr_feature.FrFeature(), folder)


if __name__ == "__main__":
    main()
