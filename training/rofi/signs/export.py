"""Writes sign_detector.onnx and its golden tensors.

Usage: python -m rofi.signs.export CHECKPOINT [CHECKPOINT…] [--out public/models] [--bias 0]
"""

import argparse
import copy
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from ..data import ROOT
from ..onnx_export import export_network
from .detector import Bottleneck, SignDetector, SignScorer

IMAGE = (1, 3, 256, 256)


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


def load_scorer(checkpoints: list[Path]) -> SignScorer:
    """The trained scorer with all its scores; of several checkpoints of one training, the mean of their weights."""
    states = [torch.load(file, weights_only=True, map_location="cpu") for file in checkpoints]
    state = {
        name: sum(each[name] for each in states) / len(states) if value.is_floating_point() else value
        for name, value in states[0].items()
    }
    scorer = SignScorer(extra=len(state["linear.bias"]) - 1)
    scorer.load_state_dict(state)
    return scorer.eval()


def export_detector(scorer: SignScorer, folder: Path, bias: float = 0.0) -> None:
    """Writes the detector into folder; ValueError when ONNX and PyTorch differ. bias: added to the logits."""
    detector = SignDetector(inference_copy(scorer), bias)
    export_network(detector, {"image": IMAGE}, ["scores"], "sign_detector", folder)


def main() -> None:
    """Exports a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--bias", type=float, default=0.0, help="added to the logits")
    args = parser.parse_args()
    export_detector(load_scorer(args.checkpoints), args.out, args.bias)


if __name__ == "__main__":
    main()
