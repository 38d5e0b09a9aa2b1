"""The small pictures of a face that are sealed into the pixels: WebP of the aligned crop, its surroundings smoothed."""

import io

import cv2
import numpy as np
from PIL import Image

from rofi.data import SIZE
from rofi.geometry import blend_oval
from rofi.render import low_pass

# Sides of the base and the fine picture, and the smaller ones to which they give way where there is little room.
SIDES = ((128, 64, 32), (256, 128))
# What a WebP file begins with before its frame: RIFF, length, WEBP, the chunk's name and length.
RIFF_BYTES = 20


def _inside() -> np.ndarray:
    share = np.clip(blend_oval(SIZE) * 4, 0, 1)
    return (share * share * (3 - 2 * share)).astype(np.float32)


INSIDE = _inside()


def framed(crop: np.ndarray) -> np.ndarray:
    """Crop uint8 [256, 256, 3] with everything smoothed that the blending oval does not reach."""
    image = crop.astype(np.float32) / 255
    mixed = image * INSIDE[..., None] + low_pass(image, INSIDE) * (1 - INSIDE[..., None])
    return np.clip(np.round(mixed * 255), 0, 255).astype(np.uint8)


def shrink(image: np.ndarray, side: int) -> np.ndarray:
    """A crop uint8 at another size."""
    return image if side == SIZE else cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA)


def encode(image: np.ndarray, quality: int) -> bytes:
    """WebP's frame without the container."""
    file = io.BytesIO()
    Image.fromarray(image).save(file, "WEBP", quality=quality, method=6)
    data = file.getvalue()
    return data[RIFF_BYTES : RIFF_BYTES + int.from_bytes(data[16:20], "little")]


def encode_within(crop: np.ndarray, layer: int, size: int) -> bytes:
    """A layer's picture in at most `size` bytes, as good as that goes; empty where it does not go."""
    for side in SIDES[layer]:
        data = _best_quality(shrink(framed(crop), side), size)
        if data:
            return data
    return b""


def _best_quality(image: np.ndarray, size: int) -> bytes:
    low, high, best = 0, 100, b""
    while low <= high:
        quality = (low + high) // 2
        data = encode(image, quality)
        if len(data) <= size:
            best, low = data, quality + 1
        else:
            high = quality - 1
    return best


def decode(data: bytes) -> np.ndarray:
    """A frame to a crop uint8 [256, 256, 3]."""
    even = data + b"\0" * (len(data) % 2)
    chunk = b"WEBPVP8 " + len(data).to_bytes(4, "little") + even
    file = b"RIFF" + len(chunk).to_bytes(4, "little") + chunk
    image = np.array(Image.open(io.BytesIO(file)).convert("RGB"))
    return enlarge(image)


def enlarge(image: np.ndarray) -> np.ndarray:
    """A small picture uint8 to the crop's size, bilinear."""
    return image if len(image) == SIZE else cv2.resize(image, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
