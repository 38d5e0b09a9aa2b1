"""ONNX graphs written by hand: weights stay as they were published, or in fp16, and are widened inside the graph."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rofi.data import SIZE
from rofi.recognisers.chip import Chip, resampling_matrix


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

    def half(self, name: str, value: np.ndarray) -> str:
        """A tensor stored in fp16 and computed with in fp32."""
        stored = self.constant(f"{name}.half", value.astype(np.float16))
        return self.op("Cast", name, stored, to=TensorProto.FLOAT)

    def weight(self, name: str, stored: np.ndarray, scale: np.ndarray, shift: np.ndarray) -> str:
        """stored (uint8 or fp16) · scale + shift in fp32; the last two broadcast."""
        wide = self.op("Cast", f"{name}.wide", self.constant(f"{name}.stored", stored), to=TensorProto.FLOAT)
        scaled = self.op("Mul", f"{name}.scaled", wide, self.constant(f"{name}.scale", np.float32(scale)))
        return self.op("Add", name, scaled, self.constant(f"{name}.shift", np.float32(shift)))

    def chip(self, image: str, chip: Chip, exact: bool = True) -> str:
        """The recogniser's chip [1, 3, size, size] of the aligned crop; where not exact, its filter in 255ths."""
        filters = {}
        for name, start in (("columns", chip.left), ("rows", chip.top)):
            matrix = resampling_matrix(SIZE, chip.size, start, chip.span).numpy()
            matrix = matrix.T if name == "columns" else matrix
            if exact:
                filters[name] = self.constant(name, matrix)
            else:
                stored = in_255ths(matrix, axis=0 if name == "columns" else 1)
                filters[name] = self.weight(name, stored, np.float32(1 / 255), np.float32(0))
        x = self.op("MatMul", "chip/columns", image, filters["columns"])
        return self.op("MatMul", "chip/rows", filters["rows"], x)

    def model(self, name: str, outputs: int) -> onnx.ModelProto:
        """The checked model, opset 17: image [1, 3, 256, 256] in [-1, 1] to embedding [1, outputs]."""
        model = helper.make_model(
            helper.make_graph(
                self.nodes,
                name,
                [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, SIZE, SIZE])],
                [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, [1, outputs])],
                self.constants,
            ),
            opset_imports=[helper.make_opsetid("", 17)],
            ir_version=8,
            producer_name="rofi",
        )
        onnx.checker.check_model(model, full_check=True)
        return model


def in_255ths(weights: np.ndarray, axis: int) -> np.ndarray:
    """Weights that sum to 1 along an axis as uint8 that sum to 255: rounded down, what is left to the largest rests."""
    scaled = np.moveaxis(weights.astype(np.float64), axis, -1) * 255
    whole = np.floor(scaled)
    missing = np.round(255 - whole.sum(-1)).astype(int)
    order = np.argsort(np.argsort(whole - scaled, axis=-1), axis=-1)
    whole += order < missing[..., None]
    return np.ascontiguousarray(np.moveaxis(whole, -1, axis).astype(np.uint8))
