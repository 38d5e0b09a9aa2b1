"""Protection and restoration of one aligned crop, step by step as the product does them."""

from dataclasses import dataclass

import numpy as np

from rofi.data import SIZE
from rofi.evaluation.keys import key_vector
from rofi.evaluation.networks import Networks, to_pixels, to_tensor
from rofi.evaluation.sealing import compressed, finish
from rofi.geometry import blend_oval
from rofi.kept import GRID, kept, sign_mask
from rofi.sealed.carriers import Code, read, write
from rofi.sealed.face import Trial, seal_code, unseal_code, writable_cells

OVAL = blend_oval(SIZE)
NO_SIGNS = np.zeros((GRID, GRID), np.float32)


def protect(
    networks: Networks, image: np.ndarray, landmarks: np.ndarray, key: bytes, nonce: bytes, shares: np.ndarray
) -> np.ndarray:
    """Protected crop, uint8 [256, 256, 3]: the pixels that the PNG holds, the original sealed into them.

    image: uint8 [256, 256, 3]. landmarks: [478, 2] in 0..1. nonce: 12 bytes, never used before. shares: [32, 32] in
    0..1, how much of each cell is kept.
    """
    vector = key_vector(key)
    drawn = networks.draw(image, landmarks, key, front=networks.front(image, landmarks))
    inputs = {"image": to_tensor(image), "virtual": _tensor(drawn.image), "key": vector[None]}
    (translated,) = networks.run("protector", **inputs, sign_mask=sign_mask(shares)[None, None])
    shown = drawn.opacity * (1 - kept(shares))
    protected, writable = blend(image, translated, OVAL * shown), writable_cells(shown)

    def written(code: Code) -> np.ndarray:
        return np.clip(np.round(write(protected.astype(np.float64), code, writable)), 0, 255).astype(np.uint8)

    def attempt(code: Code) -> Trial:
        stored = written(code)
        return Trial(*(read(seen.astype(np.float64)).likelihoods for seen in (stored, compressed(stored))))

    code = seal_code(image, key, nonce, np.random.default_rng(list(nonce)), attempt)
    return protected if code is None else written(code)


@dataclass(frozen=True)
class Restored:
    """Restored crop, uint8 [256, 256, 3], and the layer it was made of."""

    pixels: np.ndarray
    layer: int


def restore(networks: Networks, protected: np.ndarray, key: bytes) -> Restored | None:
    """What a key gives back of protected pixels uint8 [256, 256, 3]; None where it opens nothing in them."""
    unsealed = unseal_code(read(protected.astype(np.float64)), key)
    if unsealed is None:
        return None
    return Restored(blend(protected, finish(networks, unsealed, protected)), unsealed.layer)


def shown_with(networks: Networks, protected: np.ndarray, landmarks: np.ndarray, key: bytes) -> np.ndarray:
    """What a key shows, uint8 [256, 256, 3]: the restored face, or a key that opens nothing its own stranger."""
    restored = restore(networks, protected, key)
    if restored is not None:
        return restored.pixels
    return blend(protected, _tensor(networks.draw(protected, landmarks, key).image))


def blend(image: np.ndarray, translated: np.ndarray, opacity: np.ndarray = OVAL) -> np.ndarray:
    """The network's output [1, 3, 256, 256] laid over the photo with an opacity [256, 256]: the feathered oval's."""
    alpha = opacity[..., None]
    mixed = alpha * np.clip(translated[0].transpose(1, 2, 0), -1, 1) + (1 - alpha) * (image / 127.5 - 1)
    return to_pixels(mixed.transpose(2, 0, 1)[None])


def _tensor(drawn: np.ndarray) -> np.ndarray:
    return (drawn * 2 - 1).transpose(2, 0, 1)[None].astype(np.float32)
