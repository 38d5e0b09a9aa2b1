"""Measures whether drawn signs survive protection, kind by kind: the verdicts of the detector and of an independent
judge before and after, and how well the detector's map still covers the sign.

    python -m rofi.signs.preserve [--models ../public/models] [--each 8]

Beside it the trade-off of the paper's Table 1: what each threshold keeps, and what it costs in protection.
"""

import argparse
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np

from rofi import data
from rofi.evaluation import baselines, pipeline
from rofi.evaluation.keypoints import displacement
from rofi.evaluation.keys import KEY_BYTES
from rofi.evaluation.metrics import rank1, ssim
from rofi.evaluation.networks import Networks, to_tensor
from rofi.kept import kept_shares
from rofi.landmarks import Landmarker
from rofi.sealed.seal import NONCE_BYTES
from rofi.signs.draw import KINDS
from rofi.signs.evaluate import THRESHOLDS, Case, drawn_cases
from rofi.signs.judge import Judge
from rofi.signs.metrics import auroc, dice, kappa, mcc, region_recall

VERDICT = 0.5
# Above 1 no score is: there nothing is kept.
TRADED = (*THRESHOLDS, 1.0)
METHODS = ("original", "protected", "mosaic", "blur", "swap")
Row = dict[str, float]


class Survival:
    """Protects drawn cases and compares them with what they were."""

    def __init__(self, models: Path, faces: data.Faces, landmarker: Landmarker) -> None:
        self.networks, self.faces, self.landmarker = Networks(models), faces, landmarker
        self.swap, self.judge = baselines.Swap(self.networks), Judge()
        self.gallery = np.stack([self._embed(np.asarray(image)) for image in faces.images])

    def _embed(self, image: np.ndarray) -> np.ndarray:
        return self.networks.run("recogniser", image=to_tensor(image))[0][0]

    def opinions(self, image: np.ndarray) -> Row:
        """What both make of a crop, above 0 when they call it sick."""
        return {"detector": float(self.networks.signs(image).max() - VERDICT), "judge": self.judge(image)}

    def trade_off(
        self, case: Case, scores: np.ndarray, rng: np.random.Generator
    ) -> tuple[dict[float, Row], dict[float, np.ndarray]]:
        """Figures and protected crops by threshold; crops with the same mask are made once."""
        image, mask, key = case.drawing.image, case.drawing.mask, rng.bytes(KEY_BYTES)
        rows: dict[float, Row] = {}
        crops: dict[float, np.ndarray] = {}
        made: dict[bytes, np.ndarray] = {}
        for threshold in TRADED:
            kept = kept_shares(scores, threshold)
            if kept.tobytes() not in made:
                landmarks = self.faces.landmarks[case.face]
                made[kept.tobytes()] = pipeline.protect(
                    self.networks, image, landmarks, key, rng.bytes(NONCE_BYTES), kept
                )
            crops[threshold] = made[kept.tobytes()]
            embedding = self._embed(crops[threshold])[None]
            rows[threshold] = {
                "protected": float(not rank1(embedding, np.array([case.face]), self.gallery)[0]),
                "recall": region_recall(scores, mask, threshold),
                "dice": dice(scores, mask, threshold),
                "ssim": ssim(image, crops[threshold], mask),
                "verdict kept": float(self.opinions(crops[threshold])["detector"] > 0),
            }
        return rows, crops

    def made(self, image: np.ndarray, face: int, protected: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
        """The crop by each of METHODS."""
        swapped = self.swap(image, self.faces.landmarks[face], rng)
        return [image, protected, baselines.mosaic(image), baselines.blur(image), swapped]

    def methods(self, case: Case, protected: np.ndarray, rng: np.random.Generator) -> dict[str, Row]:
        """For each method: opinions on its crop, and how far lids and irises moved (NaN: no face found)."""
        image, mask = case.drawing.image, case.drawing.mask
        before = self.landmarker.detect(image)
        rows = {}
        for name, crop in zip(METHODS, self.made(image, case.face, protected, rng), strict=True):
            after = self.landmarker.detect(crop) if before else []
            lids, irises = displacement(before[0], after[0]) if after else (np.nan, np.nan)
            rows[name] = self.opinions(crop) | {"lids": lids, "irises": irises}
            rows[name] |= {"ssim": ssim(image, crop, mask), "dice": dice(self.networks.signs(crop), mask, VERDICT)}
        return rows


def healthy_opinions(survival: Survival, count: int, rng: np.random.Generator) -> list[dict[str, Row]]:
    """Opinions on faces nothing was drawn on, by each method."""
    rows = []
    for face in rng.permutation(len(survival.faces))[:count]:
        image, landmarks = np.asarray(survival.faces.images[face]), survival.faces.landmarks[face]
        key, nonce, kept = rng.bytes(KEY_BYTES), rng.bytes(NONCE_BYTES), survival.networks.kept_shares(image)
        protected = pipeline.protect(survival.networks, image, landmarks, key, nonce, kept)
        crops = survival.made(image, int(face), protected, rng)
        rows.append({name: survival.opinions(crop) for name, crop in zip(METHODS, crops, strict=True)})
    return rows


def report(survival: Survival, each: int, seed: int) -> str:
    """All tables as Markdown."""
    rng = np.random.default_rng(seed)
    by_threshold: dict[float, list[Row]] = defaultdict(list)
    by_kind: dict[str, list[dict[str, Row]]] = defaultdict(list)
    for case in drawn_cases(survival.faces, each, seed):
        scores = survival.networks.signs(case.drawing.image)
        rows, crops = survival.trade_off(case, scores, rng)
        for threshold, row in rows.items():
            by_threshold[threshold].append(row)
        by_kind[case.kind].append(survival.methods(case, crops[VERDICT], rng))
    clean = healthy_opinions(survival, each * len(KINDS), rng)
    return "\n\n".join([_trade_off_table(by_threshold), _kinds_table(by_kind, clean)])


def _trade_off_table(by_threshold: dict[float, list[Row]]) -> str:
    lines = ["| threshold | " + " | ".join(map(str, TRADED)) + " |", "|---" * (len(TRADED) + 1) + "|"]
    names = {
        "protected": "protection rate before re-draw, dlib",
        "recall": "region recall of the sign map",
        "dice": "Dice of the sign map",
        "ssim": "SSIM inside the drawn mask",
        "verdict kept": "protected photo still called sick",
    }
    for figure, name in names.items():
        values = [np.mean([row[figure] for row in by_threshold[t]]) for t in TRADED]
        lines.append(f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |")
    return "\n".join(lines)


def agreement(sick: list[dict[str, Row]], clean: list[dict[str, Row]], method: str, who: str) -> list[float]:
    """κ and MCC of verdicts before and after, then accuracy and AUROC after."""
    before, after = (np.array([rows[name][who] for rows in [*sick, *clean]]) for name in ("original", method))
    truth = np.arange(len(after)) < len(sick)
    right = float(((after > 0) == truth).mean())
    return [kappa(before > 0, after > 0), mcc(before > 0, after > 0), right, auroc(after[truth], after[~truth])]


def _kinds_table(by_kind: dict[str, list[dict[str, Row]]], clean: list[dict[str, Row]]) -> str:
    names = ["sign", "n", "method"]
    names += [f"{who} {figure}" for who in ("detector", "judge") for figure in ("κ", "MCC", "accuracy", "AUROC")]
    names += ["Dice", "SSIM in the mask", "eyelids moved, %", "irises moved, %"]
    lines = ["| " + " | ".join(names) + " |", "|---" * len(names) + "|"]
    groups = {**by_kind, "all": [case for those in by_kind.values() for case in those]}
    for kind, cases in groups.items():
        for method in METHODS:
            figures = [f for who in ("detector", "judge") for f in agreement(cases, clean, method, who)]
            means = {name: np.nanmean([rows[method][name] for rows in cases]) for name in ("dice", "ssim")}
            moved = [100 * np.nanmean([rows[method][name] for rows in cases]) for name in ("lids", "irises")]
            cells = [f"{value:.3f}" for value in [*figures, *means.values()]] + [f"{value:.2f}" for value in moved]
            lines.append(f"| {kind} | {len(cases)} | {method} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=data.ROOT.parent / "public" / "models")
    parser.add_argument("--each", type=int, default=8, help="faces for every kind of sign")
    parser.add_argument("--seed", type=int, default=3)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    with Landmarker(model=arguments.models / "face_landmarker.task") as landmarker:
        every = data.load("val")
        odd = data.reporting(len(every))
        faces = data.Faces(every.images[odd], every.landmarks[odd])
        print(report(Survival(arguments.models, faces, landmarker), arguments.each, arguments.seed))


if __name__ == "__main__":
    main()
