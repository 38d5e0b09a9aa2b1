"""Protection and restoration of one aligned crop, step by step as the product does them."""

from dataclasses import dataclass

import numpy as np

from rofi.data import SIZE
from rofi.evaluation.agreement import agreement
from rofi.evaluation.keys import key_vector
from rofi.evaluation.networks import Networks, to_pixels, to_tensor
from rofi.geometry import blend_oval, eye_boxes
from rofi.render import kept

GRID = 32
OVAL = blend_oval(SIZE)
NO_SIGNS = np.zeros((GRID, GRID), np.float32)


def whole_eyes(landmarks: np.ndarray) -> np.ndarray:
    """Sign mask [32, 32] that keeps both eyes whole."""
    mask = NO_SIGNS.copy()
    for left, top, right, bottom in eye_boxes(landmarks) * GRID:
        rows = slice(int(np.floor(top)), int(np.ceil(bottom)))
        mask[rows, int(np.floor(left)) : int(np.ceil(right))] = 1
    return mask


def protect(
    networks: Networks, image: np.ndarray, landmarks: np.ndarray, key: bytes, sign_mask: np.ndarray
) -> np.ndarray:
    """Protected crop, uint8 [256, 256, 3]: the pixels that the PNG holds.

    image: uint8 [256, 256, 3]. landmarks: [478, 2] in 0..1. sign_mask: [32, 32], 1 where signs are kept.
    """
    vector = key_vector(key)
    drawn = networks.draw(image, landmarks, key)
    inputs = {"image": to_tensor(image), "virtual": _tensor(drawn.image), "key": vector[None]}
    (translated,) = networks.run("protector", **inputs, sign_mask=sign_mask[None, None])
    return blend(image, translated, OVAL * drawn.opacity * (1 - kept(sign_mask)))


@dataclass(frozen=True)
class Restored:
    """Restored crop, uint8 [256, 256, 3], and whether the product would show it: whether the key fits these pixels."""

    pixels: np.ndarray
    key_fits: bool


def restore(networks: Networks, protected: np.ndarray, landmarks: np.ndarray, key: bytes) -> np.ndarray:
    """Restored crop, uint8 [256, 256, 3], from the protected pixels and their own landmarks [478, 2]."""
    return restore_vector(networks, protected, landmarks, key_vector(key)).pixels


def restore_vector(networks: Networks, protected: np.ndarray, landmarks: np.ndarray, vector: np.ndarray) -> Restored:
    """Restoration from a key vector [512]: what an attacker can do without any key."""
    virtual = to_tensor(protected)
    inputs = {"image": to_tensor(protected), "virtual": virtual, "key": vector[None]}
    (restored,) = networks.run("restorer", **inputs)
    return Restored(blend(protected, restored), agreement(restored, virtual, OVAL).key_fits)


def blend(image: np.ndarray, translated: np.ndarray, opacity: np.ndarray = OVAL) -> np.ndarray:
    """The network's output [1, 3, 256, 256] laid over the photo with an opacity [256, 256]: the feathered oval's."""
    alpha = opacity[..., None]
    mixed = alpha * np.clip(translated[0].transpose(1, 2, 0), -1, 1) + (1 - alpha) * (image / 127.5 - 1)
    return to_pixels(mixed.transpose(2, 0, 1)[None])


def _tensor(drawn: np.ndarray) -> np.ndarray:
    return (drawn * 2 - 1).transpose(2, 0, 1)[None].astype(np.float32)
