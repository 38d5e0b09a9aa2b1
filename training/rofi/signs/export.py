"""Writes sign_detector.onnx and its golden tensors, and its entry in the manifest.

Usage: python -m rofi.signs.export CHECKPOINT --version 1.2.0 [--out public/models] [--bias 0]
"""

import argparse
from pathlib import Path

import torch

from ..data import ROOT
from ..onnx_export import enter, export_network, manifest_entry
from ..provenance import made_of
from .detector import SignDetector, SignScorer

NAME = "sign_detector"
IMAGE = (1, 3, 256, 256)


def load_scorer(checkpoint: Path) -> SignScorer:
    """The trained scorer: its linear maps are averages over the last steps."""
    scorer = SignScorer()
    scorer.load_state_dict(torch.load(checkpoint, weights_only=True, map_location="cpu")["scorer"])
    return scorer.eval()


def export_detector(scorer: SignScorer, folder: Path, bias: float = 0.0) -> dict[str, object]:
    """Writes the detector into folder; ValueError when ONNX and PyTorch differ. bias: added to the logits."""
    return export_network(SignDetector(scorer, bias), {"image": IMAGE}, ["scores"], NAME, folder)


def main() -> None:
    """Exports a checkpoint."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--bias", type=float, default=0.0, help="added to the logits")
    args = parser.parse_args()
    fields = export_detector(load_scorer(args.checkpoint), args.out, args.bias) | made_of(args.checkpoint)
    enter(args.out, manifest_entry(args.out, NAME, args.version, f"{NAME}.onnx", fields))


if __name__ == "__main__":
    main()
