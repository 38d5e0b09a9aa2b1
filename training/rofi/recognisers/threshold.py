"""`python -m rofi.recognisers.threshold --photos FOLDER`: at which distance recognisers take strangers for one person.

Strangers are all pairs of photos in the folder, of one real person each. The pairs of one person are a photo and its
own strong change of light, colour, pose in the plane, scale, mirroring and JPEG quality: a lower bound for photos from
two days. Without a folder the same on the synthetic validation faces, or on synthetic people of an age: --ages 0 3.
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

from rofi.data import SIZE, load
from rofi.evaluation.people import people_in
from rofi.landmarks import Landmarker
from rofi.people.source import crops, people
from rofi.photo.finding import find
from rofi.photo.resampling import read_photo, resample, to_pixels
from rofi.photo.similarity import align
from rofi.recognisers.dlib_resnet import DlibResnet
from rofi.recognisers.faceres import FaceRes
from rofi.recognisers.fr_feature import FrFeature
from rofi.recognisers.mobile_face import MobileFace

OF_AN_AGE = 60
FALSE_ACCEPTS = (0.001, 0.01, 0.02, 0.05)


def changed(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Another take of a crop uint8 [256, 256, 3] RGB."""
    light = (image / 255) ** rng.uniform(0.6, 1.6) * 255
    light = (light - 128) * rng.uniform(0.7, 1.2) + 128 + rng.uniform(-20, 20) + rng.uniform(-10, 10, 3)
    eyes = (SIZE * 0.5, SIZE * 0.42)
    matrix = cv2.getRotationMatrix2D(eyes, rng.uniform(-5, 5), rng.uniform(0.95, 1.05))
    matrix[:, 2] += rng.uniform(-4, 4, 2)
    pixels = np.clip(light, 0, 255).astype(np.uint8)
    pixels = cv2.warpAffine(pixels, matrix, (SIZE, SIZE), borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(pixels, (int(SIZE * rng.uniform(0.4, 1)),) * 2, interpolation=cv2.INTER_AREA)
    pixels = cv2.resize(small, (SIZE, SIZE))[:, :: rng.choice([-1, 1])]
    return jpeg(pixels, int(rng.integers(40, 90)))


def jpeg(image: np.ndarray, quality: int) -> np.ndarray:
    """The RGB image uint8 [h, w, 3] after JPEG."""
    data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


def crops_of(folder: Path) -> list[np.ndarray]:
    """Aligned crops of one photo of each person in a folder; photos without a face are left out."""
    crops = []
    with Landmarker(faces=5) as landmarker:
        for files in people_in(folder).values():
            photo = read_photo(files[0])
            landmarks = find(landmarker, photo)
            if landmarks is not None:
                crops.append(to_pixels(resample(photo, align(landmarks))))
    return crops


def crops_of_age(least: float, most: float) -> list[np.ndarray]:
    """Aligned crops of some synthetic people from an age up to another."""
    known = {person.id: person.landmarks for person in people() if least <= person.age < most}
    chosen = np.random.default_rng(0).permutation(list(known))[:OF_AN_AGE]
    return [
        to_pixels(resample(photo, align(known[number] * photo.shape[0]))) for number, photo in crops(map(int, chosen))
    ]


def distances(network: nn.Module, images: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Euclidean distances of all pairs of strangers, and of every image [256, 256, 3] to another take of itself."""
    rng = np.random.default_rng(0)

    def embed(image: np.ndarray) -> torch.Tensor:
        embedding = network(torch.from_numpy(image.copy()).permute(2, 0, 1)[None] / 127.5 - 1)[0]
        # faceres and MobileFace are compared by the angle, as MobileFaceNet, whose port gives unit length already.
        return embedding if isinstance(network, DlibResnet) else embedding / embedding.norm()

    with torch.no_grad():
        originals = torch.stack([embed(image) for image in images])
        again = torch.stack([embed(changed(image, rng)) for image in images])
    return torch.pdist(originals).numpy(), (originals - again).norm(dim=1).numpy()


def main() -> None:
    """Print, for every recogniser, the distance at which each share of strangers is accepted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, help="folder of photographs; default: the validation faces")
    parser.add_argument("--ages", type=float, nargs=2, metavar=("FROM", "TO"), help="synthetic people instead")
    options = parser.parse_args()
    torch.set_num_threads(1)
    if options.ages:
        images = crops_of_age(*options.ages)
    else:
        images = crops_of(options.photos) if options.photos else list(load("val").images)
    print(f"{len(images)} people, {len(images) * (len(images) - 1) // 2} pairs of strangers\n")
    print("| recogniser | false accepts, % | distance below | the same photo changed: accepted, % |\n|---|---|---|---|")
    for name, network in (
        ("dlib", DlibResnet()),
        ("fr_feature", FrFeature()),
        ("faceres", FaceRes()),
        ("mobileface", MobileFace()),
    ):
        strangers, same = distances(network.eval(), images)
        for share in FALSE_ACCEPTS:
            threshold = np.quantile(strangers, share)
            print(f"| {name} | {100 * share:g} | {threshold:.3f} | {100 * (same < threshold).mean():.1f} |")


if __name__ == "__main__":
    main()
