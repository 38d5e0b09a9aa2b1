"""`python -m rofi.recognisers.check_conversion`: our ports against the original code, on real faces.

Measured on the 9 faces found in the demo photos: dlib 4.1e-6, faceres 5.6e-6.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from rofi.data import ROOT
from rofi.landmarks import Landmarker
from rofi.recognisers import dlib_resnet, faceres
from rofi.recognisers.chip import Chip, extract_chip
from rofi.recognisers.weights import weights_root


def sample_faces(face_api: Path) -> Tensor:
    """Aligned crops [n, 3, 256, 256] in [-1, 1] of the faces in the demo photos of face-api.js."""
    with Landmarker(faces=8) as landmarker:
        photos = [cv2.imread(str(file)) for file in sorted(face_api.glob("demo/sample*.jpg"))]
        crops = [crop for photo in photos for crop in landmarker.aligned_faces(photo[..., ::-1])]
    return torch.tensor(np.stack(crops)).permute(0, 3, 1, 2) / 127.5 - 1


def chips(image: Tensor, chip: Chip) -> Tensor:
    """8-bit chips, so that both sides start from the same pixels."""
    return ((extract_chip(image, chip) + 1) * 127.5).round().clamp(0, 255)


def original(face_api: Path, inputs: dict[str, Tensor]) -> dict[str, np.ndarray]:
    """Embeddings of the chips by the original code in Node."""
    script = Path(__file__).with_name("original.mjs")
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "chips.json"), Path(folder, "embeddings.json")
        flat = {name: c.permute(0, 2, 3, 1).flatten(1).int().tolist() for name, c in inputs.items()}
        given.write_text(json.dumps(flat))
        human = weights_root() / "@vladmandic" / "human"
        subprocess.run(["node", script, face_api, human, given, made], check=True)
        return {name: np.array(rows) for name, rows in json.loads(made.read_text()).items()}


def main() -> None:
    """Print the largest absolute difference of each port and fail above 1e-4."""
    parser = argparse.ArgumentParser(description=__doc__)
    installed = ROOT.parent / "node_modules" / "@vladmandic" / "face-api"
    parser.add_argument("--face-api", type=Path, default=installed, help="folder of the npm package")
    face_api = parser.parse_args().face_api
    faces = sample_faces(face_api)
    ports = {"dlib": dlib_resnet.DlibResnet(), "faceres": faceres.FaceRes()}
    inputs = {"dlib": chips(faces, dlib_resnet.CHIP), "faceres": chips(faces, faceres.CHIP)}
    expected = original(face_api, inputs)
    for name, port in ports.items():
        difference = np.abs(port.embed_chip(inputs[name]).numpy() - expected[name]).max()
        print(f"{name}: {len(faces)} real faces, largest difference {difference:.1e}")
        if difference > 1e-4:
            raise SystemExit(f"{name} differs from the original")


if __name__ == "__main__":
    main()
