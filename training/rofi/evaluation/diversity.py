"""`python -m rofi.evaluation.diversity --photos FOLDER`: many keys on one photo, how far apart the people are.

The paper draws 100 keys and reports a mean pairwise cosine distance of 0.8845 between the faces' features.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rofi.data import ROOT
from rofi.evaluation.judges import NAMES, Judges
from rofi.evaluation.keys import KEY_BYTES
from rofi.evaluation.networks import Networks
from rofi.evaluation.people import people_in
from rofi.evaluation.product import ComposedPeople, Product
from rofi.landmarks import Landmarker
from rofi.photo.resampling import read_photo, resample


@dataclass(frozen=True)
class Diversity:
    """Standard deviation over the keys in grey levels, mean where the face is drawn; cosine distances by judge."""

    deviation: float
    distances: dict[str, float]


def mean_distance(embeddings: np.ndarray, centre: np.ndarray) -> float:
    """Mean cosine distance of all pairs of embeddings [n, d], the gallery's mean taken off: 1 is two strangers."""
    centred = embeddings - centre
    unit = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    cosines = unit @ unit.T
    return float(1 - cosines[np.triu_indices(len(unit), 1)].mean())


def measure(
    product: Product, judges: Judges, photo: np.ndarray, keys: int, centres: dict[str, np.ndarray], seed: int
) -> Diversity | None:
    """One photo under random keys, each key's first person; None without a face. centres: mean embedding by judge."""
    face, rng = product.face(photo), np.random.default_rng(seed)
    if face is None:
        return None
    shares = product.networks.kept_shares(face.crop)
    crops, embeddings, opacity = [], [], np.ones(face.crop.shape[:2])
    for _ in range(keys):
        key, number = next(iter(product.drawing.people(face, rng.bytes(KEY_BYTES))))
        drawn = product.drawing.draw(face, key, number)
        crop = resample(product.drawing.write(face, drawn, key, shares), face.transform)
        crops.append(crop.astype(np.float16))
        embeddings.append(judges.embed(crop))
        opacity = np.minimum(opacity, drawn.opacity)
    deviation = np.stack(crops).astype(np.float32).std(0).mean(-1)[opacity > 0.5].mean()
    return Diversity(
        float(deviation),
        {judge: mean_distance(np.stack([one[judge] for one in embeddings]), centres[judge]) for judge in NAMES},
    )


def main() -> None:
    """Print a row a photo, and below them what two strangers' originals have."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--photos", type=Path, required=True, help="folder of photographs")
    parser.add_argument("--subjects", type=int, default=3, help="photos measured, spread evenly; all are the gallery")
    parser.add_argument("--keys", type=int, default=100)
    options = parser.parse_args()
    networks = Networks(options.models)
    judges = Judges(networks)
    photos = [read_photo(files[0]) for files in people_in(options.photos).values()]
    with Landmarker(faces=5, model=options.models / "face_landmarker.task") as landmarker:
        product = Product(networks, judges, landmarker, ComposedPeople(networks))
        faces = [face for face in map(product.face, photos) if face is not None]
        embedded = [judges.embed(face.crop) for face in faces]
        gallery = {judge: np.stack([one[judge] for one in embedded]) for judge in NAMES}
        centres = {judge: embeddings.mean(0) for judge, embeddings in gallery.items()}
        print(f"| photo | deviation, grey levels | {' | '.join(NAMES)} |\n|---|---|{'---|' * len(NAMES)}")
        for place in np.linspace(0, len(photos) - 1, options.subjects).astype(int):
            made = measure(product, judges, photos[place], options.keys, centres, int(place))
            if made is not None:
                apart = " | ".join(f"{made.distances[judge]:.3f}" for judge in NAMES)
                print(f"| {place} | {made.deviation:.1f} | {apart} |", flush=True)
        originals = " | ".join(f"{mean_distance(gallery[judge], centres[judge]):.3f}" for judge in NAMES)
        print(f"| strangers' originals | | {originals} |")


if __name__ == "__main__":
    main()
