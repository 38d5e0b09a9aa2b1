"""MediaPipe's face landmarker, as the product runs it, and the alignment of whole photos."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from rofi.constants import CONSTANTS, pair
from rofi.data import ROOT, SIZE

MODEL = Path(os.environ.get("ROFI_LANDMARKER", ROOT.parent / "public" / "models" / "face_landmarker.task"))
RIGHT_EYE, LEFT_EYE = (tuple(CONSTANTS["landmarks"][eye]) for eye in ("rightEye", "leftEye"))
TARGET_EYES = np.array([pair(CONSTANTS["crop"]["eyes"][eye]) for eye in ("right", "left")])


class Landmarker:
    """Finds the 478 mesh landmarks of up to `faces` faces in an RGB image; used in a `with` block."""

    def __init__(self, faces: int = 1, model: Path = MODEL) -> None:
        try:
            from mediapipe.tasks.python import BaseOptions, vision
        except ImportError as error:
            raise ImportError("keypoints need MediaPipe: pip install -e '.[evaluate]'") from error
        options = vision.FaceLandmarkerOptions(BaseOptions(str(model)), num_faces=faces)
        self._detector = vision.FaceLandmarker.create_from_options(options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._detector.close()

    def detect(self, image: np.ndarray) -> list[np.ndarray]:
        """Landmarks, float64 [478, 2] in 0..1 of the image, of every face in image uint8 [h, w, 3]."""
        from mediapipe import Image, ImageFormat

        frame = Image(image_format=ImageFormat.SRGB, data=np.ascontiguousarray(image))
        faces = self._detector.detect(frame).face_landmarks
        return [np.array([[point.x, point.y] for point in face]) for face in faces]

    def aligned_faces(self, photo: np.ndarray) -> list[np.ndarray]:
        """Aligned crops of the faces in a photo; small faces need their landmarks found again in the crop."""
        crops = [align(photo, landmarks) for landmarks in self.detect(photo)]
        return [align(crop, found) for crop in crops for found in self.detect(crop)[:1]]


def align(photo: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """Aligned crop uint8 [256, 256, 3] of a photo [h, w, 3] with landmarks [478, 2] in 0..1 of the photo."""
    points = landmarks * photo.shape[1::-1]
    eyes = np.stack([points[list(eye)].mean(0) for eye in (RIGHT_EYE, LEFT_EYE)])
    source, target = (complex(*(pair[1] - pair[0])) for pair in (eyes, TARGET_EYES))
    turn = source / target  # photo pixels per crop unit, with the head's roll
    rotation = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    # Supersampled and averaged where the face is larger than the crop, as the product does.
    fine = SIZE * max(1, int(np.ceil(abs(turn) / SIZE)))
    matrix = np.empty((2, 3))
    matrix[:, :2] = rotation / fine
    matrix[:, 2] = eyes[0] + rotation @ (0.5 / fine - TARGET_EYES[0]) - 0.5
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    large = cv2.warpAffine(photo, matrix, (fine, fine), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return cv2.resize(large, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
