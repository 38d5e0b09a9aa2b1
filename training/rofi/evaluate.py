"""`python -m rofi.evaluate --models ../public/models`: measures the exported networks."""

import argparse
import json
import sys
import time
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np

from rofi.data import ROOT, load
from rofi.evaluation.baselines import Swap
from rofi.evaluation.bench import Bench
from rofi.evaluation.judges import NAMES, Judges
from rofi.evaluation.networks import Networks
from rofi.evaluation.report import Results, as_json, comparison, figures, markdown
from rofi.landmarks import Landmarker


def measure(bench: Bench, count: int, seed: int) -> Results:
    """Runs `count` faces, evenly spread, through the bench; the gallery is always the whole split."""
    started = time.monotonic()
    originals = [bench.judges.embed(np.asarray(image)) for image in bench.faces.images]
    gallery = {judge: np.stack([embeddings[judge] for embeddings in originals]) for judge in NAMES}
    chosen = np.linspace(0, len(bench.faces) - 1, count).astype(int)
    rows = []
    for done, index in enumerate(chosen, 1):
        rows.append(bench.measure(bench.original(index), np.random.default_rng([seed, index])))
        if done % 16 == 0 or done == count:
            print(f"{done}/{count} faces, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    return Results(chosen, rows, gallery)


def versions(models: Path) -> dict[str, str]:
    """The start of the SHA-256 of every network measured."""
    return {file.stem: sha256(file.read_bytes()).hexdigest()[:16] for file in sorted(models.glob("*.onnx"))}


def main() -> None:
    """Print the tables; with --out also write them as evaluation.md and evaluation.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--faces", type=int, default=512, help="fewer for a quick look")
    parser.add_argument("--keep", choices=("none", "eyes", "detected"), help="sign mask; default: detected")
    parser.add_argument("--seed", type=int, default=0, help="of the keys")
    parser.add_argument("--out", type=Path, help="folder for the report")
    options = parser.parse_args()

    networks, faces = Networks(options.models), load("val")
    keep = options.keep or ("detected" if networks.has_sign_detector else "eyes")
    with Landmarker(model=options.models / "face_landmarker.task") as landmarker:
        bench = Bench(networks, Judges(networks), landmarker, faces, keep, Swap(networks))
        results = measure(bench, min(options.faces, len(faces)), options.seed)
    report = (
        f"{date.today()}, {len(results.faces)} of {len(faces)} validation faces against all of them, "
        f"sign mask: {keep}, networks: {versions(options.models)}\n\n{markdown(results)}\n"
    )
    print(report)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / "evaluation.md").write_text(report)
        content = {
            "networks": versions(options.models),
            "keep": keep,
            "figures": as_json(figures(results)),
            "comparison": {method: as_json(row) for method, row in comparison(results).items()},
        }
        (options.out / "evaluation.json").write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
