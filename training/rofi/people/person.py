"""The person that a key makes for a patient, as the product makes it."""

from dataclasses import dataclass

import numpy as np

from rofi.constants import CONSTANTS
from rofi.geometry import FaceMesh
from rofi.people.atlas import Atlas
from rofi.people.compose import (
    SIDE,
    Looks,
    choose,
    choose_detail,
    head_width,
    mix_shapes,
    mix_textures,
    opening,
    skin_tone,
    sought_age,
)
from rofi.people.draw import straight
from rofi.people.folding import folded

# So many of a key's persons may be tried on a face; so many of them, the most natural, are tried first.
CONSIDERED: int = CONSTANTS["people"]["considered"]
NATURAL: int = CONSTANTS["people"]["natural"]
# How odd a face is that folds over itself all over.
FOLDING: float = CONSTANTS["people"]["folding"]


@dataclass(frozen=True)
class Composed:
    """texture float32 [256, 256, 3] in 0..1, flattened; shape [468, 2] less the mean; detail [s, s], a ratio."""

    texture: np.ndarray
    shape: np.ndarray
    detail: np.ndarray


def patient_looks(
    image: np.ndarray, landmarks: np.ndarray, age: float, male: float, atlas: Atlas, mesh: FaceMesh
) -> Looks:
    """What donors should look like for a patient's crop [256, 256, 3] in 0..1 with landmarks [478, 2]."""
    upright = straight(landmarks, mesh.mean, atlas.turn_modes)
    return Looks(sought_age(age), male, skin_tone(image, landmarks), opening(landmarks), head_width(upright))


def in_order(key: bytes, patient: np.ndarray, landmarks: np.ndarray, atlas: Atlas, mesh: FaceMesh) -> list[int]:
    """The numbers of the key's persons to try on a patient: the most natural in order, then the others, oddest last.

    patient: coordinates [6]. landmarks: [478, 2] in 0..1.
    """

    def oddness(number: int) -> float:
        rows = choose(key, number, patient, atlas.coordinates, atlas.ids)
        shape = mix_shapes(atlas.shapes[rows], atlas.part_weights)
        return atlas.oddness.of(rows) + FOLDING * folded(landmarks, shape, mesh, atlas.turn_modes)

    numbers = np.argsort([oddness(number) for number in range(CONSIDERED)], kind="stable").tolist()
    return sorted(numbers[:NATURAL]) + numbers[NATURAL:]


def person(key: bytes, number: int, looks: Looks, atlas: Atlas) -> Composed:
    """The key's person of this number for a patient with these looks."""
    patient = looks.coordinates()
    rows = choose(key, number, patient, atlas.coordinates, atlas.ids)
    lends = atlas.detailed
    row = lends[choose_detail(key, number, patient, atlas.coordinates[lends], atlas.ids[lends])]
    detail = atlas.detail(row)
    factor = detail.shape[0] // SIDE
    coarse = detail.reshape(SIDE, factor, SIDE, factor).mean((1, 3))
    texture = mix_textures([atlas.texture(row) for row in rows], atlas.parts, atlas.mouth) * coarse[..., None]
    return Composed(np.clip(texture, 0, 1), mix_shapes(atlas.shapes[rows], atlas.part_weights), detail)
