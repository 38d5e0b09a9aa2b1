"""`python -m rofi.attacks`: what an attacker without the key gets out of protected photos.

Random keys, keys one bit off, a search over a part of the key's vector when the rest is known, and (with a checkpoint)
a restorer made to believe every key, key vectors optimised by gradient, for one photo and for all, and noise on the
photo that should make its restoration somebody else, whom the attacker chose. Attackers have the networks and the
protected pixels; dlib judges.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from rofi.data import ROOT, Faces, load
from rofi.evaluation.gradient_attack import GradientAttack
from rofi.evaluation.keys import KEY_BYTES, key_vector
from rofi.evaluation.metrics import Interval, rank1
from rofi.evaluation.networks import Networks, to_pixels, to_tensor
from rofi.evaluation.noise_attack import NORMS, Network, defended, spoof
from rofi.evaluation.open_gate import OpenGate
from rofi.evaluation.pipeline import Restored, restore_vector
from rofi.evaluation.rates import by_person
from rofi.evaluation.redraw import draw_until_hidden
from rofi.evaluation.report import as_json, percent, show
from rofi.landmarks import Landmarker
from rofi.recognisers.dlib_resnet import PUBLISHED_THRESHOLD, THRESHOLD

UNKNOWN = 96
MANY_PHOTOS = 64
STARTS_FOR_ALL = 6
FALSE_ACCEPTS = 1e-3


@dataclass(frozen=True)
class Target:
    """A protected photo under attack: its pixels, its landmarks, and what only the judge knows."""

    index: int
    key: bytes
    protected: np.ndarray
    landmarks: np.ndarray


def make_targets(
    networks: Networks, faces: Faces, landmarker: Landmarker, gallery: np.ndarray, count: int, rng: np.random.Generator
) -> list[Target]:
    """Validation faces, evenly spread, protected as the page does it; those it would not call protected are left out.

    gallery: the originals' embeddings [n, 128].
    """
    targets = []
    for index in np.linspace(0, len(faces) - 1, count).astype(int):
        image, own = np.ascontiguousarray(faces.images[index]), gallery[index]
        mask = networks.sign_mask(image)
        draws = draw_until_hidden(
            networks,
            image,
            faces.landmarks[index],
            mask,
            lambda crop, own=own: distance(networks, crop, own) / THRESHOLD - 1,
            rng,
        )
        found = landmarker.detect(draws[-1].protected)
        if draws[-1].hidden and found:
            targets.append(Target(int(index), draws[-1].key, draws[-1].protected, found[0]))
    return targets


def embed(networks: Networks, image: np.ndarray) -> np.ndarray:
    """dlib's embedding [128] of a crop."""
    return networks.run("recogniser", image=to_tensor(image))[0][0]


def distance(networks: Networks, image: np.ndarray, own: np.ndarray) -> float:
    """dlib's distance between a crop and an embedding."""
    return float(np.linalg.norm(embed(networks, image) - own))


def one_bit_off(key: bytes, rng: np.random.Generator) -> bytes:
    """The key with one random bit flipped."""
    bit = int(rng.integers(8 * len(key)))
    return (int.from_bytes(key) ^ (1 << bit)).to_bytes(len(key))


def roughness(image: np.ndarray) -> float:
    """Total variation of an image; a wrongly unscrambled one is rougher than a face."""
    pixels = image.astype(np.float64)
    return float(np.abs(np.diff(pixels, axis=0)).mean() + np.abs(np.diff(pixels, axis=1)).mean())


def part_search(networks: Networks, target: Target, rng: np.random.Generator) -> tuple[Restored, Restored]:
    """What is restored with 96 numbers at random, and after every sign flip that makes the result smoother.

    The rest of the vector is given: what it draws shows in the protected photo and may be guessed.
    """
    vector = key_vector(target.key)
    vector[-UNKNOWN:] = rng.standard_normal(UNKNOWN)

    def attempt(candidate: np.ndarray) -> Restored:
        return restore_vector(networks, target.protected, target.landmarks, candidate)

    start = best = attempt(vector)
    for place in range(len(vector) - UNKNOWN, len(vector)):
        flipped = vector.copy()
        flipped[place] *= -1
        restored = attempt(flipped)
        if roughness(restored.pixels) < roughness(best.pixels):
            vector, best = flipped, restored
    return start, best


