"""Writes sign_detector.onnx and its golden tensors.

Usage: python -m rofi.signs.export CHECKPOINT [--out public/models] [--bias 0]
"""

import argparse
import copy
import io
import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from ..data import ROOT
from .detector import Bottleneck, SignDetector, SignScorer

NAME = "sign_detector"
SEED = 3
TOLERANCE = 1e-3
_SAMPLES = 256
_LARGE = 64
"""Tensors of this many numbers and more are stored as fp16."""


def inference_copy(scorer: SignScorer) -> SignScorer:
    """A copy for inference: normalisation folded into the convolutions, the training-only scores dropped."""
    scorer = copy.deepcopy(scorer).eval()
    stem = scorer.conv1
    scorer.conv1 = nn.Sequential(fuse_conv_bn_eval(stem[0], stem[1]), *stem[2:])
    for block in [m for m in scorer.modules() if isinstance(m, Bottleneck)]:
        for number in (1, 2, 3):
            fused = fuse_conv_bn_eval(getattr(block, f"conv{number}"), getattr(block, f"bn{number}"))
            setattr(block, f"conv{number}", fused)
            setattr(block, f"bn{number}", nn.Identity())
        if len(block.shortcut):
            block.shortcut = nn.Sequential(fuse_conv_bn_eval(*block.shortcut))
    linear = nn.Conv2d(scorer.linear.in_channels, 1, 1)
    linear.weight.data, linear.bias.data = scorer.linear.weight[:1].detach(), scorer.linear.bias[:1].detach()
    scorer.linear = linear
    return scorer


def store_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """Stores large fp32 tensors as fp16 with a Cast back; the arithmetic stays fp32."""
    casts = []
    for tensor in model.graph.initializer:
        value = numpy_helper.to_array(tensor)
        if value.dtype != np.float32 or value.size < _LARGE:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(value.astype(np.float16), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    for node in reversed(casts):
        model.graph.node.insert(0, node)
    onnx.checker.check_model(model, full_check=True)
    return model


def golden_input(shape: tuple[int, ...], seed: int) -> np.ndarray:
    """The reproducible input of a golden file: 0.5·sin(0.37·i + seed)."""
    index = np.arange(np.prod(shape), dtype=np.float64)
    return (0.5 * np.sin(0.37 * index + seed)).astype(np.float32).reshape(shape)


def to_onnx(detector: SignDetector) -> bytes:
    """The detector as an ONNX file with static shapes, opset 17."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            detector,
            (torch.zeros(1, 3, 256, 256),),
            buffer,
            input_names=["image"],
            output_names=["scores"],
            opset_version=17,
            dynamo=False,
        )
    return store_half(onnx.load_from_string(buffer.getvalue())).SerializeToString()


def golden_record(model: bytes, detector: SignDetector) -> dict:
    """Golden tensors as JSON data; ValueError when ONNX and PyTorch differ by more than the tolerance."""
    image = golden_input((1, 3, 256, 256), SEED)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    scores = session.run(["scores"], {"image": image})[0]
    with torch.no_grad():
        expected = detector(torch.from_numpy(image)).numpy()
    difference = float(np.abs(scores - expected).max())
    if difference > TOLERANCE:
        raise ValueError(f"ONNX and PyTorch differ by {difference:.1e}")
    chosen = np.linspace(0, scores.size - 1, _SAMPLES).round().astype(int)
    flat = scores.ravel()
    samples = [[int(i), float(flat[i])] for i in chosen]
    return {"inputs": {"image": {"seed": SEED}}, "outputs": {"scores": {"samples": samples}}}


def main() -> None:
    """Exports a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--bias", type=float, default=0.0, help="added to the logits")
    args = parser.parse_args()
    state = torch.load(args.checkpoint, weights_only=True, map_location="cpu")
    scorer = SignScorer(extra=len(state["linear.bias"]) - 1)
    scorer.load_state_dict(state)
    detector = SignDetector(inference_copy(scorer), args.bias).eval()
    model = to_onnx(detector)
    record = golden_record(model, detector)
    (args.out / f"{NAME}.onnx").write_bytes(model)
    (args.out / f"{NAME}.golden.json").write_text(json.dumps(record) + "\n")
    print(f"{NAME}.onnx: {len(model)} bytes")


if __name__ == "__main__":
    main()
