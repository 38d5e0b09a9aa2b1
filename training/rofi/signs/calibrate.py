"""Chooses the offset of the logits: how rare marks on healthy faces are at the threshold 0.5.

Healthy faces are those validation faces that settings may be chosen on, and the people held out from training, as they
are and in everyday takes; what the offset costs is told on the same faces with signs.

Usage: python -m rofi.signs.calibrate CHECKPOINT [--most 0.05]
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch

from .. import data
from .cache import Subject, bystanders, draw_pair
from .detector import SignDetector, SignScorer
from .export import load_scorer
from .eye import SIZE


def peaks(scorer: SignScorer, images: list[np.ndarray]) -> np.ndarray:
    """The highest logit of each face, uint8 [256, 256, 3]."""
    detector = SignDetector(scorer).eval()
    highest = []
    with torch.no_grad():
        for image in images:
            pixels = torch.from_numpy(image.astype(np.float32).transpose(2, 0, 1)[None] / 127.5 - 1)
            highest.append(float(torch.logit(detector(pixels).double(), eps=1e-9).max()))
    return np.array(highest)


def main() -> None:
    """Prints what each group has, and the offset at which no group has more marks than asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--most", type=float, default=0.05, help="share of healthy faces that may be marked")
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    scorer, rng = load_scorer(args.checkpoint), np.random.default_rng(args.seed)
    faces, people = data.load("val"), bystanders(held_out=True)
    chosen = data.choosing(len(faces))
    taken = [Subject(np.asarray(faces.images[at]), faces.landmarks[at]) for at in chosen[::2]]
    twins = [draw_pair(subject, rng) for subject in [*people, *taken]]
    healthy = {
        "validation faces": [np.asarray(faces.images[at]) for at in chosen],
        "people": [cv2.resize(each.photo, (SIZE, SIZE), interpolation=cv2.INTER_AREA) for each in people],
        "everyday takes": [clean for clean, _ in twins],
    }
    highest = {name: peaks(scorer, images) for name, images in healthy.items()}
    sick = peaks(scorer, [drawing.image for _, drawing in twins if drawing.signs])
    bias = -max(float(np.quantile(values, 1 - args.most)) for values in highest.values())
    for name, values in highest.items():
        shares = " ".join(f"{(values + b > 0).mean():.1%}" for b in (0.0, bias))
        print(f"{name}: {len(values)} faces, marked without and with the offset: {shares}")
    shares = " ".join(f"{(sick + b > 0).mean():.1%}" for b in (0.0, bias))
    print(f"with signs, everyday takes: {len(sick)}, marked: {shares}")
    print(f"offset {bias:.2f}")


if __name__ == "__main__":
    main()
