"""The two recognisers that no loss used, behind one call."""

import io

import numpy as np
import onnxruntime
import torch

from rofi.data import SIZE
from rofi.evaluation.networks import Networks, session_options, to_tensor
from rofi.recognisers.faceres import FaceRes

NAMES = ("dlib", "faceres")
Embeddings = dict[str, np.ndarray]


class Judges:
    """dlib's recogniser as exported for the product, and faceres."""

    def __init__(self, networks: Networks) -> None:
        self.networks = networks
        exported = io.BytesIO()
        image = torch.zeros(1, 3, SIZE, SIZE)
        torch.onnx.export(FaceRes().eval(), (image,), exported, input_names=["image"], dynamo=False)
        self.faceres = onnxruntime.InferenceSession(exported.getvalue(), session_options())

    def embed(self, image: np.ndarray) -> Embeddings:
        """Embeddings of a crop uint8 [256, 256, 3]; the nearest by Euclidean distance is the match."""
        tensor = to_tensor(image)
        (embedding,) = self.networks.run("recogniser", image=tensor)
        (features,) = self.faceres.run(None, {"image": tensor})
        return {"dlib": embedding[0], "faceres": features[0] / np.linalg.norm(features[0])}
