"""Crops out of a photo, and crops laid back over it. Mirrors resampling, blending and cubic sampler of the page."""

import math
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from rofi.constants import CONSTANTS
from rofi.data import SIZE
from rofi.geometry import OVAL_CENTRE, OVAL_RADII, OVAL_SOLID
from rofi.photo.similarity import Similarity, fineness_of
from rofi.sealed.cells import FIRST, dct, planes_of

MAX_FACTOR: int = CONSTANTS["resampling"]["largestBlock"]
# What becomes of a crop's pixel, in itself and beside it, when a spline lays it over a finer photo and it is cut out
# again: blocks of 0.85 crop pixels averaged, and bilinear samples of these. Undone beforehand, in so many rounds.
SPREAD = np.float32([-0.015, 0.1815, 0.667, 0.1815, -0.015])
PREFILTER_ROUNDS = 2


def average_blocks(photo: np.ndarray, factor: int) -> np.ndarray:
    """Photo uint8 [h, w, 3] made smaller by a whole factor; what does not fill a last pixel is left out."""
    height, width = (side // factor for side in photo.shape[:2])
    whole = np.ascontiguousarray(photo[: height * factor, : width * factor])
    return cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)


def reduce_to(photo: np.ndarray, longest: int) -> tuple[np.ndarray, int]:
    """The photo made about as small as asked by a whole factor, and the factor."""
    factor = min(math.ceil(max(photo.shape[:2]) / longest), MAX_FACTOR)
    return (photo if factor <= 1 else average_blocks(photo, factor)), max(1, factor)


def resample(photo: np.ndarray, transform: Similarity, side: int = SIZE) -> np.ndarray:
    """Crop float32 [side, side, 3] in 0..255; beyond the photo's edge its border pixels go on.

    transform: from photo pixels to the crop's.
    """
    factor = min(math.floor(transform.fineness + 1e-6), MAX_FACTOR)
    if factor >= 2:
        left, top, right, bottom = _part(photo, transform, side, factor)
        photo = average_blocks(photo[top:bottom, left:right], factor)
        transform = transform.from_part(left, top, factor)
    return sample(photo, transform, side)


def to_pixels(crop: np.ndarray) -> np.ndarray:
    """Float crop 0..255 as 8-bit pixels."""
    return np.clip(np.round(crop), 0, 255).astype(np.uint8)


def _part(photo: np.ndarray, transform: Similarity, side: int, block: int) -> tuple[int, int, int, int]:
    corners = transform.inverse(np.array([[0, 0], [side, 0], [0, side], [side, side]], float))

    def within(values: np.ndarray, size: int) -> tuple[int, int]:
        start = math.floor(min(max(values.min() - block, 0), max(0, size - block)))
        end = min(values.max() + block, size)
        return start, start + max(1, math.floor((end - start) / block)) * min(block, size)

    left, right = within(corners[:, 0], photo.shape[1])
    top, bottom = within(corners[:, 1], photo.shape[0])
    return left, top, right, bottom


def sample(photo: np.ndarray, transform: Similarity, side: int) -> np.ndarray:
    """Crop float32 [side, side, 3] of a photo [h, w, 3]: means of bilinear samples in each of its pixels."""
    samples = max(1, math.ceil(transform.fineness - 1e-6))
    at = (np.arange(side * samples) + 0.5) / samples
    places = transform.inverse(np.stack(np.meshgrid(at, at), -1)) - 0.5
    fine = bilinear(photo, places)
    return fine.reshape(side, samples, side, samples, 3).mean((1, 3)).astype(np.float32)


