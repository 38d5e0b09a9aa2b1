"""The exported networks, as the product loads them."""

from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime

from rofi.front.find import front_of
from rofi.geometry import FaceMesh
from rofi.kept import kept_shares
from rofi.people.atlas import Atlas
from rofi.people.compose import Looks
from rofi.people.draw import Drawing, draw
from rofi.people.person import patient_looks, person

THREADS = 2


def session_options() -> onnxruntime.SessionOptions:
    """Two threads, as in the product, that do not spin: they would take the cores from what else runs."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


class Networks:
    """ONNX sessions of a models folder, each opened when first used."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mesh = FaceMesh.read(folder / "face_mesh.json")
        self._sessions: dict[str, onnxruntime.InferenceSession] = {}

    def run(self, name: str, **inputs: np.ndarray) -> list[np.ndarray]:
        """All outputs of a network; batch dimensions of 1 are the caller's to add and drop."""
        if name not in self._sessions:
            file = self.folder / f"{name}.onnx"
            self._sessions[name] = onnxruntime.InferenceSession(file, session_options())
        return self._sessions[name].run(None, inputs)

    @cached_property
    def has_sign_detector(self) -> bool:
        """Whether the folder has a sign detector; without one, whole eyes are kept."""
        return (self.folder / "sign_detector.onnx").exists()

    @cached_property
    def atlas(self) -> Atlas:
        """The people that keys are made of."""
        return Atlas.read(self.folder / "people.atlas")

    def front(self, image: np.ndarray, landmarks: np.ndarray) -> np.ndarray | None:
        """What is in front of the face in a crop [256, 256, 3] in 0..255: [256, 256] in 0..1; None: nothing."""
        return front_of(self.front_shares(image), landmarks)

    def front_shares(self, image: np.ndarray) -> np.ndarray:
        """How surely pixels of a crop [256, 256, 3] in 0..255 are in front of its face, [128, 128] in 0..1."""
        return self.run("front", image=to_tensor(image))[0][0, 0]

    def attributes(self, image: np.ndarray) -> tuple[float, float]:
        """Age in years and male in 0..1 of a crop uint8 [256, 256, 3]."""
        age, male = self.run("attributes", image=to_tensor(image))[0][0]
        return 100 * float(age), float(male)

    def looks(self, image: np.ndarray, landmarks: np.ndarray) -> Looks:
        """What donors should look like for a crop uint8 [256, 256, 3] with landmarks [478, 2]."""
        light = (image / 255).astype(np.float32)
        return patient_looks(light, landmarks, *self.attributes(image), self.atlas, self.mesh)

    def draw(
        self,
        image: np.ndarray,
        landmarks: np.ndarray,
        key: bytes,
        number: int = 0,
        front: np.ndarray | None = None,
    ) -> Drawing:
        """The key's person of this number on a crop uint8 [256, 256, 3] with landmarks [478, 2].

        front: [256, 256] in 0..1, what stays because it is in front of the face.
        """
        return self.draw_with_skin(image, landmarks, key, number, front)[0]

    def draw_with_skin(
        self, image: np.ndarray, landmarks: np.ndarray, key: bytes, number: int, front: np.ndarray | None
    ) -> tuple[Drawing, np.ndarray]:
        """The same, and the person's skin, finer than the crop: a ratio [s, s] on the mean shape."""
        light = (image / 255).astype(np.float32)
        drawn = person(key, number, self.looks(image, landmarks), self.atlas)
        drawing = draw(light, landmarks, drawn.texture, drawn.shape, self.mesh, self.atlas.turn_modes, front)
        return drawing, drawn.detail

    def signs(self, image: np.ndarray) -> np.ndarray:
        """Scores [32, 32] of a crop uint8 [256, 256, 3]."""
        return self.run("sign_detector", image=to_tensor(image))[0][0, 0]

    def kept_shares(self, image: np.ndarray) -> np.ndarray:
        """The shares of cells [32, 32] that protection keeps of a crop, at the page's own threshold."""
        return kept_shares(self.signs(image))


def to_tensor(image: np.ndarray) -> np.ndarray:
    """Crop uint8 (or float 0..255) [256, 256, 3] to float32 [1, 3, 256, 256] in [-1, 1]."""
    return (image.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]


def to_pixels(tensor: np.ndarray) -> np.ndarray:
    """float32 [1, 3, 256, 256] in [-1, 1] to the uint8 pixels that a PNG stores."""
    return np.clip(np.round((tensor[0].transpose(1, 2, 0) + 1) * 127.5), 0, 255).astype(np.uint8)
