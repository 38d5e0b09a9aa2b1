"""What the detector's features make of the cached faces, computed once: training leaves them as they are.

Usage: python -m rofi.signs.features --cache DIR [--start sign_detector.onnx]
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from ..data import ROOT
from .cache import MARGIN
from .detector import SignScorer, recover
from .eye import CELL, COLUMNS, ROWS

START = ROOT.parent / "public" / "models" / "sign_detector.onnx"
HEIGHT, WIDTH = ROWS.stop - ROWS.start, COLUMNS["right"].stop - COLUMNS["right"].start
_EXPOSURE = 0.08


def load_shards(folder: Path, seen: set[str]) -> list[dict[str, np.ndarray]]:
    """Shards of features that are not in `seen`, which grows by their names."""
    fresh = [path for path in sorted(folder.glob("features-???.npz")) if path.name not in seen]
    seen.update(path.name for path in fresh)
    return [dict(np.load(path)) for path in fresh]


def view(shard: dict[str, np.ndarray], index: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """One face's eyes, float32 [2, 2, 3, 80, 112] in [-1, 1], and the share of each region that a sign covers.

    Shifted and exposed at random, the twins alike.
    """
    top, left = rng.integers(0, 2 * MARGIN + 1, 2)
    rows, columns = slice(top, top + HEIGHT), slice(left, left + WIDTH)
    eyes = shard["crops"][index, :, :, rows, columns].transpose(0, 1, 4, 2, 3).astype(np.float32) / 127.5 - 1
    mask = shard["masks"][index, :, rows, columns].astype(np.float32) / 255
    coverage = mask.reshape(2, HEIGHT // CELL, CELL, WIDTH // CELL, CELL).mean((2, 4))
    return np.clip(eyes * np.float32(rng.normal(1, _EXPOSURE)), -1, 1), coverage


def features_of(shard: dict[str, np.ndarray], scorer: SignScorer, seed: int) -> dict[str, np.ndarray]:
    """features: float16 [n, 2, 2, 1024, 10, 14]; coverage: float16 [n, 2, 10, 14]; labels as in the shard."""
    rng = np.random.default_rng(seed)
    found, coverages = [], []
    for index in range(len(shard["labels"])):
        eyes, coverage = view(shard, index, rng)
        sick = shard["labels"][index].max(-1) > 0
        with torch.no_grad():
            seen = scorer.features(torch.from_numpy(np.concatenate([eyes[0], eyes[1][sick]]))).half().numpy()
        # A sick face's healthy eye is its twin's.
        both = np.stack([seen[:2], seen[:2]])
        both[1][sick] = seen[2:]
        found.append(both)
        coverages.append(coverage)
    return {"features": np.array(found), "coverage": np.array(coverages, np.float16), "labels": shard["labels"]}


def main() -> None:
    """Writes a shard of features beside every shard of the cache."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--start", type=Path, default=START)
    args = parser.parse_args()
    torch.set_num_threads(1)
    scorer = SignScorer()
    recover(scorer, args.start)
    for path in sorted(args.cache.glob("shard-???.npz")):
        target = args.cache / path.name.replace("shard", "features")
        if target.exists():
            continue
        partial = target.with_suffix(".partial.npz")
        np.savez(partial, **features_of(dict(np.load(path)), scorer, seed=int(path.stem[-3:])))
        partial.rename(target)
        print(f"{target.name} written", flush=True)


if __name__ == "__main__":
    main()
