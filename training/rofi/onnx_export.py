"""ONNX files with fp16 storage, golden tensors, the face mesh file, and manifest entries."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from rofi.geometry import EYES, OVAL, FaceMesh

OPSET = 17
TOLERANCE = 1e-3
GOLDEN_SAMPLES = 256
# Smaller tensors (biases, norms) stay fp32: they cost nothing and keep precision.
HALF_FROM = 1024


def golden_input(shape: tuple[int, ...], seed: int) -> np.ndarray:
    """The formula both ends generate inputs with: 0.5·sin(0.37·i + seed)."""
    flat = 0.5 * np.sin(0.37 * np.arange(np.prod(shape), dtype=np.float64) + seed)
    return flat.astype(np.float32).reshape(shape)


def golden_mask(shape: tuple[int, ...]) -> np.ndarray:
    """Every seventh cell."""
    return (np.arange(np.prod(shape)) % 7 == 0).astype(np.float32).reshape(shape)


def store_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """Stores large weights as fp16, each widened by a Cast, so the graph computes in fp32 everywhere."""
    graph = model.graph
    casts, kept = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.data_type != TensorProto.FLOAT or values.size < HALF_FROM:
            kept.append(tensor)
            continue
        kept.append(numpy_helper.from_array(values.astype(np.float16), f"{tensor.name}.half"))
        casts.append(helper.make_node("Cast", [f"{tensor.name}.half"], [tensor.name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def export_network(
    network: nn.Module, inputs: dict[str, tuple[int, ...]], outputs: list[str], name: str, folder: Path
) -> dict[str, object]:
    """Writes name.onnx and name.golden.json into folder and returns the manifest's fields for it.

    Raises ValueError when onnxruntime and PyTorch (with the same fp16 weights) differ by more than 1e-3.
    """
    network = network.eval().float()
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.numel() >= HALF_FROM:
                parameter.copy_(parameter.half().float())
    arrays = {
        key: golden_mask(shape) if key == "sign_mask" else golden_input(shape, seed)
        for seed, (key, shape) in enumerate(inputs.items())
    }
    tensors = tuple(torch.from_numpy(array) for array in arrays.values())
    with torch.no_grad():
        expected = network(*tensors)
    expected = (expected,) if isinstance(expected, Tensor) else expected
    file = folder / f"{name}.onnx"
    torch.onnx.export(
        network,
        tensors,
        str(file),
        input_names=list(inputs),
        output_names=outputs,
        opset_version=OPSET,
        dynamo=False,
    )
    onnx.save(store_half(onnx.load(str(file))), str(file))
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    got = session.run(outputs, arrays)
    worst = max(float(np.abs(a - b.detach().numpy()).max()) for a, b in zip(got, expected, strict=True))
    if not worst <= TOLERANCE:
        raise ValueError(f"{name}: onnxruntime and PyTorch differ by {worst:.2e}")
    print(f"{name}: {file.stat().st_size / 1e6:.2f} MB, differs from PyTorch by {worst:.1e}")
    golden = {
        "tolerance": TOLERANCE,
        "inputs": {key: {"mask": True} if key == "sign_mask" else {"seed": seed} for seed, key in enumerate(arrays)},
        "outputs": {key: {"samples": samples_of(value)} for key, value in zip(outputs, got, strict=True)},
    }
    (folder / f"{name}.golden.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    return {
        "inputs": {key: list(array.shape) for key, array in arrays.items()},
        "outputs": {key: list(value.shape) for key, value in zip(outputs, got, strict=True)},
        "golden": f"{name}.golden.json",
    }


def samples_of(value: np.ndarray) -> list[list[float]]:
    """Some of an output's values, evenly spread: flat index and value."""
    flat = value.ravel()
    places = np.unique(np.linspace(0, flat.size - 1, GOLDEN_SAMPLES).astype(int))
    return [[int(at), round(float(flat[at]), 6)] for at in places]


def write_mesh(mesh: FaceMesh, file: Path) -> None:
    """Writes face_mesh.json: the mean shape, its triangles and the contours."""
    content = {
        "mean": mesh.mean.round(6).tolist(),
        "triangles": mesh.triangles.tolist(),
        "oval": list(OVAL),
        "eyes": {side: list(contour) for side, contour in EYES.items()},
    }
    file.write_text(json.dumps(content, separators=(",", ":")) + "\n")


def manifest_entry(folder: Path, name: str, version: str, file: str, fields: dict[str, object]) -> dict[str, object]:
    """A manifest entry with the file's size and digest."""
    data = (folder / file).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    return {"name": name, "version": version, "file": file, "bytes": len(data), "sha256": digest, **fields}


def enter(folder: Path, entry: dict[str, object]) -> None:
    """Puts an entry into the folder's manifest, in place of the one of its name; a folder without one stays so."""
    file = folder / "manifest.json"
    if not file.exists():
        return
    manifest = json.loads(file.read_text())
    names = [each["name"] for each in manifest["models"]]
    if entry["name"] in names:
        manifest["models"][names.index(entry["name"])] = entry
    else:
        manifest["models"].append(entry)
    file.write_text(json.dumps(manifest, indent=2) + "\n")
