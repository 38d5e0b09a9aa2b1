"""Tiny stand-ins for the exported networks, for tests of what surrounds them."""

import shutil
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rofi.data import ROOT

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
    """Everybody is forty, with nothing in front; a protector returns the drawing, a restorer the sealed picture."""
    node = helper.make_node
    models = ROOT.parent / "public" / "models"
    shutil.copy(models / "people.atlas", folder)
    _save(
        folder / "attributes.onnx",
        {"image": IMAGE},
        {"attributes": [1, 2]},
        [node("Identity", ["forty"], ["attributes"])],
        {"forty": np.array([[0.4, 0.5]], np.float32)},
    )
    nothing = np.zeros((1, 1, 128, 128), np.float32)
    _save(
        folder / "front.onnx",
        {"image": IMAGE},
        {"front": [1, 1, 128, 128]},
        [node("Identity", ["nothing"], ["front"])],
        {"nothing": nothing},
    )
    image = {"image": IMAGE, "virtual": IMAGE, "key": KEY}
    protector = [node("Identity", ["virtual"], ["protected"])]
    _save(folder / "protector.onnx", {**image, "sign_mask": MASK}, {"protected": IMAGE}, protector)
    sealed = {"sealed": IMAGE, "protected": IMAGE, "size": [1, 1]}
    restorer = [node("Identity", ["sealed"], ["restored"])]
    _save(folder / "restorer.onnx", sealed, {"restored": IMAGE}, restorer)
