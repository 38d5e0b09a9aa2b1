"""Export command: trained checkpoints to public/models, each checked against PyTorch, and the manifest.

python -m rofi.export --runs runs --models ../public/models --version 0.1.0
"""

import argparse
import json
from pathlib import Path

import torch
from torch import Tensor, nn

from rofi import constants, face_detector
from rofi.data import ROOT
from rofi.networks.protector import Protector
from rofi.networks.restorer import Restorer
from rofi.onnx_export import export_network, manifest_entry, write_mesh
from rofi.provenance import made_of
from rofi.recognisers import dlib_resnet, fr_feature
from rofi.textures import train_mesh
from rofi.train_restorer import load_restorer
from rofi.train_translator import load_protector

IMAGE = (1, 3, 256, 256)
KEY = (1, 512)
MASK = (1, 1, 32, 32)
# Written by their own commands; here they only enter the manifest.
ELSEWHERE: dict[str, dict[str, object]] = {
    "sign_detector": {
        "inputs": {"image": list(IMAGE)},
        "outputs": {"scores": list(MASK)},
        "golden": "sign_detector.golden.json",
    },
    face_detector.NAME: {
        "inputs": {"image": list(face_detector.INPUT)},
        "outputs": face_detector.OUTPUTS,
        "golden": f"{face_detector.NAME}.golden.json",
    },
    "recogniser": {
        "inputs": {"image": list(IMAGE)},
        "outputs": {"embedding": [1, 128]},
        "golden": "recogniser.golden.json",
        "threshold": dlib_resnet.THRESHOLD,
    },
    "mobilefacenet": {
        "inputs": {"image": list(IMAGE)},
        "outputs": {"embedding": [1, 512]},
        "golden": "mobilefacenet.golden.json",
        "threshold": fr_feature.THRESHOLD,
    },
}


FILES = ("people.atlas", "face_landmarker.task", "selfie_segmenter.tflite", "face_mesh.json")


class ProtectorGraph(nn.Module):
    """The protector as the product calls it: whole crops only, clipped to what a picture can hold."""

    def __init__(self, network: Protector) -> None:
        super().__init__()
        self.network = network

    def forward(self, image: Tensor, virtual: Tensor, key: Tensor, sign_mask: Tensor) -> Tensor:
        """[1, 3, 256, 256] in [-1, 1]."""
        return self.network(image, virtual, key, sign_mask).clamp(-1, 1)


class RestorerGraph(nn.Module):
    """The restorer as the product calls it."""

    def __init__(self, network: Restorer) -> None:
        super().__init__()
        self.network = network

    def forward(self, sealed: Tensor, protected: Tensor, size: Tensor) -> Tensor:
        """[1, 3, 256, 256] in [-1, 1]."""
        return self.network(sealed, protected, size).clamp(-1, 1)


def main() -> None:
    """Export whatever checkpoints there are and rewrite the manifest; other entries keep their version."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=Path, default=ROOT / "runs")
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--version", required=True, help="version of the networks exported now")
    arguments = parser.parse_args()
    folder: Path = arguments.models
    manifest_file = folder / "manifest.json"
    known = json.loads(manifest_file.read_text())["models"] if manifest_file.exists() else []
    versions = {entry["name"]: entry["version"] for entry in known}
    fields = ELSEWHERE | {entry["name"]: _fields(entry) | ELSEWHERE.get(entry["name"], {}) for entry in known}
    torch.manual_seed(0)
    if (arguments.runs / "translator.pt").exists():
        fields["protector"] = export_network(
            ProtectorGraph(load_protector(arguments.runs / "translator.pt")),
            {"image": IMAGE, "virtual": IMAGE, "key": KEY, "sign_mask": MASK},
            ["protected"],
            "protector",
            folder,
        ) | made_of(arguments.runs / "translator.pt")
        versions["protector"] = arguments.version
    if (arguments.runs / "restorer.pt").exists():
        fields["restorer"] = export_network(
            RestorerGraph(load_restorer(arguments.runs / "restorer.pt")),
            {"sealed": IMAGE, "protected": IMAGE, "size": (1, 1)},
            ["restored"],
            "restorer",
            folder,
        ) | made_of(arguments.runs / "restorer.pt")
        versions["restorer"] = arguments.version
    write_mesh(train_mesh(), folder / "face_mesh.json")
    entries = {entry["name"]: entry for entry in known} | {
        name: manifest_entry(folder, name, versions.get(name, "1.0.0"), f"{name}.onnx", fields[name])
        for name in (
            "attributes",
            "front",
            "sign_detector",
            "protector",
            "restorer",
            "recogniser",
            "mobilefacenet",
            "face_detector",
        )
        if (folder / f"{name}.onnx").exists()
    }
    for file in FILES:
        if (folder / file).exists():
            name = Path(file).stem
            entries[name] = manifest_entry(folder, name, versions.get(name, "1.0.0"), file, {})
    manifest = {"version": 1, "constants": constants.digest(), "models": list(entries.values())}
    manifest_file.write_text(json.dumps(manifest, indent=2) + "\n")


def _fields(entry: dict[str, object]) -> dict[str, object]:
    return {name: entry[name] for name in ("inputs", "outputs", "golden", "threshold", "made") if name in entry}


if __name__ == "__main__":
    main()
