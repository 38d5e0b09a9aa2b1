"""`python -m rofi.recognisers.export`: dlib's recogniser and its golden tensors for public/models.

The published weights are 8-bit; the file keeps them so (half the size of fp16 and exact) and widens them to
fp32 inside the graph, which onnxruntime folds away when it loads.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

from rofi.data import ROOT, SIZE
from rofi.onnx_export import TOLERANCE, golden_input
from rofi.recognisers.chip import resampling_matrix
from rofi.recognisers.dlib_resnet import BLOCKS, CHIP, MEAN_RGB, DlibResnet
from rofi.recognisers.tfjs import Entry, read_entries
from rofi.recognisers.weights import DLIB_BIN, DLIB_MANIFEST, weight_file

GOLDEN_SEED = 1


class Graph:
    """A graph under construction; every method adds nodes and returns the name of their output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:
        """A stored tensor."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(self, kind: str, name: str, *inputs: str, **attributes: int | list[int]) -> str:
        """One node whose output has the node's own name."""
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name, **attributes))
        return name

    def weight(self, name: str, stored: np.ndarray, scale: np.ndarray, shift: np.ndarray) -> str:
        """stored (uint8 or fp16) · scale + shift in fp32; the last two broadcast."""
        wide = self.op("Cast", f"{name}.wide", self.constant(f"{name}.stored", stored), to=TensorProto.FLOAT)
        scaled = self.op("Mul", f"{name}.scaled", wide, self.constant(f"{name}.scale", np.float32(scale)))
        return self.op("Add", name, scaled, self.constant(f"{name}.shift", np.float32(shift)))


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


def build() -> onnx.ModelProto:
    """recogniser.onnx: image [1, 3, 256, 256] in [-1, 1] to embedding [1, 128], opset 17."""
    graph, weights = Graph(), Weights()
    rows = resampling_matrix(SIZE, CHIP.size, CHIP.top, CHIP.span).numpy()
    columns = resampling_matrix(SIZE, CHIP.size, CHIP.left, CHIP.span).numpy()
    x = graph.op("MatMul", "chip/columns", "image", graph.constant("columns", columns.T))
    x = graph.op("MatMul", "chip/rows", graph.constant("rows", rows), x)
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
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "recogniser",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, SIZE, SIZE])],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, 128])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
        producer_name="rofi",
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def main() -> None:
    """Write the model and its golden tensors; fail when PyTorch and onnxruntime disagree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    models = parser.parse_args().models
    data = build().SerializeToString()
    image = golden_input((1, 3, SIZE, SIZE), GOLDEN_SEED)
    session = onnxruntime.InferenceSession(data)
    (embedding,) = session.run(["embedding"], {"image": image})
    expected = DlibResnet()(torch.tensor(image)).numpy()
    difference = float(np.abs(embedding - expected).max())
    if difference > TOLERANCE:
        raise SystemExit(f"onnxruntime and PyTorch differ by {difference:.1e}")
    samples = [[index, round(float(value), 6)] for index, value in enumerate(embedding.ravel())]
    golden = {"inputs": {"image": {"seed": GOLDEN_SEED}}, "outputs": {"embedding": {"samples": samples}}}
    (models / "recogniser.onnx").write_bytes(data)
    (models / "recogniser.golden.json").write_text(json.dumps(golden) + "\n")
    print(f"recogniser.onnx: {len(data)} bytes, differs from PyTorch by {difference:.1e}")


if __name__ == "__main__":
    main()