def bilinear(photo: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Values float32 [h, w, c] of a photo [.., .., c] at places [h, w, 2] in pixel indices, clamped at the border."""
    height, width = photo.shape[:2]
    # Of OpenCV's samplers none is exact between 32nds of a pixel.
    grid = torch.from_numpy((places * (2 / (width - 1), 2 / (height - 1)) - 1).astype(np.float32))[None]
    pixels = torch.from_numpy(photo.astype(np.float32)).permute(2, 0, 1)[None]
    values = F.grid_sample(pixels, grid, "bilinear", "border", align_corners=True)
    return values[0].permute(1, 2, 0).numpy()


def catmull_rom(image: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Values float32 [n, c] of image [h, w, c] at places [n, 2] in pixel indices, the border repeated."""
    padded = np.pad(image.astype(np.float32), ((3, 3), (3, 3), (0, 0)), "edge")
    stride = padded.shape[1]
    inside = np.clip(places, -1, image.shape[1::-1])
    corner = np.floor(inside).astype(np.int64)
    fx, fy = (inside - corner).T.astype(np.float32)
    start = (corner[:, 1] + 2) * stride + corner[:, 0] + 2
    pixels, across, down = padded.reshape(-1, image.shape[2]), _weights(fx), _weights(fy)
    result = np.zeros((len(places), image.shape[2]), np.float32)
    for j in range(4):
        for i in range(4):
            result += (across[i] * down[j])[:, None] * pixels.take(start + j * stride + i, axis=0)
    return result


def _weights(f: np.ndarray) -> tuple[np.ndarray, ...]:
    return (
        ((2 - f) * f - 1) * f * 0.5,
        (3 * f - 5) * f * f * 0.5 + 1,
        ((4 - 3 * f) * f + 1) * f * 0.5,
        (f - 1) * f * f * 0.5,
    )


def spread(crop: np.ndarray) -> np.ndarray:
    """A crop float32 [256, 256, c] as it comes back from a finer photo."""
    return cv2.sepFilter2D(crop, -1, SPREAD, SPREAD, borderType=cv2.BORDER_REFLECT_101)


def prefiltered(crop: np.ndarray) -> np.ndarray:
    """A crop [256, 256, c], sharper by as much as it is blurred on its way into a finer photo and out of it again.

    What is finest stays as it is: there the sealed code will stand, and what is sharper there leaves it less room.
    """
    sharp = crop.astype(np.float32)
    for _ in range(PREFILTER_ROUNDS):
        sharp = sharp + crop - spread(sharp)
    more = [dct(plane) for plane in np.moveaxis(sharp - crop, -1, 0)]
    for coefficients in more:
        coefficients[:, FIRST:] = 0
    return crop + np.stack([planes_of(coefficients)[0] for coefficients in more], -1).astype(np.float32)


def oval_alpha(places: np.ndarray) -> np.ndarray:
    """The blending oval's opacity [...] at places [..., 2] in 0..1 of the crop."""
    radius = np.linalg.norm((places - OVAL_CENTRE) / OVAL_RADII, axis=-1)
    t = np.clip((1 - radius) / (1 - OVAL_SOLID), 0, 1)
    return t * t * (3 - 2 * t)


def blend(
    photo: np.ndarray,
    crop: np.ndarray,
    transform: Similarity,
    kept: np.ndarray | None = None,
    own: np.ndarray | None = None,
    fine: np.ndarray | None = None,
) -> np.ndarray:
    """A copy of the photo uint8 [h, w, 3] with a crop [256, 256, 3] in 0..255 blended in.

    Where kept [256, 256] is above 0, what the photo has finer than its own crop is laid over the new one. fine:
    [256·k, 256·k], the share of its brightness to add to each pixel.
    """
    box = _oval_bounds(transform, photo.shape)
    left, top, right, bottom = box
    columns, rows = np.meshgrid(np.arange(left, right) + 0.5, np.arange(top, bottom) + 0.5)
    places = transform(np.stack([columns, rows], -1))
    alpha = oval_alpha(places / SIZE)
    inside = alpha > 0
    before = photo[top:bottom, left:right][inside].astype(np.float32)
    finer = fineness_of(transform) > 1
    after = catmull_rom(prefiltered(crop) if finer else crop, places[inside] - 0.5)
    if fine is not None:
        share = bilinear(fine[..., None], places * (len(fine) / SIZE) - 0.5)[inside]
        after *= 1 + share
    if kept is not None and own is not None:
        share = bilinear(kept[..., None], places - 0.5)[inside][:, 0]
        shown = share > 0
        coarse = catmull_rom(prefiltered(own) if finer else own, places[inside][shown] - 0.5)
        after[shown] += share[shown, None] * (before[shown] - coarse)
    blended = photo.copy()
    part = blended[top:bottom, left:right]
    part[inside] = to_pixels(before + alpha[inside][:, None] * (after - before))
    return blended


def _oval_bounds(transform: Similarity, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    x, y = transform.inverse(np.array(OVAL_CENTRE) * SIZE)
    radius = max(OVAL_RADII) * SIZE * transform.fineness
    return (
        max(0, math.floor(x - radius)),
        max(0, math.floor(y - radius)),
        min(shape[1], math.ceil(x + radius)),
        min(shape[0], math.ceil(y + radius)),
    )


def read_photo(file: Path) -> np.ndarray:
    """RGB pixels uint8 [h, w, 3], turned as the file says. Raises ValueError when it cannot be decoded."""
    decoded = cv2.imread(str(file), cv2.IMREAD_COLOR)
    if decoded is None:
        raise ValueError(f"{file} is no photo that can be read")
    return np.ascontiguousarray(decoded[..., ::-1])
