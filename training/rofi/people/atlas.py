"""Makes the atlas of synthetic people, public/models/people.atlas, and puts it into the manifest.

    python -m rofi.people.atlas --sheet people.png

The file: "ROFIPPL1", the length of a JSON header (uint32, little-endian), the header, then blocks that the header
names by offset (from the end of the header) and length. Textures are WebP tiles; each can be decoded by itself.
"""

import argparse
import json
import struct
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from rofi.data import ROOT
from rofi.geometry import MESH, FaceMesh
from rofi.onnx_export import enter, manifest_entry
from rofi.people.compose import Looks, head_width, mouth_opening, opening, part_masks, part_weights
from rofi.people.curation import Donor, donors, inner_face, shape_free
from rofi.people.draw import straight, turn_modes
from rofi.people.oddness import Oddness
from rofi.people.source import crops, people

MAGIC = b"ROFIPPL1"
VERSION = "1.2.0"
TEXTURE_QUALITY, DETAIL_QUALITY = 90, 82
# Shapes are stored as int16, full scale this many crop widths.
SHAPE_SCALE = 0.5
# Whoever has this many pixels between the eyes lends the detail that others lack.
DETAIL_EYES = 97
# Whole multiples of a texture's side.
DETAIL_SIDES = (512, 768)
FINEST_EYES = 190
# Detail is what is finer than this many pixels a side, as a ratio to it: byte 128 is 1, 255 is 1 + DETAIL_SCALE.
DETAIL_FROM, DETAIL_SCALE = 200, 0.5


@dataclass(frozen=True)
class Atlas:
    """The atlas as a file has it: header, and the blocks behind it."""

    header: dict
    blocks: bytes

    @classmethod
    def read(cls, file: Path) -> "Atlas":
        """Raises ValueError when the file is something else."""
        data = file.read_bytes()
        if data[:8] != MAGIC:
            raise ValueError(f"{file} is no atlas of people")
        (length,) = struct.unpack_from("<I", data, 8)
        return cls(json.loads(data[12 : 12 + length]), data[12 + length :])

    def __len__(self) -> int:
        return len(self.header["donors"])

    def _block(self, at: list[int]) -> bytes:
        return self.blocks[at[0] : at[0] + at[1]]

    @cached_property
    def shapes(self) -> np.ndarray:
        """Landmarks less the mean shape, looking straight, [n, 468, 2]."""
        stored = np.frombuffer(self._block(self.header["shapes"]), "<i2").reshape(len(self), MESH, 2)
        return stored.astype(np.float64) * (SHAPE_SCALE / 32767)

    @cached_property
    def parts(self) -> np.ndarray:
        """What of each part shows, [4, 256, 256] in 0..1: see compose.part_masks."""
        data = np.frombuffer(self._block(self.header["parts"]), np.uint8)
        others = cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1].transpose(2, 0, 1).astype(np.float32) / 255
        return np.concatenate([np.clip(1 - others.sum(0, keepdims=True), 0, 1), others])

    @cached_property
    def mouth(self) -> np.ndarray:
        """What lips open to, [256, 256] in 0..1."""
        data = np.frombuffer(self._block(self.header["mouth"]), np.uint8)
        return cv2.imdecode(data, cv2.IMREAD_COLOR)[..., 0].astype(np.float32) / 255

    @cached_property
    def part_weights(self) -> np.ndarray:
        """How much of each part's shape a landmark takes, [4, 468]."""
        return np.frombuffer(self._block(self.header["partWeights"]), "<f4").reshape(4, MESH).astype(np.float64)

    @cached_property
    def turn_modes(self) -> np.ndarray:
        """How landmarks move as the head turns, [2, 468, 2]: see draw.turn_modes."""
        return np.frombuffer(self._block(self.header["turnModes"]), "<f4").reshape(2, MESH, 2).astype(np.float64)

    @cached_property
    def ids(self) -> np.ndarray:
        """The donors' numbers, [n]."""
        return np.array([donor["id"] for donor in self.header["donors"]])

    @cached_property
    def coordinates(self) -> np.ndarray:
        """What suits whom, [n, 6]: see Looks.coordinates."""
        rows = self.header["donors"]
        return np.stack(
            [Looks(r["age"], r["male"], np.array(r["tone"]), r["opening"], r["width"]).coordinates() for r in rows]
        )

    @cached_property
    def oddness(self) -> Oddness:
        """How unlike any one person a mix of the donors is."""
        stored = self.header["oddness"]
        tones = np.frombuffer(self._block(stored["tones"]), "i1").reshape(len(self), -1) * float(stored["scale"])
        pixels = tones.shape[1]
        masks, axes, spread = (
            np.frombuffer(self._block(stored[name]), "<f4").reshape(-1, pixels).astype(np.float64)
            for name in ("masks", "axes", "spread")
        )
        return Oddness(tones, masks, axes, spread[0])

    def texture(self, row: int) -> np.ndarray:
        """A donor's flattened texture, float32 [256, 256, 3] in 0..1."""
        data = np.frombuffer(self._block(self.header["donors"][row]["texture"]), np.uint8)
        return cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1].astype(np.float32) / 255

    @cached_property
    def detailed(self) -> np.ndarray:
        """Rows of the donors that lend detail."""
        return np.flatnonzero(["detail" in donor for donor in self.header["donors"]])

    def detail(self, row: int) -> np.ndarray:
        """A donor's detail as a ratio to what is coarser, float32 [s, s]."""
        data = np.frombuffer(self._block(self.header["donors"][row]["detail"]), np.uint8)
        stored = cv2.imdecode(data, cv2.IMREAD_COLOR)[..., 1].astype(np.float32)
        return 1 + (stored - 128) * (DETAIL_SCALE / 127)


