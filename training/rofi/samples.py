"""Draws the demo photos: people who do not exist, made of nothing but the decoder's output and drawn signs.

    python -m rofi.samples --runs runs --out ../public/samples

A decoded face on a drawn head in a theatre cap and gown: no pixel comes from a photo.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from rofi.data import ROOT
from rofi.geometry import MESH, OVAL, polygon
from rofi.identity import decode, load_identity
from rofi.networks.virtual_identity import KEY
from rofi.render import canvas
from rofi.signs.draw import draw_signs
from rofi.textures import SKIN, train_mesh

CROP = 256
LEFT, TOP, WIDTH, HEIGHT = 72, 64, 400, 432
FACE = (slice(TOP, TOP + CROP), slice(LEFT, LEFT + CROP))
# The picture's pixels in units of the face's crop, which is 0..1.
X, Y = np.meshgrid((np.arange(WIDTH) - LEFT + 0.5) / CROP, (np.arange(HEIGHT) - TOP + 0.5) / CROP)
ENLARGE = 2
# Nearer to the middle than a random key: plain faces make plain examples.
SPREAD = 0.6
QUALITY = 92


@dataclass(frozen=True)
class Sample:
    """One demo photo: its file, key seed, skin (a factor on the mean tone), cap colour, signs and captions."""

    name: str
    seed: int
    skin: tuple[float, float, float]
    cloth: tuple[float, float, float]
    signs: tuple[tuple[str, str], ...]
    en: str
    zh: str


SAMPLES = (
    Sample("ptosis", 112, (1.05, 1.05, 1.05), (0.42, 0.62, 0.66), (("ptosis", "left"),), "Drooping lid", "上睑下垂"),
    Sample("redness", 117, (0.8, 0.72, 0.66), (0.36, 0.5, 0.66), (("redness", "right"),), "Red eye", "眼红"),
    Sample("nodule", 114, (1.15, 1.2, 1.25), (0.5, 0.62, 0.5), (("nodule", "left"),), "Lid nodule", "眼睑结节"),
    Sample("strabismus", 115, (0.62, 0.54, 0.5), (0.45, 0.58, 0.7), (("strabismus", "right"),), "Squint", "斜视"),
)


def _soft(mask: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.GaussianBlur(mask.astype(np.float32), (0, 0), sigma)[..., None]


def _ellipse(centre: tuple[float, float], radii: tuple[float, float]) -> np.ndarray:
    return (((X - centre[0]) / radii[0]) ** 2 + ((Y - centre[1]) / radii[1]) ** 2 < 1).astype(np.float32)


def _cloth(random: np.random.Generator, colour: tuple[float, float, float], folds: float) -> np.ndarray:
    """Woven fabric with soft folds, as large as the picture."""
    waves = sum(
        np.sin(2 * np.pi * (f * X + g * Y) + p) / (1 + f / 6)
        for f, g, p in zip(random.uniform(3, 14, 7), random.uniform(-3, 3, 7), random.uniform(0, 6, 7), strict=True)
    )
    light = 1 - 0.6 * (X - 0.5) ** 2 + folds * waves + random.normal(0, 0.012, X.shape)
    return np.array(colour, np.float32) * light[..., None].astype(np.float32)


def _over(below: np.ndarray, above: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    return below + alpha * (above - below)


def draw_person(sample: Sample, texture: np.ndarray, shape: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Head and shoulders: image float [HEIGHT, WIDTH, 3] in 0..1, and the face's mesh [468, 2] in its crop."""
    random = np.random.default_rng(sample.seed)
    mesh = train_mesh()
    landmarks = mesh.mean + shape
    on = canvas(mesh, landmarks)
    oval = landmarks[list(OVAL)]
    left, right, chin = oval[:, 0].min(), oval[:, 0].max(), oval[:, 1].max()
    middle, half = (left + right) / 2, (right - left) / 2
    skin = np.clip(SKIN * np.array(sample.skin, np.float32), 0, 1)
    light = (1.04 - 1.4 * (X - middle) ** 2 - 0.15 * np.clip(Y - 0.6, 0, 1))[..., None].astype(np.float32)

    image = np.ones((*X.shape, 3), np.float32) * (0.82 - 0.1 * Y[..., None]) * np.array([0.97, 1, 1.02])
    neck = _ellipse((middle, chin + 0.12), (0.66 * half, 0.36))
    image = _over(image, skin * light * 0.86, _soft(neck, 2))
    gown = _ellipse((middle, 1.36), (0.72, 0.36)) * (1 - _ellipse((middle, chin + 0.02), (0.16, 0.2)))
    image = _over(image, _cloth(random, sample.cloth, 0.05), _soft(gown, 1.2))
    shadow = _ellipse((middle, chin + 0.02), (0.8 * half, 0.1)) * neck * (1 - gown)
    image = image * (1 - 0.35 * _soft(shadow, 8))

    for side in (-1, 1):
        ear = _ellipse((middle + side * (half + 0.012), 0.5), (0.035, 0.085))
        image = _over(image, skin * light * (0.88 - 0.12 * _soft(np.roll(ear, -2 * side, 1), 3)), _soft(ear, 1.2))
    centre = oval.mean(0)
    head = _placed(polygon((oval - centre) * 1.03 + centre, CROP))
    image = _over(image, skin * light * 0.97, _soft(head, 1.5))
    place = on.field * texture.shape[0] - 0.5
    face = cv2.remap(texture.astype(np.float32), place[..., 0], place[..., 1], cv2.INTER_CUBIC)
    inner = _placed(cv2.erode(on.mask, np.ones((3, 3))))[..., None]
    image = _over(image, _placed(face) * (skin / SKIN) * light, inner)

    line = landmarks[[105, 334], 1].mean() - 0.085 + 0.05 * ((X - middle) / half) ** 2
    cap = _ellipse((middle, 0.36), (half + 0.03, 0.4)) * (line > Y)
    image = image * (1 - 0.25 * _soft(np.roll(cap, 3, 0), 4) * (1 - _soft(cap, 1)))
    image = _over(image, _cloth(random, sample.cloth, 0.06) * (0.82 + 0.2 * _soft(cap, 14)), _soft(cap, 0.9))
    image = image * (1 - 0.14 * _soft(cap * (line - 0.022 < Y), 1.0))
    return np.clip(image + random.normal(0, 0.006, image.shape), 0, 1).astype(np.float32), landmarks


