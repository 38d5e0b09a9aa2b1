"""`python -m rofi.recognisers.threshold`: dlib distances of strangers and of one photo changed, on validation faces.

There is one photo of every synthetic person, so the pairs of one person are a photo and its own strong change of
light, colour, pose in the plane, scale, mirroring and JPEG quality: a lower bound for photos from two days.
"""

import cv2
import numpy as np
import torch

from rofi.data import SIZE, load
from rofi.recognisers.dlib_resnet import DlibResnet

THRESHOLDS = (0.4, 0.45, 0.5, 0.55, 0.6)


def changed(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Another take of a crop uint8 [256, 256, 3]."""
    light = (image / 255) ** rng.uniform(0.6, 1.6) * 255
    light = (light - 128) * rng.uniform(0.7, 1.2) + 128 + rng.uniform(-20, 20) + rng.uniform(-10, 10, 3)
    eyes = (SIZE * 0.5, SIZE * 0.42)
    matrix = cv2.getRotationMatrix2D(eyes, rng.uniform(-5, 5), rng.uniform(0.95, 1.05))
    matrix[:, 2] += rng.uniform(-4, 4, 2)
    pixels = np.clip(light, 0, 255).astype(np.uint8)
    pixels = cv2.warpAffine(pixels, matrix, (SIZE, SIZE), borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(pixels, (int(SIZE * rng.uniform(0.4, 1)),) * 2, interpolation=cv2.INTER_AREA)
    pixels = cv2.resize(small, (SIZE, SIZE))[:, :: rng.choice([-1, 1])]
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(40, 90))]
    return cv2.imdecode(cv2.imencode(".jpg", np.ascontiguousarray(pixels), quality)[1], cv2.IMREAD_COLOR)


def main() -> None:
    """Print how many pairs of strangers and of one person lie below each threshold."""
    torch.set_num_threads(1)
    images, rng, network = load("val").images, np.random.default_rng(0), DlibResnet().eval()

    def embed(image: np.ndarray) -> torch.Tensor:
        return network(torch.from_numpy(image.copy()).permute(2, 0, 1)[None] / 127.5 - 1)[0]

    originals = torch.stack([embed(image) for image in images])
    again = torch.stack([embed(changed(image, rng)) for image in images])
    strangers = torch.pdist(originals)
    same = (originals - again).norm(dim=1)
    print("| distance below | strangers, % | the same photo changed, % |\n|---|---|---|")
    for threshold in THRESHOLDS:
        shares = [100 * (distances < threshold).float().mean().item() for distances in (strangers, same)]
        print(f"| {threshold} | {shares[0]:.2f} | {shares[1]:.2f} |")


if __name__ == "__main__":
    main()
