"""Writes front.onnx, its golden tensors, and its entry in the manifest.

python -m rofi.front.export CHECKPOINT --version 1.0.0
"""

import argparse
from pathlib import Path

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from rofi.data import ROOT
from rofi.front.network import FrontGraph, FrontNetwork
from rofi.onnx_export import enter, export_network, manifest_entry
from rofi.provenance import made_of

NAME, IMAGE = "front", (1, 3, 256, 256)


def load_network(checkpoint: Path) -> FrontNetwork:
    """The trained network: its weights are averages over the last steps."""
    network = FrontNetwork()
    network.load_state_dict(torch.load(checkpoint, weights_only=True, map_location="cpu")["network"])
    return network.eval()


def fused(part: nn.Module) -> nn.Module:
    """Norms become part of the convolutions before them, so that what is stored in halves is what computes."""
    if isinstance(part, nn.Sequential) and len(part) > 1 and isinstance(part[1], nn.BatchNorm2d):
        return nn.Sequential(fuse_conv_bn_eval(part[0], part[1]), *part[2:])
    for name, child in part.named_children():
        setattr(part, name, fused(child))
    return part


def main() -> None:
    """Export a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=Path, default=ROOT.parent / "public" / "models")
    arguments = parser.parse_args()
    graph = FrontGraph(fused(load_network(arguments.checkpoint))).eval()
    fields = export_network(graph, {"image": IMAGE}, ["front"], NAME, arguments.out) | made_of(arguments.checkpoint)
    enter(arguments.out, manifest_entry(arguments.out, NAME, arguments.version, f"{NAME}.onnx", fields))


if __name__ == "__main__":
    main()
