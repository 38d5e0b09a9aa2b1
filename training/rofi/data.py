"""Aligned training faces and their landmarks, unpacked once into memory-mapped arrays."""

import io
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from rofi.constants import CONSTANTS

ROOT = Path(__file__).resolve().parents[1]
FACES = Path(os.environ.get("ROFI_FACES", ROOT.parents[1] / "shared" / "data" / "faces-256"))
CACHE = Path(os.environ.get("ROFI_CACHE", ROOT / ".cache"))
TRAIN_SHARDS = ("train-0", "train-1", "train-2")
SIZE: int = CONSTANTS["crop"]["side"]
LANDMARKS = 478


@dataclass(frozen=True)
class Faces:
    """Faces of one split.

    images: uint8 [n, 256, 256, 3] RGB. landmarks: float32 [n, 478, 2], 0..1 of the crop.
    """

    images: np.ndarray
    landmarks: np.ndarray

    def __len__(self) -> int:
        return len(self.landmarks)


def _unpack(shards: tuple[str, ...], images_file: Path, landmarks_file: Path) -> None:
    landmarks = [np.load(io.BytesIO(_member(FACES / f"{shard}.tar", "landmarks.npz")))["landmarks"] for shard in shards]
    images_file.parent.mkdir(parents=True, exist_ok=True)
    total = sum(map(len, landmarks))
    partial = images_file.with_suffix(".partial.npy")
    images = np.lib.format.open_memmap(partial, mode="w+", dtype=np.uint8, shape=(total, SIZE, SIZE, 3))
    at = 0
    for shard in shards:
        with tarfile.open(FACES / f"{shard}.tar") as tar:
            for member in sorted(m.name for m in tar.getmembers() if m.name.endswith(".webp")):
                data = tar.extractfile(member)
                assert data is not None
                decoded = cv2.imdecode(np.frombuffer(data.read(), np.uint8), cv2.IMREAD_COLOR)
                images[at] = decoded[..., ::-1]
                at += 1
    assert at == total, f"{at} images for {total} landmark rows"
    images.flush()
    np.save(landmarks_file, np.concatenate(landmarks).astype(np.float32))
    partial.rename(images_file)


def _member(tar_file: Path, name: str) -> bytes:
    with tarfile.open(tar_file) as tar:
        member = next(m for m in tar.getmembers() if Path(m.name).name == name)
        data = tar.extractfile(member)
        assert data is not None
        return data.read()


def choosing(count: int) -> np.ndarray:
    """Half of `count` validation faces, the even places: settings may be chosen on these, and they are in no figure."""
    return np.arange(0, count, 2)


def reporting(count: int) -> np.ndarray:
    """The other half, the odd places: figures are made of these, and nothing is chosen by them."""
    return np.arange(1, count, 2)


def load(split: str) -> Faces:
    """Faces of `split` ("train" or "val"), unpacked into the cache on first use and memory-mapped after."""
    shards = {"train": TRAIN_SHARDS, "val": ("val",)}[split]
    images_file, landmarks_file = CACHE / f"{split}.images.npy", CACHE / f"{split}.landmarks.npy"
    if not images_file.exists():
        _unpack(shards, images_file, landmarks_file)
    return Faces(np.load(images_file, mmap_mode="r"), np.load(landmarks_file))
