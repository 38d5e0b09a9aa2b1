"""What the attributes network learns from: synthetic faces and what faceres says of them."""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import torch

from rofi.data import CACHE, FACES, TRAIN_SHARDS
from rofi.people.source import crops, people
from rofi.recognisers.faceres import FaceRes

SIDE = 128
BATCH = 8


@dataclass(frozen=True)
class Labelled:
    """Faces uint8 [n, 128, 128, 3] (whole aligned crops), age in years [n], male 0..1 [n], features [n, 256]."""

    images: np.ndarray
    age: np.ndarray
    male: np.ndarray
    features: np.ndarray


def labelled() -> Labelled:
    """All training faces and all of data/people, labelled once and kept."""
    file = CACHE / "attributes.npz"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _label(file)
    content = np.load(file)
    return Labelled(content["images"], content["age"], content["male"], content["features"])


def _faces() -> Iterator[np.ndarray]:
    for shard in TRAIN_SHARDS:
        with tarfile.open(FACES / f"{shard}.tar") as tar:
            for member in tar:
                data = tar.extractfile(member) if member.name.endswith(".webp") else None
                if data is not None:
                    yield cv2.imdecode(np.frombuffer(data.read(), np.uint8), cv2.IMREAD_COLOR)[..., ::-1]
    for _, crop in crops(person.id for person in people()):
        yield cv2.resize(crop, (256, 256), interpolation=cv2.INTER_AREA)


@torch.no_grad()
def _label(file: object) -> None:
    teacher = FaceRes().eval()
    images, labels, waiting = [], [], []

    def flush() -> None:
        batch = torch.from_numpy(np.stack(waiting).transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1)
        labels.append([part.numpy() for part in teacher.attributes(teacher(batch))])
        waiting.clear()

    for face in _faces():
        images.append(cv2.resize(face, (SIDE, SIDE), interpolation=cv2.INTER_AREA))
        waiting.append(face)
        if len(waiting) == BATCH:
            flush()
    if waiting:
        flush()
    age, male, features = (np.concatenate(part) for part in zip(*labels, strict=True))
    np.savez(file, images=np.stack(images), age=age, male=male, features=features.astype(np.float16))