def by_key(
    networks: Networks, target: Target, random_keys: int, rng: np.random.Generator
) -> Iterator[tuple[str, Restored]]:
    """Named restorations of one target with the right key, as a control, and with wrong ones."""
    keys = [("the right key (control)", target.key), ("one bit off", one_bit_off(target.key, rng))]
    keys += [("random keys", rng.bytes(KEY_BYTES)) for _ in range(random_keys)]
    for name, key in keys:
        yield name, restore_vector(networks, target.protected, target.landmarks, key_vector(key))


def by_noise(restore: Network, recogniser: Network, target: Target, wanted: Tensor) -> Iterator[tuple[str, np.ndarray]]:
    """Named restorations, with the right key, of a target with noise that should make it a chosen stranger.

    wanted: the stranger's crop [1, 3, 256, 256].
    """
    protected, generator = torch.from_numpy(to_tensor(target.protected)), torch.Generator().manual_seed(target.index)
    embedding = recogniser(wanted)
    for norm in NORMS:
        noisy = spoof(restore, recogniser, protected, embedding, norm)
        for name, restoration in (("", restore), (", random noise first", defended(restore, norm, generator))):
            with torch.no_grad():
                yield f"noise of {norm} towards a stranger{name}", to_pixels(restoration(noisy).clamp(-1, 1).numpy())


@dataclass(frozen=True)
class Judged:
    """One attempt on a photo: whether the original is the nearest in dlib's gallery, and how far it is; whether the
    restorer saw that the key fits, None where it was not asked.
    """

    photo: int
    nearest: bool
    distance: float
    key_fits: bool | None = None


def between(gallery: np.ndarray) -> np.ndarray:
    """Distances [n, n] of the originals [n, 128], each infinitely far from itself."""
    distances = np.linalg.norm(gallery[:, None] - gallery[None], axis=2)
    np.fill_diagonal(distances, np.inf)
    return distances


def strangers(distances: np.ndarray, index: int) -> list[Judged]:
    """How every other person's original is judged against this one, its own place in the gallery left out."""
    nearest = distances.argmin(1) == index
    return [Judged(index, bool(nearest[i]), distances[i, index]) for i in range(len(distances)) if i != index]


def summary(judged: dict[str, list[Judged]], strict: float) -> dict[str, dict[str, Interval]]:
    """Share of attempts in which the key fits, so that the page shows a face at all; and whether it is shown or not,
    identified (Rank-1), and verified at dlib's and at the strict threshold; in percent with 95 % intervals, for which
    all attempts on one photo are one case.
    """

    def share(attempts: list[Judged], hits: list[bool]) -> Interval:
        values = np.array(hits, float)
        photos = np.array([one.photo for one in attempts])
        return percent(by_person(photos, lambda chosen: values[chosen].mean()))

    return {
        name: {
            "key fits, %": share(
                asked := [one for one in attempts if one.key_fits is not None], [one.key_fits for one in asked]
            ),
            "identified, %": share(attempts, [one.nearest for one in attempts]),
            f"below {PUBLISHED_THRESHOLD}, %": share(
                attempts, [one.distance < PUBLISHED_THRESHOLD for one in attempts]
            ),
            f"below {strict:.3f}, %": share(attempts, [one.distance < strict for one in attempts]),
        }
        for name, attempts in judged.items()
    }


