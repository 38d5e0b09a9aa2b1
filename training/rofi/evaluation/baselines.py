"""What the paper compares with: coarser ways to hide a face, on the same crops."""

import cv2
import numpy as np

from rofi.data import load
from rofi.evaluation.networks import Networks
from rofi.geometry import MESH, eye_boxes, virtual_landmarks
from rofi.render import SHAPE_STRENGTH, canvas, draw
from rofi.textures import donors, train_textures

MOSAIC_BLOCK = 16
BLUR_SIGMA = 8


def mosaic(image: np.ndarray) -> np.ndarray:
    """The crop in blocks of 16 pixels."""
    side = image.shape[0]
    small = cv2.resize(image, (side // MOSAIC_BLOCK,) * 2, interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (side, side), interpolation=cv2.INTER_NEAREST)


def blur(image: np.ndarray) -> np.ndarray:
    """The crop under a Gaussian of sigma 8 pixels."""
    return cv2.GaussianBlur(image, (0, 0), BLUR_SIGMA)


def eye_crop(image: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """Only the strip with both eyes; the rest is grey."""
    boxes = eye_boxes(landmarks) * image.shape[0]
    left, top = np.floor(boxes[:, :2].min(0)).astype(int)
    right, bottom = np.ceil(boxes[:, 2:].max(0)).astype(int)
    strip = np.full_like(image, 128)
    strip[top:bottom, left:right] = image[top:bottom, left:right]
    return strip


class Swap:
    """The plain shape-free swap: a training face's texture and shape, drawn in the photo's light."""

    def __init__(self, networks: Networks) -> None:
        self.mesh = networks.mesh
        self.donors, self.textures, self.landmarks = donors(), train_textures(), load("train").landmarks

    def __call__(self, image: np.ndarray, landmarks: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """The crop with a random donor's face."""
        donor = rng.choice(self.donors)
        shape = self.landmarks[donor, :MESH] - self.mesh.mean
        moved = virtual_landmarks(landmarks, shape, self.mesh.mean, SHAPE_STRENGTH)
        texture = (self.textures[donor] / 255).astype(np.float32)
        drawn = draw((image / 255).astype(np.float32), canvas(self.mesh, moved), texture)
        return np.clip(np.round(drawn * 255), 0, 255).astype(np.uint8)