def _placed(crop: np.ndarray) -> np.ndarray:
    """A crop-sized layer laid into the picture, zero elsewhere."""
    layer = np.zeros((*X.shape, *crop.shape[2:]), np.float32)
    layer[FACE] = crop
    return layer


def with_irises(landmarks: np.ndarray) -> np.ndarray:
    """Adds the ten iris landmarks in the middle of the lids: [468, 2] to [478, 2]."""
    irises = []
    for corners, lids in (((33, 133), (159, 145)), ((362, 263), (386, 374))):
        centre = landmarks[list(lids)].mean(0) * 0.5 + landmarks[list(corners)].mean(0) * 0.5
        radius = 0.115 * np.linalg.norm(landmarks[corners[1]] - landmarks[corners[0]]) * 1.9
        irises += [centre, *(centre + radius * np.array(d) for d in ((1, 0), (0, -1), (-1, 0), (0, 1)))]
    return np.concatenate([landmarks[:MESH], np.array(irises)])


def main() -> None:
    """Write the photos and samples/index.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=Path, default=ROOT / "runs")
    parser.add_argument("--out", type=Path, default=ROOT.parent / "public" / "samples")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    network = load_identity(arguments.runs / "identity.pt")
    index = []
    for sample in SAMPLES:
        key = np.random.default_rng(sample.seed).standard_normal((1, KEY)).astype(np.float32)
        textures, shapes = decode(network, SPREAD * key)
        image, landmarks = draw_person(sample, textures[0], shapes[0])
        picture = np.round(image * 255).astype(np.uint8)
        random = np.random.default_rng(sample.seed)
        drawing = draw_signs(picture[FACE], with_irises(landmarks), list(sample.signs), random)
        if len(drawing.signs) != len(sample.signs):
            raise SystemExit(f"{sample.name}: the sign could not be drawn")
        picture[FACE] = drawing.image
        large = cv2.resize(picture, None, fx=ENLARGE, fy=ENLARGE, interpolation=cv2.INTER_CUBIC)
        file = arguments.out / f"{sample.name}.jpg"
        cv2.imwrite(str(file), large[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        index.append({"file": file.name, "sign": {"en": sample.en, "zh-Hans": sample.zh}})
    (arguments.out / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main()
