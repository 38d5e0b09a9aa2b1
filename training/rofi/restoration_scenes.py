"""Faces as the restorer meets them: the photo, what was sealed of it, and the protected face as it was received.

python -m rofi.restoration_scenes --count 3000
"""

import argparse

import cv2
import numpy as np

from rofi.data import CACHE, ROOT, load
from rofi.evaluation.networks import Networks
from rofi.geometry import blend_oval, eye_boxes
from rofi.kept import SIZE, kept
from rofi.scenes import sign_mask

FILE = CACHE / "restoration-scenes.npz"


def main() -> None:
    """Draw scenes from training faces: image and protected, both uint8 [n, 256, 256, 3]."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    random = np.random.default_rng(arguments.seed)
    networks, faces = Networks(ROOT.parent / "public" / "models"), load("train")
    chosen = np.sort(random.permutation(len(faces))[: arguments.count])
    oval = blend_oval(SIZE)
    protected = np.empty((len(chosen), SIZE, SIZE, 3), np.uint8)
    for row, index in enumerate(chosen):
        light = (faces.images[index] / 255).astype(np.float32)
        landmarks = faces.landmarks[index].astype(np.float64)
        drawn = networks.draw(np.asarray(faces.images[index]), landmarks, random.bytes(32))
        mask = sign_mask(eye_boxes(landmarks).astype(np.float32), random)
        shown = (oval * (1 - kept(mask)))[..., None]
        mixed = light + shown * (drawn.image - light)
        protected[row] = np.round(np.clip(mixed, 0, 1) * 255)
    FILE.parent.mkdir(parents=True, exist_ok=True)
    np.savez(FILE, image=faces.images[chosen], protected=protected)


if __name__ == "__main__":
    main()
