"""`python -m rofi.attack_noise --photos FOLDER`: noise that should make a restoration show a chosen stranger.

The paper's adversarial attack, with and without its defence of random noise. The attacker knows all networks and, more
than anybody without the key can, the very picture that the seal holds. The noise is worked out on the crop, laid over
the photo, and the photo restored from its pixels as any other. The sealed original is another matter: its bytes come
back or are refused.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from rofi.data import ROOT
from rofi.evaluate_restoration import SAME_PERSON
from rofi.evaluation.keys import KEY_BYTES
from rofi.evaluation.metrics import rate_confidence
from rofi.evaluation.networks import Networks, to_tensor
from rofi.evaluation.noise_attack import NORMS, spoof
from rofi.evaluation.pipeline import blend
from rofi.evaluation.product import ComposedPeople, Face
from rofi.evaluation.sealing import finish, read_code, seal_photo
from rofi.kept import kept
from rofi.landmarks import Landmarker
from rofi.photo.finding import find
from rofi.photo.region import Region
from rofi.photo.resampling import read_photo, to_pixels
from rofi.photo.similarity import align
from rofi.recognisers.dlib_resnet import DlibResnet
from rofi.sealed.face import unseal_code
from rofi.sealed.seal import NONCE_BYTES
from rofi.train_restorer import load_restorer

Embeddings = dict[str, np.ndarray]


@dataclass(frozen=True)
class Outcome:
    """One attacked photo.

    stranger: whether a judge takes what came back for the stranger rather than the patient. patient: whether all take
    it for the patient.
    """

    norm: float
    defended: bool
    came_back: bool = False
    stranger: bool = False
    patient: bool = False


class Attack:
    """Protects photographs, attacks them and restores them."""

    def __init__(self, networks: Networks, landmarker: Landmarker, restorer: Path) -> None:
        self.networks, self.landmarker, self.drawing = networks, landmarker, ComposedPeople(networks)
        self.restorer = load_restorer(restorer).requires_grad_(False).eval()
        self.recogniser = DlibResnet().requires_grad_(False).eval()

    def face(self, file: Path) -> Face | None:
        """The photograph's largest face."""
        photo = read_photo(file)
        found = find(self.landmarker, photo)
        return None if found is None else Face.at(photo, found, align(found))

    def on(self, face: Face, stranger: Face, rng: np.random.Generator) -> Iterator[Outcome]:
        """One photograph at every norm, without and with the defence; nothing where it does not come back unharmed."""
        key = rng.bytes(KEY_BYTES)
        sealed = self._protected(face, key, rng)
        seen = read_code(sealed, face.transform)
        unsealed = unseal_code(seen.reading, key)
        if unsealed is None:
            return
        held = torch.from_numpy(to_tensor(unsealed.image))
        size = torch.tensor([[np.log2(unsealed.size / 512)]], dtype=torch.float32)
        shown = torch.from_numpy(to_tensor(seen.crop))
        wanted = self.recogniser(torch.from_numpy(to_tensor(stranger.crop)))
        known = [self._embeddings(image) for image in (face.crop, stranger.crop)]
        for norm in NORMS:
            noisy = spoof(lambda image: self.restorer(held, image, size), self.recogniser, shown, wanted, norm)
            region = Region(sealed, seen.transform)
            region.add((127.5 * (noisy - shown))[0].numpy().transpose(1, 2, 0), seen.transform)
            attacked = region.written()
            for defended in (False, True):
                reach = 255 * norm * defended
                noise = rng.uniform(-reach, reach, attacked.shape)
                yield self._restored(to_pixels(attacked + noise), face, key, known, Outcome(norm, defended))

    def _protected(self, face: Face, key: bytes, rng: np.random.Generator) -> np.ndarray:
        shares = self.networks.kept_shares(face.crop)
        drawn = self.drawing.draw(face, key, 0)
        protected = self.drawing.write(face, drawn, key, shares)
        opacity = drawn.opacity * (1 - kept(shares))
        sealed = seal_photo(protected, to_pixels(face.crop), face.transform, opacity, key, rng.bytes(NONCE_BYTES), rng)
        return protected if sealed is None else sealed.photo

    def _restored(
        self, received: np.ndarray, face: Face, key: bytes, known: list[Embeddings], outcome: Outcome
    ) -> Outcome:
        seen = read_code(received, face.transform)
        unsealed = unseal_code(seen.reading, key)
        if unsealed is None:
            return outcome
        back = self._embeddings(blend(to_pixels(seen.crop), finish(self.networks, unsealed, seen.crop)))
        away = [{judge: np.linalg.norm(back[judge] - one[judge]) for judge in SAME_PERSON} for one in known]
        patient = all(away[0][judge] < limit for judge, limit in SAME_PERSON.items())
        # Who looks like the patient anyway is not who was wanted.
        stranger = any(away[1][judge] < min(limit, away[0][judge]) for judge, limit in SAME_PERSON.items())
        return Outcome(outcome.norm, outcome.defended, True, stranger, patient)

    def _embeddings(self, image: np.ndarray) -> Embeddings:
        return {judge: self.networks.run(judge, image=to_tensor(image))[0][0] for judge in SAME_PERSON}


def table(outcomes: list[Outcome]) -> str:
    """A line for each norm, without and with the defence, as Markdown; shares of all photos."""
    lines = ["| norm | defended | photos | came back | shows the stranger | shows the patient |", "|---" * 6 + "|"]
    for norm in NORMS:
        for defended in (False, True):
            rows = [row for row in outcomes if (row.norm, row.defended) == (norm, defended)]
            shares = (rate_confidence(np.array(hits)) for hits in zip(*map(_hits, rows), strict=True))
            cells = (f"{100 * value:.0f} % ({100 * low:.0f} to {100 * high:.0f})" for value, low, high in shares)
            lines.append(f"| {norm} | {'yes' if defended else 'no'} | {len(rows)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _hits(outcome: Outcome) -> tuple[bool, bool, bool]:
    return outcome.came_back, outcome.stranger, outcome.patient


def main() -> None:
    """Attack photographs spread evenly over a folder, each to show the next one's face, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--most", type=int, default=12)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--restorer", type=Path, default=ROOT / "runs" / "restorer.pt")
    options = parser.parse_args()
    files = sorted(options.photos.glob("*.jpg"))
    chosen = [files[place] for place in np.linspace(0, len(files) - 1, options.most).astype(int)]
    networks, outcomes = Networks(options.models), []
    with Landmarker(faces=5, model=options.models / "face_landmarker.task") as landmarker:
        attack = Attack(networks, landmarker, options.restorer)
        faces = [face for face in map(attack.face, chosen) if face is not None]
        for place, face in enumerate(faces):
            outcomes += attack.on(face, faces[(place + 1) % len(faces)], np.random.default_rng([0, place]))
            print(f"{place + 1} of {len(faces)}", flush=True)
    print(table(outcomes))


if __name__ == "__main__":
    main()
