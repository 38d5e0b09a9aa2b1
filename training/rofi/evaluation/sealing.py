"""The original sealed into a protected photo, and restored from it, as the product does both."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from rofi.evaluation.networks import Networks, to_tensor
from rofi.photo.region import Region
from rofi.photo.resampling import spread
from rofi.photo.similarity import Similarity
from rofi.sealed.carriers import Code, Reading, blank, read, write
from rofi.sealed.cells import CELL, CELLS, GRID, TO_YCC
from rofi.sealed.face import Trial, Unsealed, pixels_of, seal_code, writable_cells
from rofi.sealed.register import FAR, NEAR, register, starts_round

# How often the photo is corrected until its crop shows the code; where it is no finer than the crop, oftener.
ROUNDS_FINE, ROUNDS_COARSE = 3, 8
# For trial: what comes through of it is nearly the same.
TRIAL_FINE, TRIAL_COARSE = 2, 5
FINE = 1.5


@dataclass(frozen=True)
class SealedPhoto:
    """photo: uint8 [h, w, 3]. coded: [256, 256], which pixels of the crop hold code."""

    photo: np.ndarray
    coded: np.ndarray


def seal_photo(
    photo: np.ndarray,
    original: np.ndarray,
    transform: Similarity,
    opacity: np.ndarray,
    key: bytes,
    nonce: bytes,
    rng: np.random.Generator,
) -> SealedPhoto | None:
    """A protected photo uint8 [h, w, 3] with the original's crop uint8 [256, 256, 3] sealed into the drawn face.

    opacity: [256, 256], how much of the drawn face shows. rng: for what layers without a frame hold. None where there
    is room for no picture.
    """
    writable = _writable(photo, transform, opacity)

    def written(code: Code, fine: int, coarse: int) -> Region:
        return _changed(photo, transform, writable, lambda crop: write(crop, code, writable), fine, coarse)

    def attempt(code: Code) -> Trial:
        region = written(code, TRIAL_FINE, TRIAL_COARSE)
        seen = (region.pixels(), compressed(region.pixels()))
        return Trial(*(read(region.holding(p).cut(transform).astype(np.float64)).likelihoods for p in seen))

    code = seal_code(original, key, nonce, rng, attempt)
    if code is None:
        return None
    return SealedPhoto(written(code, ROUNDS_FINE, ROUNDS_COARSE).written(), pixels_of(writable))


def without_code(photo: np.ndarray, transform: Similarity, opacity: np.ndarray) -> np.ndarray:
    """A protected photo uint8 [h, w, 3] with nothing where `seal_photo` writes: what code takes away, and no code."""
    writable = _writable(photo, transform, opacity)
    empty = _changed(photo, transform, writable, lambda crop: blank(crop, writable), ROUNDS_FINE, ROUNDS_COARSE)
    return empty.written()


def _changed(
    photo: np.ndarray,
    transform: Similarity,
    writable: np.ndarray,
    change: Callable[[np.ndarray], np.ndarray],
    fine: int,
    coarse: int,
) -> Region:
    """The photo's region around a face, corrected until its crop shows what it shows with the change."""
    coded, region = pixels_of(writable), Region(photo, transform)
    target = change(region.cut(transform).astype(np.float64))
    for _ in range(fine if transform.fineness >= FINE else coarse):
        missing = (coded[..., None] * (target - region.cut(transform))).astype(np.float32)
        region.add(coded[..., None] * _with_stronger_colours(missing), transform)
    return region


def _with_stronger_colours(change: np.ndarray) -> np.ndarray:
    """A change of a crop [256, 256, 3], and added to it what its colours lose on their way, so that they arrive sooner.

    Luma is left as it is: of it so much would be seen.
    """
    colours = change - (change @ TO_YCC[0])[..., None]
    return change + colours - spread(colours)


def _writable(photo: np.ndarray, transform: Similarity, opacity: np.ndarray) -> np.ndarray:
    return writable_cells(opacity) & _inside(transform, photo.shape)


def compressed(pixels: np.ndarray) -> np.ndarray:
    """A picture uint8 [h, w, 3] after a JPEG of quality 85 with halved colours."""
    options = [cv2.IMWRITE_JPEG_QUALITY, 85, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420]
    file = cv2.imencode(".jpg", np.ascontiguousarray(pixels[..., ::-1]), options)[1]
    return np.ascontiguousarray(cv2.imdecode(file, cv2.IMREAD_COLOR)[..., ::-1])


def _inside(transform: Similarity, shape: tuple[int, ...]) -> np.ndarray:
    """Which code cells lie in the photo with all of their corners."""
    first = np.stack([CELLS % GRID, CELLS // GRID], -1) * float(CELL)
    offsets = np.array([[0, 0], [CELL, 0], [0, CELL], [CELL, CELL]])
    corners = first[:, None] + offsets
    places = transform.inverse(corners)
    return ((places >= 0) & (places <= (shape[1], shape[0]))).all((1, 2))


@dataclass(frozen=True)
class ReadPhoto:
    """A face as its public pattern places it: the protected crop float32 [256, 256, 3] and what was read in it."""

    transform: Similarity
    crop: np.ndarray
    reading: Reading


def read_code(photo: np.ndarray, near: Similarity) -> ReadPhoto:
    """Reads the code of the face that lies near an alignment; needs no key."""
    region, first = Region(photo, near), _matrix(near)
    found = _read_within(region, [first], NEAR)
    return found if found.reading.header is not None else _read_within(region, starts_round(first), FAR)


def _read_within(region: Region, starts: list[np.ndarray], reach: int) -> ReadPhoto:
    transform = _similarity(register(lambda at: region.cut(_similarity(at)), starts, reach))
    crop = region.cut(transform)
    return ReadPhoto(transform, crop, read(crop.astype(np.float64)))


def _matrix(transform: Similarity) -> np.ndarray:
    turn, shift = transform.turn, transform.shift
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])


def _similarity(matrix: np.ndarray) -> Similarity:
    return Similarity(complex(matrix[0, 0], matrix[1, 0]), complex(matrix[0, 2], matrix[1, 2]))


def finish(networks: Networks, unsealed: Unsealed, protected: np.ndarray) -> np.ndarray:
    """The restorer's face float32 [1, 3, 256, 256] in [-1, 1] from the unsealed picture and the protected crop."""
    size = np.array([[np.log2(unsealed.size / 512)]], np.float32)
    inputs = {"sealed": to_tensor(unsealed.image), "protected": to_tensor(protected), "size": size}
    return networks.run("restorer", **inputs)[0]