def fine(crop: np.ndarray, donor: Donor, mesh: FaceMesh, side: int) -> np.ndarray:
    """A donor's detail, uint8 [side, side]."""
    texture = shape_free(crop, donor.person.landmarks, mesh, side).astype(np.float32)
    luma = texture @ np.array([0.299, 0.587, 0.114], np.float32) + 4
    ratio = luma / cv2.GaussianBlur(luma, (0, 0), 0.55 * side / DETAIL_FROM) - 1
    bare = cv2.resize(1 - np.clip(2 * donor.mended, 0, 1), (side, side), interpolation=cv2.INTER_LINEAR)
    ratio = ratio * bare * cv2.resize(inner_face(mesh), (side, side), interpolation=cv2.INTER_LINEAR)
    return np.clip(np.round(128 + ratio * 127 / DETAIL_SCALE), 0, 255).astype(np.uint8)


def build(found: list[Donor], mesh: FaceMesh, file: Path) -> None:
    """Write the atlas of these donors."""
    modes = turn_modes(np.stack([person.landmarks[:MESH] for person in people()]), mesh.mean)
    blocks: list[bytes] = []

    def put(data: bytes) -> list[int]:
        blocks.append(data)
        return [sum(map(len, blocks[:-1])), len(data)]

    def webp(image: np.ndarray, quality: int) -> bytes:
        return cv2.imencode(".webp", image, [cv2.IMWRITE_WEBP_QUALITY, quality])[1].tobytes()

    def bytes_of(oddness: Oddness) -> dict[str, object]:
        scale = float(f"{np.abs(oddness.tones).max() / 127:.4g}")
        planes = {"masks": oddness.masks, "axes": oddness.axes, "spread": oddness.spread}
        tones = np.round(oddness.tones / scale).clip(-127, 127).astype("i1")
        stored = {name: put(plane.astype("<f4").tobytes()) for name, plane in planes.items()}
        return {"scale": scale, "tones": put(tones.tobytes()), **stored}

    shapes = np.stack([straight(donor.person.landmarks, mesh.mean, modes) - mesh.mean for donor in found])
    # The face's own part is what the others leave.
    parts = np.round(part_masks(mesh)[1:] * 255).astype(np.uint8)
    lossless = webp(parts.transpose(1, 2, 0)[..., ::-1], 101)
    weights = part_weights(part_masks(mesh), mesh)
    header: dict[str, object] = {
        "version": 2,
        "textureSide": found[0].texture.shape[0],
        "shapeScale": SHAPE_SCALE,
        "detailScale": DETAIL_SCALE,
        "parts": put(lossless),
        "mouth": put(webp(np.round(np.repeat(mouth_opening(mesh)[..., None], 3, 2) * 255).astype(np.uint8), 101)),
        "partWeights": put(weights.astype("<f4").tobytes()),
        "shapes": put(np.round(shapes * 32767 / SHAPE_SCALE).astype("<i2").tobytes()),
        "turnModes": put(modes.astype("<f4").tobytes()),
        "oddness": bytes_of(
            Oddness.fit([donor.texture for donor in found], part_masks(mesh), mouth_opening(mesh), mesh)
        ),
    }
    details = dict[int, bytes]()
    sides = dict[int, int]()
    by_id = {donor.person.id: donor for donor in found}
    for index, crop in crops(d.person.id for d in found if d.person.eyes > DETAIL_EYES):
        side = DETAIL_SIDES[by_id[index].person.eyes > FINEST_EYES]
        details[index], sides[index] = webp(fine(crop, by_id[index], mesh, side), DETAIL_QUALITY), side
    rows = []
    for donor in found:
        person = donor.person
        row: dict[str, object] = {
            "id": person.id,
            "age": round(person.age, 1),
            "male": round(person.male, 3),
            "tone": [round(float(c), 4) for c in donor.tone],
            "opening": round(opening(person.landmarks), 4),
            "width": round(head_width(straight(person.landmarks, mesh.mean, modes)), 4),
            "texture": put(webp(np.round(donor.texture[..., ::-1] * 255).astype(np.uint8), TEXTURE_QUALITY)),
        }
        if person.id in details:
            row |= {"detail": put(details[person.id]), "detailSide": sides[person.id]}
        rows.append(row)
    text = json.dumps({**header, "donors": rows}, separators=(",", ":")).encode()
    file.write_bytes(MAGIC + struct.pack("<I", len(text)) + text + b"".join(blocks))
    print(f"{len(found)} donors, {len(details)} with detail, {file.stat().st_size / 1e6:.2f} MB")


