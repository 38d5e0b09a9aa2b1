"""`python -m rofi.evaluate`: measures the exported networks on validation faces, or with --photos on photographs."""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import numpy as np

from rofi.data import ROOT, load, reporting
from rofi.evaluation import photo_report
from rofi.evaluation.baselines import Swap
from rofi.evaluation.bench import Bench
from rofi.evaluation.judges import NAMES, Judges
from rofi.evaluation.networks import Networks
from rofi.evaluation.photo_report import Photos
from rofi.evaluation.photos import measure_folder
from rofi.evaluation.product import ComposedPeople, Product
from rofi.evaluation.report import Results, as_json, comparison, markdown
from rofi.evaluation.report import figures as faces_figures
from rofi.landmarks import Landmarker

T = TypeVar("T")


def measure_faces(bench: Bench, count: int | None, seed: int) -> Results:
    """Runs faces of the reporting half, evenly spread, through the bench; the gallery is always the whole split."""
    embedded = [bench.judges.embed(np.asarray(image)) for image in bench.faces.images]
    gallery = {judge: np.stack([embeddings[judge] for embeddings in embedded]) for judge in NAMES}
    faces = reporting(len(bench.faces))
    chosen = faces if count is None else faces[np.linspace(0, len(faces) - 1, min(count, len(faces))).astype(int)]
    rows = []
    for index in progress(chosen):
        rows.append(bench.measure(bench.original(index), np.random.default_rng([seed, index])))
    return Results(chosen, rows, gallery)


def progress(items: Iterable[T], every: int = 10) -> Iterator[T]:
    """The items, with their number and the time on stderr."""
    started = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        if done % every == 0:
            print(f"{done} done, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)


def versions(models: Path) -> str:
    """Every network measured, with its version and the start of its SHA-256."""
    entries = json.loads((models / "manifest.json").read_text())["models"]
    named = [
        f"{entry['name']} {entry['version']} ({sha256((models / entry['file']).read_bytes()).hexdigest()[:8]})"
        for entry in entries
        if entry["file"].endswith(".onnx")
    ]
    return ", ".join(named)


def main() -> None:
    """Print the tables; with --out also write them as evaluation.md or photos.md, and as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--photos", type=Path, help="folder of photographs; a subfolder is one person's")
    parser.add_argument("--faces", type=int, help="fewer faces or photos, for a quick look")
    parser.add_argument("--keep", choices=("none", "eyes", "detected"), help="sign mask of faces; default: detected")
    parser.add_argument("--whole-eyes", action="store_true", help="photos with both eyes kept whole")
    parser.add_argument("--face-only", action="store_true", help="photos with a plain colour round the face")
    parser.add_argument("--seed", type=int, default=0, help="of the keys")
    parser.add_argument("--out", type=Path, help="folder for the report")
    options = parser.parse_args()

    networks = Networks(options.models)
    judges = Judges(networks)
    with Landmarker(faces=5, model=options.models / "face_landmarker.task") as landmarker:
        if options.photos:
            product = Product(
                networks, judges, landmarker, ComposedPeople(networks), options.whole_eyes, options.face_only
            )
            measured = measure_folder(product, judges, options.photos, options.seed, options.faces)
            photos = Photos(list(progress(measured)))
            figures = photos.figures()
            subject = f"{len(photos.rows)} photographs in a gallery of {len(photos.gallery)}"
            subject += ", both eyes kept whole" * options.whole_eyes + ", only the face shown" * options.face_only
            name, tables = "photos", photo_report.markdown(photos, figures)
            content = {"figures": photo_report.as_json(figures), "refused": dict(photos.refusals())}
        else:
            keep = options.keep or ("detected" if networks.has_sign_detector else "eyes")
            bench = Bench(networks, judges, landmarker, load("val"), keep, Swap(networks))
            results = measure_faces(bench, options.faces, options.seed)
            subject = (
                f"{len(results.faces)} of {len(bench.faces)} validation faces against all of them, sign mask: {keep}"
            )
            name, tables = "evaluation", markdown(results)
            compared = {method: as_json(row) for method, row in comparison(results).items()}
            content = {"figures": as_json(faces_figures(results)), "comparison": compared, "keep": keep}
    report = f"{date.today()}, {subject}, networks: {versions(options.models)}\n\n{tables}\n"
    print(report)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        (options.out / f"{name}.md").write_text(report)
        content = {"networks": versions(options.models), **content}
        (options.out / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
