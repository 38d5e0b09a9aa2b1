"""Measures the exported sign detector: on drawn signs, and by its false marks on photographs.

    python -m rofi.signs.evaluate [--model sign_detector.onnx] [--each 96] [--seed 1]
    python -m rofi.signs.evaluate --photos FOLDER

Signs are drawn on the reporting half of the validation faces. Photographs are of healthy people: every mark counts as
false, and the worst are listed to be looked at.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

from .. import data
from ..evaluation.metrics import rate_confidence
from ..landmarks import Landmarker
from .draw import KINDS, Drawing, choose_sides, draw_signs
from .metrics import auroc, dice, pixel_recall, region_recall
from .photographs import false_marks, photographs

MODEL = data.ROOT.parent / "public" / "models" / "sign_detector.onnx"
THRESHOLDS = (0.1, 0.3, 0.5, 0.7, 0.9)
MEASURES = (("region recall", region_recall), ("pixel recall", pixel_recall), ("Dice", dice))


class Detector:
    """The exported network in onnxruntime."""

    def __init__(self, model: Path | bytes) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        source = model if isinstance(model, bytes) else str(model)
        self._session = onnxruntime.InferenceSession(source, options, providers=["CPUExecutionProvider"])

    def __call__(self, image: np.ndarray) -> np.ndarray:
        """Sign map [32, 32] in 0..1 of an aligned face, uint8 [256, 256, 3]."""
        pixels = image.astype(np.float32).transpose(2, 0, 1)[None] / 127.5 - 1
        return self._session.run(["scores"], {"image": pixels})[0][0, 0]


@dataclass(frozen=True)
class Case:
    """A drawn validation face: which face, which kind of sign."""

    face: int
    kind: str
    drawing: Drawing


def drawn_cases(faces: data.Faces, each: int, seed: int) -> Iterator[Case]:
    """For every kind `each` faces with that sign alone; faces that cannot show it are passed over."""
    for number, kind in enumerate(KINDS):
        rng = np.random.default_rng((seed, number))
        found = 0
        for face in rng.permutation(len(faces)):
            wanted = [(kind, side) for side in choose_sides(kind, rng)]
            drawing = draw_signs(faces.images[face], faces.landmarks[face], wanted, rng)
            if drawing.signs:
                yield Case(int(face), kind, drawing)
                found += 1
            if found == each:
                break


def mean(values: list[float]) -> float:
    """Mean, NaN for none."""
    return float(np.mean(values)) if values else float("nan")


def report(detector: Detector, faces: data.Faces, each: int, seed: int) -> str:
    """All figures as Markdown tables."""
    healthy = np.array([detector(image).max() for image in faces.images])
    cases = list(drawn_cases(faces, each, seed))
    maps = [detector(case.drawing.image) for case in cases]
    lines = [
        f"{len(faces)} clean validation faces, {len(cases)} with a drawn sign (seed {seed}).",
        "",
        "| sign | n | AUROC | sensitivity at 0.5 | region recall | pixel recall | Dice |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind in (*KINDS, "all"):
        chosen = [
            (scores, case.drawing.mask) for scores, case in zip(maps, cases, strict=True) if kind in (case.kind, "all")
        ]
        peaks = np.array([scores.max() for scores, _ in chosen])
        figures = [auroc(peaks, healthy), float((peaks > 0.5).mean())]
        figures += [mean([measure(s, m, 0.5) for s, m in chosen]) for _, measure in MEASURES]
        lines.append(f"| {kind} | {len(chosen)} | " + " | ".join(f"{value:.3f}" for value in figures) + " |")
    lines += ["", "| threshold | " + " | ".join(map(str, THRESHOLDS)) + " |", "|---" * 6 + "|"]
    pairs = [(scores, case.drawing.mask) for scores, case in zip(maps, cases, strict=True)]
    for name, measure in MEASURES:
        values = [mean([measure(s, m, t) for s, m in pairs]) for t in THRESHOLDS]
        lines.append(f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |")
    cells = [np.mean([(s > t).sum() for s, _ in pairs]) for t in THRESHOLDS]
    lines.append("| cells selected | " + " | ".join(f"{value:.1f}" for value in cells) + " |")
    false = [rate_confidence(healthy > t) for t in THRESHOLDS]
    cells = [f"{rate:.1%} ({low:.1%} to {high:.1%})" for rate, low, high in false]
    lines.append("| clean faces with a mark | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Prints the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, help="photographs of healthy people to count false marks on")
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--each", type=int, default=96)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    detector = Detector(args.model)
    if args.photos is None:
        faces = data.load("val")
        odd = data.reporting(len(faces))
        print(report(detector, data.Faces(faces.images[odd], faces.landmarks[odd]), args.each, args.seed))
        return
    with Landmarker(faces=5) as landmarker:
        print(false_marks(detector, list(photographs(landmarker, args.photos)), THRESHOLDS))


if __name__ == "__main__":
    main()
