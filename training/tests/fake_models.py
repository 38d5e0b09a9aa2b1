"""Tiny stand-ins for the exported networks, for tests of what surrounds them."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

IMAGE, KEY, MASK = [1, 3, 256, 256], [1, 512], [1, 1, 32, 32]


def _save(
    file: Path,
    inputs: dict[str, list[int]],
    outputs: dict[str, list[int]],
    nodes: list[onnx.NodeProto],
    constants: dict[str, np.ndarray] | None = None,
) -> None:
    def info(shapes: dict[str, list[int]]) -> list[onnx.ValueInfoProto]:
        return [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in shapes.items()]

    initializers = [numpy_helper.from_array(value, name) for name, value in (constants or {}).items()]
    graph = helper.make_graph(nodes, file.stem, info(inputs), info(outputs), initializers)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), file)


def write(folder: Path) -> None:
    """A flat texture coloured by the key, a protector that returns the virtual face, a restorer that does nothing."""
    node = helper.make_node
    _save(
        folder / "virtual_identity.onnx",
        {"key": KEY},
        {"texture": [1, 3, 128, 128], "shape": [1, 468, 2]},
        [
            node("Slice", ["key", "zero", "three", "axis"], ["colour"]),
            node("Tanh", ["colour"], ["bounded"]),
            node("Reshape", ["bounded", "pixel"], ["dot"]),
            node("Expand", ["dot", "side"], ["texture"]),
            node("Identity", ["still"], ["shape"]),
        ],
        {
            "zero": np.array([0]),
            "three": np.array([3]),
            "axis": np.array([1]),
            "pixel": np.array([1, 3, 1, 1]),
            "side": np.array([1, 3, 128, 128]),
            "still": np.zeros((1, 468, 2), np.float32),
        },
    )
    image = {"image": IMAGE, "virtual": IMAGE, "key": KEY}
    protector = [node("Identity", ["virtual"], ["protected"])]
    _save(folder / "protector.onnx", {**image, "sign_mask": MASK}, {"protected": IMAGE}, protector)
    restorer = [node("Identity", ["image"], ["restored"])]
    _save(folder / "restorer.onnx", image, {"restored": IMAGE}, restorer)
