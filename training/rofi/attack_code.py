"""`python -m rofi.attack_code`: what one photo that is known gives of another under the same key, and which of two
photos is hidden, old code and sealed.

On the demo photos, each known in turn, shown as the next one and attacked for the others.
"""

import argparse
import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import cv2
import numpy as np

from rofi.attacks import old_code
from rofi.attacks.known_photo import deviation, guessed, old_pattern, old_sizes, sealed_sizes
from rofi.data import ROOT
from rofi.evaluation.keys import KEY_BYTES, key_vector
from rofi.evaluation.metrics import psnr
from rofi.evaluation.pipeline import OVAL
from rofi.evaluation.telltale import auc, telltale
from rofi.photo.resampling import read_photo
from rofi.samples import CROP, ENLARGE, LEFT, TOP
from rofi.sealed.carriers import CODE_BITS, Code, code_of, write
from rofi.sealed.cells import CELLS
from rofi.sealed.seal import LAYERS, NONCE_BYTES, Header, room, seal
from rofi.sealed.small import encode_within

SHARES = (40, 40)
TRIALS = 120
# A photo and a shown crop uint8 [256, 256, 3] to the crop that hides the photo, under a key of its own.
Hidden = Callable[[np.ndarray, np.ndarray, np.random.Generator], np.ndarray]


def crops(folder: Path) -> list[np.ndarray]:
    """The faces of the demo photos, uint8 [256, 256, 3]."""
    rows, columns = (slice(ENLARGE * first, ENLARGE * (first + CROP)) for first in (TOP, LEFT))
    names = [sample["file"] for sample in json.loads((folder / "index.json").read_text())]
    return [
        cv2.resize(read_photo(folder / n)[rows, columns], (CROP, CROP), interpolation=cv2.INTER_AREA) for n in names
    ]


def main() -> None:
    """Run the attacks and print what they gave."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, default=ROOT.parent / "public" / "samples")
    faces = crops(parser.parse_args().photos)
    rng = np.random.default_rng(0)
    key = rng.bytes(KEY_BYTES)
    shown = faces[1:] + faces[:1]

    pattern = old_code.signs(key_vector(key))
    hidden = [old_code.hide(photo, face, pattern) for photo, face in zip(faces, shown, strict=True)]
    rows = [("PSNR of the shown face", [psnr(a, b, OVAL) for a, b in zip(faces, shown, strict=True)])]
    rows.append(
        ("PSNR with the key", [psnr(f, old_code.reveal(h, pattern), OVAL) for f, h in zip(faces, hidden, strict=True)])
    )
    pairs = list(permutations(range(len(faces)), 2))
    found = [old_code.reveal(hidden[b], old_pattern(faces[a], hidden[a])) for a, b in pairs]
    rows.append(
        ("PSNR with one known photo", [psnr(faces[b], f, OVAL) for (_, b), f in zip(pairs, found, strict=True)])
    )
    rows.append(("correlation of sizes", [old_sizes(*one) for one in zip(faces, shown, hidden, strict=True)]))
    print("old code: " + ", ".join(f"{name} {np.mean(values):.2f}" for name, values in rows))

    sealed = [_sealed(face, key, rng.bytes(NONCE_BYTES)) for face in faces]
    reused = [_sealed(face, key, bytes(NONCE_BYTES)) for face in faces]
    for name, (pictures, frames, _) in {
        "a nonce each": tuple(zip(*sealed, strict=True)),
        "one nonce for all (control, never done)": tuple(zip(*reused, strict=True)),
    }.items():
        shares = {}
        for layer in LAYERS:
            told = [
                guessed(pictures[a][layer], frames[a][layer], pictures[b][layer], frames[b][layer]) for a, b in pairs
            ]
            trials = 8 * len(frames[0][layer])
            worst = max((deviation(share, trials) for share in told), key=abs)
            shares[layer] = f"layer {layer} {100 * np.mean(told):.2f} % of bits, worst {worst:+.1f} deviations"
        print(f"sealed code, {name}: " + "; ".join(shares.values()))
    sizes = [sealed_sizes(f, s, code) for f, s, (_, _, code) in zip(faces, shown, sealed, strict=True)]
    pads = [Code(code.header, rng.integers(0, 2, CODE_BITS, dtype=np.uint8)) for _, _, code in sealed]
    random = [sealed_sizes(f, s, code) for f, s, code in zip(faces, shown, pads, strict=True)]
    print(
        f"sealed code, largest correlation of sizes: {max(found for found, _ in sizes):.3f}, of random pads "
        f"{max(found for found, _ in random):.3f}, limit {sizes[0][1]:.3f}"
    )
    old, new = (told_apart(hidden, rng) for hidden in (_hidden_old, _hidden_sealed))
    print(
        "which of two photos a shown face hides, by a network trained on others: "
        f"AUC old code {old:.2f}, sealed {new:.2f}"
    )


def told_apart(hidden: Hidden, rng: np.random.Generator) -> float:
    """How well a network tells which of two photos is hidden in the same shown face, each time under another key."""
    noise = [cv2.GaussianBlur(rng.normal(128, 90, (CROP, CROP, 3)), (0, 0), spread) for spread in (12, 3)]
    smooth, rough = (np.clip(one * gain - 128 * (gain - 1), 0, 255) for one, gain in zip(noise, (8, 3), strict=True))
    shown = cv2.GaussianBlur(smooth, (0, 0), 20).astype(np.uint8)
    photos = [photo.astype(np.uint8) for photo in (smooth, rough)]
    pairs = [[hidden(photo, shown, rng) for photo in photos] for _ in range(TRIALS)]
    one, other = (np.stack(crops) for crops in zip(*pairs, strict=True))
    return auc(telltale(one, other))


def _hidden_old(photo: np.ndarray, shown: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return old_code.hide(photo, shown, old_code.signs(key_vector(rng.bytes(KEY_BYTES))))


def _hidden_sealed(photo: np.ndarray, shown: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    _, _, code = _sealed(photo, rng.bytes(KEY_BYTES), rng.bytes(NONCE_BYTES))
    return np.clip(np.round(write(shown.astype(float), code, np.ones(len(CELLS), bool))), 0, 255).astype(np.uint8)


def _sealed(face: np.ndarray, key: bytes, nonce: bytes) -> tuple[list[bytes], list[bytes], Code]:
    """The pictures of a face, their sealed frames, and the code of both."""
    header = Header(SHARES, nonce)
    pictures = [encode_within(face, layer, room(header, layer)) for layer in LAYERS]
    frames = [seal(key, header, layer, pictures[layer]) for layer in LAYERS]
    return pictures, frames, code_of(header, tuple(frames), np.zeros(CODE_BITS, np.uint8))


if __name__ == "__main__":
    main()