def sheet(atlas: Atlas, file: Path) -> None:
    """A contact sheet of all textures with their ids, to judge them by eye."""
    tiles = []
    for row in range(len(atlas)):
        tile = cv2.resize(atlas.texture(row)[14:, 24:-24], (88, 104), interpolation=cv2.INTER_AREA) * 255
        tile = np.clip(tile * (1.5, 1.2, 1.05), 0, 255).astype(np.uint8)
        tiles.append(cv2.putText(tile.copy(), str(atlas.ids[row]), (1, 10), 0, 0.35, (255, 255, 0), 1))
    across = 20
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % across)
    lines = [np.hstack(tiles[at : at + across]) for at in range(0, len(tiles), across)]
    cv2.imwrite(str(file), np.vstack(lines)[..., ::-1])


def main() -> None:
    """Choose the donors, write the atlas, update the manifest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--sheet", type=Path, help="also write a contact sheet there")
    arguments = parser.parse_args()
    folder: Path = arguments.models
    mesh = FaceMesh.read(folder / "face_mesh.json")
    build(donors(mesh), mesh, folder / "people.atlas")
    if arguments.sheet:
        sheet(Atlas.read(folder / "people.atlas"), arguments.sheet)
    enter(folder, manifest_entry(folder, "people", VERSION, "people.atlas", {}))


if __name__ == "__main__":
    main()
