"""`python -m rofi.face_detector`: the page's second face detector and its golden tensors, from published weights.

Ultra-Light-Fast-Generic-Face-Detector (RFB, 320×240) also finds faces from the side and half hidden ones, on which the
landmark model lays no mesh. Weights are stored as fp16; nothing else changes.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

from rofi.data import ROOT
from rofi.onnx_export import TOLERANCE, enter, golden_input, manifest_entry, samples_of, store_half
from rofi.recognisers.weights import FR_DETECT, weight_file

NAME, VERSION = "face_detector", "1.0.0"
INPUT = (1, 3, 240, 320)
"""Planar RGB, (value - 127) / 128."""
OUTPUTS = {"scores": [1, 4420, 2], "boxes": [1, 4420, 4]}
"""No face and face, 0..1; left, top, right, bottom in widths and heights of the input."""


def build() -> onnx.ModelProto:
    """The published graph with its large weights in fp16, its input named image."""
    model = onnx.load(weight_file(FR_DETECT))
    published = model.graph.input[0].name
    model.graph.input[0].name = "image"
    for node in model.graph.node:
        node.ClearField("doc_string")
        node.input[:] = ["image" if name == published else name for name in node.input]
    return store_half(model)


def export(folder: Path) -> dict[str, object]:
    """Writes face_detector.onnx and its golden tensors, and returns its manifest entry.

    Raises ValueError when it differs from the published network.
    """
    data = build().SerializeToString()
    image = golden_input(INPUT, 0)
    got = onnxruntime.InferenceSession(data).run(list(OUTPUTS), {"image": image})
    expected = onnxruntime.InferenceSession(weight_file(FR_DETECT)).run(list(OUTPUTS), {"input": image})
    worst = max(float(np.abs(one - other).max()) for one, other in zip(got, expected, strict=True))
    if not worst <= 10 * TOLERANCE:
        raise ValueError(f"{NAME} differs from what was published by {worst:.1e}")
    (folder / f"{NAME}.onnx").write_bytes(data)
    golden = {
        "tolerance": TOLERANCE,
        "inputs": {"image": {"seed": 0}},
        "outputs": {name: {"samples": samples_of(value)} for name, value in zip(OUTPUTS, got, strict=True)},
    }
    (folder / f"{NAME}.golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print(f"{NAME}.onnx: {len(data)} bytes, differs from what was published by {worst:.1e}")
    fields = {"inputs": {"image": list(INPUT)}, "outputs": OUTPUTS, "golden": f"{NAME}.golden.json"}
    return manifest_entry(folder, NAME, VERSION, f"{NAME}.onnx", fields)


def main() -> None:
    """Exports it, and enters it in the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    folder: Path = parser.parse_args().models
    enter(folder, export(folder))


if __name__ == "__main__":
    main()
