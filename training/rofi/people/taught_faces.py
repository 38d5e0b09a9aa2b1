"""What the attributes network learns from: synthetic faces, seen through changing views and blends of two."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from rofi.data import CACHE, SIZE, load
from rofi.people.source import PARTS, PEOPLE, crops, people
from rofi.recognisers.faceres import FaceRes

_TURN, _GROWTH, _SHIFT = 0.07, 0.05, 0.02
"""Standard deviations of a view: radians, share of size, share of the crop's half."""
_LABELLED_AT_ONCE = 64


def all_faces() -> np.ndarray:
    """Every training face and everybody of data/people, uint8 [n, 256, 256, 3]."""
    faces = load("train").images
    others = [cv2.resize(crop, (SIZE, SIZE), interpolation=cv2.INTER_AREA) for _, crop in crops(p.id for p in people())]
    return np.concatenate([faces, np.stack(others)])


def taught_files() -> list[Path]:
    """The files they lie in."""
    return [CACHE / "train.images.npy", *(PEOPLE / part for part in PARTS)]


@dataclass(frozen=True)
class Labels:
    """What the teacher says: age in years [n], male 0..1 [n], the layer behind both [n, 256]."""

    age: Tensor
    male: Tensor
    features: Tensor


@torch.no_grad()
def labels(teacher: FaceRes, images: Tensor) -> Labels:
    """The teacher's opinion of crops [n, 3, 256, 256] in [-1, 1]."""
    return Labels(*teacher.attributes(teacher(images)))


def labels_of_all(teacher: FaceRes, faces: Tensor) -> Labels:
    """The teacher's opinion of uint8 faces [n, 256, 256, 3]."""
    each = [labels(teacher, to_images(part)) for part in faces.split(_LABELLED_AT_ONCE)]
    return Labels(*(torch.cat([getattr(part, name) for part in each]) for name in ("age", "male", "features")))


def to_images(faces: Tensor) -> Tensor:
    """uint8 [n, 256, 256, 3] to [n, 3, 256, 256] in [-1, 1]."""
    return faces.permute(0, 3, 1, 2).float() / 127.5 - 1


def weights_by_age(age: np.ndarray) -> np.ndarray:
    """How often each face is drawn: rare ages more often, at most six times."""
    counts, edges = np.histogram(age, np.arange(0, 105, 5))
    weight = (counts.max() / np.maximum(counts, 1)) ** 0.6
    each = np.minimum(weight, 6)[np.clip(np.digitize(age, edges) - 1, 0, len(counts) - 1)]
    return each / each.sum()


def _moved(images: Tensor, random: np.random.Generator) -> Tensor:
    count = len(images)
    turn, size = random.normal(0, _TURN, count), np.exp(random.normal(0, _GROWTH, count))
    mirror = random.choice([-1.0, 1.0], count)
    c, s = np.cos(turn) * size, np.sin(turn) * size
    shift = random.normal(0, _SHIFT, (2, count))
    rows = [np.stack([mirror * c, -s, shift[0]], -1), np.stack([mirror * s, c, shift[1]], -1)]
    theta = torch.from_numpy(np.stack(rows, 1).astype(np.float32)).to(images)
    grid = F.affine_grid(theta, list(images.shape), align_corners=False)
    return F.grid_sample(images, grid, padding_mode="border", align_corners=False)


def _softened(images: Tensor, random: np.random.Generator) -> Tensor:
    """Some of the images at a smaller size and back."""
    side = int(random.integers(72, 200))
    small = F.interpolate(images, (side, side), mode="bilinear", antialias=True)
    soft = F.interpolate(small, images.shape[-2:], mode="bicubic")
    chosen = torch.from_numpy(random.random(len(images)) < 0.3).to(images.device)
    return torch.where(chosen[:, None, None, None], soft, images)


def _lit(images: Tensor, random: np.random.Generator) -> Tensor:
    """Other light, colours, a shadow from one side, grey now and then, grain."""
    count = len(images)

    def numbers(values: np.ndarray) -> Tensor:
        return torch.from_numpy(values.astype(np.float32)).to(images).view(count, -1, 1, 1)

    light = (images / 2 + 0.5).clamp(1e-4, 1)
    grey = light.mean(1, keepdim=True)
    saturation = random.normal(1, 0.25, count) * (random.random(count) > 0.12)
    light = (grey + numbers(saturation) * (light - grey)).clamp(1e-4, 1)
    light = light ** numbers(np.exp(random.normal(0, 0.25, count)))
    light = light * numbers(np.exp(random.normal(0, 0.14, (count, 1)) + random.normal(0, 0.07, (count, 3))))
    ramp = torch.linspace(-1, 1, images.shape[-1], device=images.device)
    turn = random.uniform(0, 2 * np.pi, count)
    across = numbers(np.cos(turn)) * ramp[None, None, None, :] + numbers(np.sin(turn)) * ramp[None, None, :, None]
    strength = random.uniform(0, 0.5, count) * (random.random(count) < 0.4)
    light = light * (1 - numbers(strength) * torch.sigmoid(across * numbers(random.uniform(1, 6, count))))
    grain = numbers(random.uniform(0, 0.05, count) * (random.random(count) < 0.4))
    return (light + grain * torch.randn_like(light)).clamp(0, 1) * 2 - 1


def _covered(images: Tensor, random: np.random.Generator) -> Tensor:
    """Something in front of a quarter of the faces."""
    for image in images:
        if random.random() < 0.25:
            x, y, width, height = (random.uniform(0, 1, 4) * (SIZE, SIZE, 90, 90)).astype(int)
            colour = torch.from_numpy(random.uniform(-1, 1, (3, 1, 1)).astype(np.float32))
            image[:, y : y + height, x : x + width] = colour.to(images)
    return images


def batches(faces: Tensor, chance: np.ndarray, count: int, random: np.random.Generator) -> Iterator[Tensor]:
    """Crops [count, 3, 256, 256] in [-1, 1] for ever; one in four is a blend of two faces. chance: of each face."""
    while True:
        rows, others = random.choice(len(chance), (2, count), p=chance)
        share = torch.from_numpy((random.uniform(0.1, 0.5, count) * (random.random(count) < 0.25)).astype(np.float32))
        share = share.to(faces.device)[:, None, None, None]
        images, second = (_moved(to_images(faces[torch.from_numpy(each)]), random) for each in (rows, others))
        yield _covered(_lit(_softened(images.lerp(second, share), random), random), random)
