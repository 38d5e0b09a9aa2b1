"""Measures whether drawn signs survive protection: the detector's verdict before and after, kind by kind.

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
from rofi.signs.metrics import dice, kappa, mcc, region_recall

VERDICT = 0.5
METHODS = ("protected", "mosaic", "blur", "swap")
Row = dict[str, float]


class Survival:
    """Protects drawn cases and compares them with what they were."""

    def __init__(self, models: Path, faces: data.Faces, landmarker: Landmarker) -> None:
        self.networks, self.faces, self.landmarker = Networks(models), faces, landmarker
        self.swap = baselines.Swap(self.networks)
        self.gallery = np.stack([self._embed(np.asarray(image)) for image in faces.images])

    def _embed(self, image: np.ndarray) -> np.ndarray:
        return self.networks.run("recogniser", image=to_tensor(image))[0][0]

    def sick(self, image: np.ndarray) -> bool:
        """The detector's verdict on a crop."""
        return bool(self.networks.signs(image).max() > VERDICT)

    def trade_off(
        self, case: Case, scores: np.ndarray, rng: np.random.Generator
    ) -> tuple[dict[float, Row], dict[float, np.ndarray]]:
        """Figures and protected crops by threshold; crops with the same mask are made once."""
        image, mask, key = case.drawing.image, case.drawing.mask, rng.bytes(KEY_BYTES)
        rows: dict[float, Row] = {}
        crops: dict[float, np.ndarray] = {}
        made: dict[bytes, np.ndarray] = {}
        for threshold in THRESHOLDS:
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
                "verdict kept": float(self.sick(crops[threshold])),
            }
        return rows, crops

    def methods(self, case: Case, protected: np.ndarray, rng: np.random.Generator) -> dict[str, Row]:
        """For each method: the verdict on its crop, and how far lids and irises moved (NaN: no face found)."""
        image = case.drawing.image
        made = (protected, baselines.mosaic(image), baselines.blur(image))
        made = (*made, self.swap(image, self.faces.landmarks[case.face], rng))
        before = self.landmarker.detect(image)
        rows = {}
        for name, crop in zip(METHODS, made, strict=True):
            after = self.landmarker.detect(crop) if before else []
            lids, irises = displacement(before[0], after[0]) if after else (np.nan, np.nan)
            rows[name] = {"sick": float(self.sick(crop)), "lids": lids, "irises": irises, "ssim": np.nan}
            rows[name]["ssim"] = ssim(image, crop, case.drawing.mask)
        return rows


def healthy_verdicts(
    survival: Survival, count: int, rng: np.random.Generator
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The detector's verdict on faces nothing was drawn on, before and after each method."""
    before, after = [], defaultdict(list)
    for face in rng.permutation(len(survival.faces))[:count]:
        image, landmarks = np.asarray(survival.faces.images[face]), survival.faces.landmarks[face]
        kept = survival.networks.kept_shares(image)
        made = (
            pipeline.protect(survival.networks, image, landmarks, rng.bytes(KEY_BYTES), rng.bytes(NONCE_BYTES), kept),
            baselines.mosaic(image),
            baselines.blur(image),
            survival.swap(image, landmarks, rng),
        )
        before.append(survival.sick(image))
        for name, crop in zip(METHODS, made, strict=True):
            after[name].append(survival.sick(crop))
    return np.array(before), {name: np.array(verdicts) for name, verdicts in after.items()}


def report(survival: Survival, each: int, seed: int) -> str:
    """All tables as Markdown."""
    rng = np.random.default_rng(seed)
    by_threshold: dict[float, list[Row]] = defaultdict(list)
    by_kind: dict[str, list[tuple[bool, dict[str, Row]]]] = defaultdict(list)
    for case in drawn_cases(survival.faces, each, seed):
        scores = survival.networks.signs(case.drawing.image)
        rows, crops = survival.trade_off(case, scores, rng)
        for threshold, row in rows.items():
            by_threshold[threshold].append(row)
        methods = survival.methods(case, crops[VERDICT], rng)
        by_kind[case.kind].append((bool(scores.max() > VERDICT), methods))
    clean, clean_after = healthy_verdicts(survival, each * len(KINDS), rng)
    return "\n\n".join([_trade_off_table(by_threshold), _kinds_table(by_kind, clean, clean_after)])


def _trade_off_table(by_threshold: dict[float, list[Row]]) -> str:
    lines = ["| threshold | " + " | ".join(map(str, THRESHOLDS)) + " |", "|---" * (len(THRESHOLDS) + 1) + "|"]
    names = {
        "protected": "protection rate before re-draw, dlib",
        "recall": "region recall of the sign map",
        "dice": "Dice of the sign map",
        "ssim": "SSIM inside the drawn mask",
        "verdict kept": "protected photo still called sick",
    }
    for figure, name in names.items():
        values = [np.mean([row[figure] for row in by_threshold[t]]) for t in THRESHOLDS]
        lines.append(f"| {name} | " + " | ".join(f"{value:.3f}" for value in values) + " |")
    return "\n".join(lines)


def _kinds_table(
    by_kind: dict[str, list[tuple[bool, dict[str, Row]]]], clean: np.ndarray, clean_after: dict[str, np.ndarray]
) -> str:
    lines = [
        "| sign | n | method | κ | MCC | SSIM in the mask | eyelids moved, % | irises moved, % |",
        "|---" * 8 + "|",
    ]
    groups = {**by_kind, "all": [case for cases in by_kind.values() for case in cases]}
    for kind, cases in groups.items():
        for method in METHODS:
            before = np.concatenate([np.array([sick for sick, _ in cases]), clean])
            after = np.concatenate([np.array([rows[method]["sick"] > 0 for _, rows in cases]), clean_after[method]])
            means = [np.nanmean([rows[method][name] for _, rows in cases]) for name in ("ssim", "lids", "irises")]
            figures = [kappa(before, after), mcc(before, after), means[0]]
            cells = " | ".join(f"{value:.3f}" for value in figures)
            lines.append(
                f"| {kind} | {len(cases)} | {method} | {cells} | {100 * means[1]:.2f} | {100 * means[2]:.2f} |"
            )
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
        print(report(Survival(arguments.models, data.load("val"), landmarker), arguments.each, arguments.seed))


if __name__ == "__main__":
    main()
