"""Shows what each offset of the logits does at the threshold 0.5, so that one can be chosen.

Healthy faces are those validation faces that settings may be chosen on, and the people held out from training, as they
are and in everyday takes. Signs are drawn on those validation faces.

Usage: python -m rofi.signs.calibrate CHECKPOINT [--each 14]
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch

from .. import data
from .cache import Subject, bystanders, draw_pair
from .detector import SignDetector, SignScorer
from .evaluate import drawn_cases, mean
from .export import load_scorer
from .eye import SIZE
from .metrics import dice, region_recall

OFFSETS = (-2.0, -1.8, -1.6, -1.2, -0.8, -0.4, 0.0, 0.2, 0.4, 0.8, 1.2)


@torch.no_grad()
def logits_of(scorer: SignScorer, images: list[np.ndarray]) -> torch.Tensor:
    """The scorer's logits [n, 2, 10, 14] of faces, each uint8 [256, 256, 3]."""
    detector = SignDetector(scorer).eval()
    pixels = (torch.from_numpy(image.astype(np.float32).transpose(2, 0, 1)[None] / 127.5 - 1) for image in images)
    return torch.cat([detector.logits(each) for each in pixels])


def main() -> None:
    """Prints a Markdown table, one row an offset."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--each", type=int, default=14, help="faces drawn with each sign")
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    scorer, rng = load_scorer(args.checkpoint), np.random.default_rng(args.seed)
    every, people = data.load("val"), bystanders(held_out=True)
    chosen = data.choosing(len(every))
    faces = data.Faces(every.images[chosen], every.landmarks[chosen])
    taken = [Subject(np.asarray(faces.images[at]), faces.landmarks[at]) for at in range(0, len(faces), 2)]
    healthy = {
        "validation faces": [np.asarray(image) for image in faces.images],
        "people": [cv2.resize(each.photo, (SIZE, SIZE), interpolation=cv2.INTER_AREA) for each in people],
        "everyday takes": [draw_pair(subject, rng)[0] for subject in [*people, *taken]],
    }
    highest = {name: logits_of(scorer, images).amax((1, 2, 3)).numpy() for name, images in healthy.items()}
    cases = list(drawn_cases(faces, args.each, args.seed))
    drawn = logits_of(scorer, [case.drawing.image for case in cases])
    print(", ".join(f"{name}: {len(values)}" for name, values in highest.items()) + f"; with a sign: {len(cases)}\n")
    columns = ["offset", *(f"{name} marked" for name in highest), "sensitivity", "region recall", "Dice"]
    print("| " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")
    for offset in OFFSETS:
        maps = SignDetector(scorer, offset).scores(drawn)[:, 0].numpy()
        pairs = [(scores, case.drawing.mask) for scores, case in zip(maps, cases, strict=True)]
        shares = [f"{(values > -offset).mean():.1%}" for values in highest.values()]
        figures = [float((maps.max((1, 2)) > 0.5).mean())]
        figures += [mean([measure(s, m, 0.5) for s, m in pairs]) for measure in (region_recall, dice)]
        print(f"| {offset} | " + " | ".join([*shares, *(f"{value:.3f}" for value in figures)]) + " |")


if __name__ == "__main__":
    main()