def main() -> None:
    """Run the attacks and print how often the original is recognised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--photos", type=int, default=8, help="for the attacks that take minutes each")
    parser.add_argument("--keys", type=int, default=1000, help=f"random keys in all, over {MANY_PHOTOS} photos")
    parser.add_argument("--checkpoint", type=Path, help="translator.pt; adds the attack by gradient")
    parser.add_argument("--steps", type=int, default=64, help="of the attack by gradient")
    parser.add_argument("--out", type=Path, help="JSON file for the figures")
    options = parser.parse_args()

    rng = np.random.default_rng(0)
    networks, faces = Networks(options.models), load("val")

    gallery = np.stack([embed(networks, np.asarray(image)) for image in faces.images])
    distances = between(gallery)
    # As face recognition is compared: where one pair of strangers in a thousand passes.
    strict = float(np.quantile(distances[np.isfinite(distances)], FALSE_ACCEPTS))
    judged: dict[str, list[Judged]] = {}

    def judge(name: str, index: int, pixels: np.ndarray, key_fits: bool | None = None) -> None:
        embedding = embed(networks, pixels)
        nearest = bool(rank1(embedding[None], np.array([index]), gallery)[0])
        away = float(np.linalg.norm(embedding - gallery[index]))
        judged.setdefault(name, []).append(Judged(index, nearest, away, key_fits))

    def judge_restored(name: str, index: int, restored: Restored) -> None:
        judge(name, index, restored.pixels, restored.key_fits)

    gradient = GradientAttack(networks, options.checkpoint, options.steps) if options.checkpoint else None
    with Landmarker(model=options.models / "face_landmarker.task") as landmarker:
        targets = make_targets(networks, faces, landmarker, gallery, options.photos, rng)
        many = make_targets(networks, faces, landmarker, gallery, MANY_PHOTOS, rng)
    for target in many:
        judged.setdefault("strangers' own photos (control)", []).extend(strangers(distances, target.index))
        for name, restored in by_key(networks, target, max(1, round(options.keys / len(many))), rng):
            judge_restored(name, target.index, restored)
    for target in targets:
        start, best = part_search(networks, target, rng)
        judge_restored("the right vector but for 96 random numbers", target.index, start)
        judge_restored("search by smoothness from there", target.index, best)
        if gradient:
            stranger = (target.index + len(faces) // 2) % len(faces)
            for name, wanted in (("the person", target.index), ("a stranger (control)", stranger)):
                photo = np.asarray(faces.images[wanted])
                vector = gradient.run(target.protected, target.landmarks, photo, rng)
                restored = restore_vector(networks, target.protected, target.landmarks, vector)
                judge_restored(f"gradient towards {name}", wanted, restored)
            wanted = to_tensor(np.asarray(faces.images[stranger]))
            restore = gradient.restoration(target.protected, target.landmarks, key_vector(target.key))
            for name, crop in by_noise(restore, gradient.recogniser, target, torch.from_numpy(wanted)):
                judge(name, stranger, crop)
    if gradient:
        photos = [(t.protected, t.landmarks, np.asarray(faces.images[t.index])) for t in many]
        for start in range(STARTS_FOR_ALL):
            vector = gradient.universal(photos, rng)
            for t in many:
                restored = restore_vector(networks, t.protected, t.landmarks, vector)
                judge_restored(f"one key by gradient for all, start {start + 1}", t.index, restored)
        gate = OpenGate(networks, options.checkpoint)
        for t in many:
            vector = key_vector(rng.bytes(KEY_BYTES))
            judge("random key, gate forced open", t.index, gate.run(t.protected, t.landmarks, vector))
            judge("the protected photos themselves", t.index, t.protected)

    figures = summary(judged, strict)
    columns = list(next(iter(figures.values())))
    print(f"| attack | attempts | {' | '.join(columns)} |\n{'|---' * (2 + len(columns))}|")
    for name, row in figures.items():
        print(f"| {name} | {len(judged[name])} | {' | '.join(show(row[column]) for column in columns)} |")
    if options.out:
        rows = {name: {"attempts": len(judged[name]), **as_json(row)} for name, row in figures.items()}
        options.out.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
