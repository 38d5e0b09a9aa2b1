"""The recognisers that judge, behind one call: the page's two, and two that neither page nor losses use."""

import io
from dataclasses import dataclass

import numpy as np
import onnxruntime
import torch
from torch import nn

from rofi.constants import CONSTANTS
from rofi.data import SIZE
from rofi.evaluation.networks import Networks, session_options, to_tensor
from rofi.recognisers import dlib_resnet, fr_feature
from rofi.recognisers.faceres import FaceRes
from rofi.recognisers.mobile_face import MobileFace

IN_THE_PAGE = {"dlib": "recogniser", "fr_feature": "mobilefacenet"}
"""The page's judges and their files."""
THRESHOLDS = {"dlib": dlib_resnet.THRESHOLD, "fr_feature": fr_feature.THRESHOLD}
CHILDREN, SPARE = CONSTANTS["children"], CONSTANTS["people"]["spare"]
NAMES = (*IN_THE_PAGE, "faceres", "mobileface")
Embeddings = dict[str, np.ndarray]


@dataclass(frozen=True)
class Attributes:
    """What faceres takes a face for: age in years, and how male it looks, 0..1."""

    age: float
    male: float


class Judges:
    """dlib's recogniser and MobileFaceNet as exported for the page, faceres and MobileFace."""

    def __init__(self, networks: Networks) -> None:
        self.networks = networks
        self.port = FaceRes().eval()
        self.faceres, self.mobile_face = _session(self.port), _session(MobileFace().eval())

    def embed(self, image: np.ndarray) -> Embeddings:
        """Embeddings of a crop [256, 256, 3] in 0..255; the nearest by Euclidean distance is the match."""
        tensor = to_tensor(image)
        others = {"faceres": self.faceres, "mobileface": self.mobile_face}
        seen = {name: session.run(None, {"image": tensor})[0][0] for name, session in others.items()}
        return {**self.page(image), **{name: vector / np.linalg.norm(vector) for name, vector in seen.items()}}

    def page(self, image: np.ndarray) -> Embeddings:
        """Those of the page's own judges."""
        tensor = to_tensor(image)
        return {name: self.networks.run(file, image=tensor)[0][0] for name, file in IN_THE_PAGE.items()}

    def attributes(self, image: np.ndarray) -> Attributes:
        """Age and sex of a crop [256, 256, 3] in 0..255."""
        (features,) = self.faceres.run(None, {"image": to_tensor(image)})
        with torch.no_grad():
            age, male, _ = self.port.attributes(torch.from_numpy(features))
        return Attributes(float(age[0]), float(male[0]))


def _session(port: nn.Module) -> onnxruntime.InferenceSession:
    exported = io.BytesIO()
    torch.onnx.export(port, (torch.zeros(1, 3, SIZE, SIZE),), exported, input_names=["image"], dynamo=False)
    return onnxruntime.InferenceSession(exported.getvalue(), session_options())


def thresholds(age: float) -> dict[str, float]:
    """From which distance on the page's judges see a stranger of this age in years: they take children for one another.

    Mirrored by src/engine/checks/recognition.ts.
    """
    grown = _grown(age)
    least = {name: CHILDREN["least"][file] for name, file in IN_THE_PAGE.items()}
    return {name: limit * (least[name] + (1 - least[name]) * grown) for name, limit in THRESHOLDS.items()}


def spare(age: float) -> float:
    """By which share of these somebody is a stranger who is taken at once.

    Of a child less distance is asked, since recognisers take children for one another, so that more is looked for.
    Mirrored by src/engine/protection/drawn-faces.ts.
    """
    return CHILDREN["spare"] + (SPARE - CHILDREN["spare"]) * _grown(age)


def _grown(age: float) -> float:
    """How far somebody of an age is grown up as recognisers see it, 0..1."""
    return float(np.clip((age - CHILDREN["from"]) / (CHILDREN["to"] - CHILDREN["from"]), 0, 1))


def margin(known: Embeddings, seen: Embeddings, limits: dict[str, float]) -> float:
    """By which share of its threshold the least convinced judge of the page sees a stranger; negative: recognised."""
    return min(float(np.linalg.norm(known[name] - seen[name])) / limit - 1 for name, limit in limits.items())


def recognising(known: Embeddings, seen: Embeddings, limits: dict[str, float]) -> tuple[str, ...]:
    """The judges of the page that may still see the same person."""
    return tuple(n for n, limit in limits.items() if not np.linalg.norm(known[n] - seen[n]) >= limit)
