"""Reader of the TensorFlow.js weight format: one binary file and a list of tensors in order."""

import math
from pathlib import Path

import numpy as np

# One entry of a "weights" list: name, shape, dtype and, optionally, its quantisation.
Entry = dict[str, object]


def read_weights(entries: list[Entry], binary: Path) -> dict[str, np.ndarray]:
    """Tensors by name, dequantised to float32 (int32 stays); layouts are TensorFlow's (HWIO filters)."""
    data = binary.read_bytes()
    tensors, offset = {}, 0
    for entry in entries:
        shape = entry["shape"]
        quantization = entry.get("quantization") or {}
        stored = np.dtype(quantization.get("dtype", entry["dtype"]))
        flat = np.frombuffer(data, stored, math.prod(shape), offset)
        offset += flat.nbytes
        if entry["dtype"] == "float32":
            flat = flat.astype(np.float32)
        if "scale" in quantization:
            flat = flat * np.float32(quantization["scale"]) + np.float32(quantization["min"])
        tensors[entry["name"]] = flat.reshape(shape)
    if offset != len(data):
        raise ValueError(f"{binary} has {len(data)} bytes, its manifest describes {offset}")
    return tensors
