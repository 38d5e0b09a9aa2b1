"""Reader of the TensorFlow.js weight format: one binary file and a list of tensors in order."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import NotRequired, TypedDict

import numpy as np


class Quantization(TypedDict):
    """How a tensor is stored: as integers, value = stored · scale + min, or as float16."""

    dtype: str
    scale: NotRequired[float]
    min: NotRequired[float]


class Entry(TypedDict):
    """One tensor of a weights manifest."""

    name: str
    shape: list[int]
    dtype: str
    quantization: NotRequired[Quantization]


def read_entries(entries: list[Entry], binary: Path) -> Iterator[tuple[Entry, np.ndarray]]:
    """Every entry with its tensor as stored; layouts are TensorFlow's (HWIO filters)."""
    data, offset = binary.read_bytes(), 0
    for entry in entries:
        stored = np.dtype(entry.get("quantization", entry)["dtype"])
        flat = np.frombuffer(data, stored, math.prod(entry["shape"]), offset)
        offset += flat.nbytes
        yield entry, flat.reshape(entry["shape"])
    if offset != len(data):
        raise ValueError(f"{binary} has {len(data)} bytes, its manifest describes {offset}")


def read_weights(entries: list[Entry], binary: Path) -> dict[str, np.ndarray]:
    """Tensors by name, in float32; integer tensors that are no quantised floats stay as they are."""
    tensors = {}
    for entry, stored in read_entries(entries, binary):
        quantization = entry.get("quantization")
        value = stored.astype(np.float32) if entry["dtype"] == "float32" else stored
        if quantization and "scale" in quantization:
            value = value * np.float32(quantization["scale"]) + np.float32(quantization["min"])
        tensors[entry["name"]] = value
    return tensors
