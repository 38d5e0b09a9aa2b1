"""A photo of which only the face is left. Mirrors src/engine/surroundings/only-faces.ts."""

import cv2
import numpy as np

from rofi.constants import CONSTANTS
from rofi.data import SIZE
from rofi.geometry import MESH, polygon
from rofi.kept import SOCKETS
from rofi.photo.resampling import bilinear, to_pixels
from rofi.photo.similarity import align_eyes, eye_centres

PLAIN, FADE = 214, 2
# Nobody is drawn beyond the rim.
RIM: int = CONSTANTS["mask"]["erode"]


def only_face(photo: np.ndarray, found: np.ndarray) -> np.ndarray:
    """A copy of a photo uint8 [h, w, 3], plain beyond a face and its eyes; found: landmarks [478, 2] in its pixels."""
    transform = align_eyes(*eye_centres(found))
    hull = cv2.convexHull(transform(found[:MESH]).astype(np.float32))[:, 0]
    rim = np.ones((2 * RIM + 1,) * 2)
    outlines = [cv2.erode(polygon(hull / SIZE, SIZE), rim, borderValue=0)]
    outlines += [polygon(transform(found[list(ring)]) / SIZE, SIZE) for ring in SOCKETS]
    inside = cv2.GaussianBlur(np.max(outlines, 0), (0, 0), FADE)
    corners = transform.inverse(np.array([[0, 0], [SIZE, 0], [0, SIZE], [SIZE, SIZE]], float))
    left, top = np.maximum(np.floor(corners.min(0)).astype(int), 0)
    right, bottom = np.minimum(np.ceil(corners.max(0)).astype(int), photo.shape[1::-1])
    places = transform(np.stack(np.meshgrid(np.arange(left, right) + 0.5, np.arange(top, bottom) + 0.5), -1))
    within = ((places >= 0) & (places < SIZE)).all(-1)
    share = np.where(within[..., None], bilinear(inside[..., None], places - 0.5), 0)
    shown = np.full_like(photo, PLAIN)
    shown[top:bottom, left:right] = to_pixels(
        PLAIN + share * (photo[top:bottom, left:right].astype(np.float32) - PLAIN)
    )
    return shown
