"""Bare faces as a linear model, and what of a face it does not explain: the first teacher of the network.

All in logarithms: brightness and two colour differences. There light only adds, so that one robust fit finds the light,
the bare face in it, and what is neither.

    python -m rofi.front.bare

The file: "ROFIBAR1", the length of a JSON header (uint32, little-endian), the header, then blocks that it names by
offset (from the end of the header) and length.
"""

import json
import struct
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from rofi.data import ROOT
from rofi.geometry import EYES, OVAL, FaceMesh, polygon
from rofi.people.atlas import Atlas

MAGIC = b"ROFIBAR1"
FILE = Path(__file__).with_name("bare_faces.bin")
MESH = ROOT.parent / "public" / "models" / "face_mesh.json"
# The fit is made on so many pixels a side, and looked at on so many.
SIDE, FINE = 64, 128
# Light is a sum of cosines of so many half-waves across and down together.
WAVES, ROUNDS = 2, 6
DARK = 0.04
# Colour differences count so many times as much as brightness.
COLOUR = 2.0
# Residuals, of the bare faces' own, at which a pixel counts half in the fit's next round.
DOUBT = 2.0
# Rows of the mean shape that are hardly ever covered, and how much the others count in the first round.
MIDDLE = {"top": 0.36, "bottom": 0.56, "elsewhere": 0.02}
# Coordinates stay within so many deviations; what holds them, and the light, near 0.
REACH, RIDGE, LIGHT_RIDGE = 3.0, 4.0, 0.001
COMPONENTS = 40
# No bare face is nearer to the model than this.
LEAST_SPREAD = 0.05
# Full scale of what is stored in bytes.
BYTE, MOST_SPREAD = 127, 1.0


@dataclass(frozen=True, eq=False)
class BareFaces:
    """The model, in the mean shape.

    used [64, 64] in 0..1: what of a face it knows, neither eyes nor rim. mean [64, 64, 3], axes [k, 64, 64, 3],
    deviation [k]. spread [64, 64, 3] and fine [128, 128, 3]: how far bare faces are from it.
    """

    mesh: FaceMesh
    used: np.ndarray
    mean: np.ndarray
    axes: np.ndarray
    deviation: np.ndarray
    spread: np.ndarray
    fine: np.ndarray

    @cached_property
    def planes(self) -> np.ndarray:
        """Axes and light, [k + w, 64, 64, 3]."""
        at = (np.arange(SIDE) + 0.5) / SIDE * np.pi
        pairs = [(u, v) for u in range(WAVES + 1) for v in range(WAVES + 1 - u)]
        waves = np.stack([np.outer(np.cos(v * at), np.cos(u * at)) for u, v in pairs])
        light = np.zeros((len(waves) + 2, SIDE, SIDE, 3))
        light[:-2, ..., 0] = waves
        # Its colour is one all over the face: what differs in colour is no light.
        light[-2, ..., 1] = light[-1, ..., 2] = 1
        return np.concatenate([self.axes, light]).astype(np.float32)

    def predict(self, small: np.ndarray, field: np.ndarray, covered: np.ndarray) -> np.ndarray:
        """The bare face in its light, [64, 64, 3] in the mean shape, that a small picture [64, 64, 3] in 0..1 shows.

        field [64, 64, 2]: places in the mean shape; covered [64, 64]. A robust fit: pixels count the less the further
        they are from it.
        """
        known = covered & (_sample(self.used[..., None], field)[..., 0] > 0.99)
        stack = np.concatenate([self.mean[None], self.spread[None], self.planes]).transpose(1, 2, 0, 3)
        taken = _sample(stack.reshape(SIDE, SIDE, -1), field)[known].reshape(int(known.sum()), -1, 3)
        mean, spread, planes = taken[:, 0], taken[:, 1], taken[:, 2:].transpose(1, 0, 2)
        wanted = (tones(small)[known] - mean).ravel()
        rows = planes.reshape(len(planes), -1)
        count = len(self.axes)
        ridge = np.concatenate([RIDGE / self.deviation**2, np.full(len(rows) - count, LIGHT_RIDGE)])
        weight = self._first_weight(field[known])
        at = np.zeros(len(rows))
        for _ in range(ROUNDS):
            weighted = rows * (weight[:, None] / spread**2).ravel()
            at = np.linalg.solve((weighted @ rows.T).astype(np.float64) + np.diag(ridge), weighted @ wanted)
            at[:count] = np.clip(at[:count], -REACH * self.deviation, REACH * self.deviation)
            away = (wanted - at.astype(np.float32) @ rows).reshape(-1, 3) / spread
            far = (away**2).mean(1)
            weight = 1 / (1 + (far / DOUBT**2) ** 2)
        return self.mean + np.tensordot(at.astype(np.float32), self.planes, 1)

    def _first_weight(self, places: np.ndarray) -> np.ndarray:
        """The middle of the face is hardly ever covered, by neither fringe nor mask: there the fit begins."""
        between = (places[:, 1] > MIDDLE["top"]) & (places[:, 1] < MIDDLE["bottom"])
        return np.where(between, 1, MIDDLE["elsewhere"]).astype(np.float32)

    def residual(self, crop: np.ndarray, landmarks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How a crop [256, 256, 3] in 0..1 differs from the bare face in it, of bare faces' own differences.

        landmarks: [478, 2] in 0..1. Result: [128, 128, 3] in the crop: brightness, red, blue; 0 where it does not know.
        And how well it knows, [128, 128] in 0..1.
        """
        face = self.predict(_small(crop, SIDE), *self.mesh.to_mean(landmarks, SIDE))
        field, covered = self.mesh.to_mean(landmarks, FINE)
        known = _sample(self.used[..., None], field)[..., 0] * covered
        away = (tones(_small(crop, FINE)) - _sample(face, field)) / _sample(self.fine, field)
        return away * (known > 0)[..., None], known

    @classmethod
    def fit(cls, mesh: FaceMesh, atlas: Atlas) -> "BareFaces":
        """The model of an atlas' people."""
        used = _used(mesh)
        textures = [_small(atlas.texture(row), FINE) for row in range(len(atlas))]
        blank = cls(mesh, used, *(np.zeros((0, SIDE, SIDE, 3)),) * 2, np.zeros(0), *(np.zeros(0),) * 2)
        light = np.linalg.qr(blank.planes[:, used > 0].reshape(len(blank.planes), -1).T)[0]
        rows = np.stack([tones(_small(texture, SIDE))[used > 0].ravel() for texture in textures])
        rows = (rows - rows @ light @ light.T).reshape(len(rows), -1, 3)
        mean = rows.mean(0)
        flat = (rows - mean).reshape(len(rows), -1)
        _, sizes, axes = np.linalg.svd(flat, full_matrices=False)
        axes = axes[:COMPONENTS]
        left = (flat - flat @ axes.T @ axes).reshape(len(rows), -1, 3)
        spread = _spread_out(np.sqrt((left**2).mean(0)), used > 0) + LEAST_SPREAD
        planes = np.stack([_spread_out(axis.reshape(-1, 3), used > 0) for axis in axes])
        model = cls(
            mesh, used, _spread_out(mean, used > 0), planes, sizes[:COMPONENTS] / np.sqrt(len(rows)), spread,
            np.ones((FINE, FINE, 3), np.float32),
        )  # fmt: skip
        grid = (np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), -1) + 0.5) / SIDE
        large = (np.stack(np.meshgrid(np.arange(FINE), np.arange(FINE)), -1) + 0.5) / FINE
        squares = np.zeros((FINE, FINE, 3))
        for texture in textures:
            face = model.predict(_small(texture, SIDE), grid.astype(np.float32), used > 0)
            squares += (tones(texture) - _sample(face, large.astype(np.float32))) ** 2
        known = _sample(used[..., None], large.astype(np.float32))[..., 0] > 0.99
        deep = cv2.GaussianBlur(np.sqrt(squares / len(textures)) * known[..., None], (0, 0), 1.5)
        deep /= cv2.GaussianBlur(known.astype(np.float64), (0, 0), 1.5)[..., None] + 1e-3
        return replace(model, fine=(deep + LEAST_SPREAD).astype(np.float32))

    def write(self, file: Path) -> None:
        """Write the model."""
        blocks: list[bytes] = []

        def put(values: np.ndarray) -> list[int]:
            blocks.append(np.ascontiguousarray(values).tobytes())
            return [sum(map(len, blocks[:-1])), len(blocks[-1])]

        most = np.abs(self.axes).max((1, 2, 3))
        axes = np.round(self.axes / most[:, None, None, None] * BYTE).astype(np.int8)
        spreads = (np.clip(np.round(p / MOST_SPREAD * 255), 1, 255).astype(np.uint8) for p in (self.spread, self.fine))
        header = {
            "version": 1,
            "side": SIDE,
            "fine": FINE,
            "components": len(self.axes),
            "used": put(self.used.astype(np.uint8)),
            "mean": put(self.mean.astype("<f4")),
            "axisScales": put((most / BYTE).astype("<f4")),
            "axes": put(axes),
            "deviation": put(self.deviation.astype("<f4")),
            **dict(zip(("spread", "fineSpread"), map(put, spreads), strict=True)),
        }
        text = json.dumps(header, separators=(",", ":")).encode()
        file.write_bytes(MAGIC + struct.pack("<I", len(text)) + text + b"".join(blocks))

    @classmethod
    def read(cls, file: Path = FILE) -> "BareFaces":
        """The model of a file. Raises ValueError when that is something else."""
        mesh, data = FaceMesh.read(MESH), file.read_bytes()
        if data[:8] != MAGIC:
            raise ValueError(f"{file} is no model of bare faces")
        (length,) = struct.unpack_from("<I", data, 8)
        header, start = json.loads(data[12 : 12 + length]), 12 + length

        def block(name: str, kind: str, *shape: int) -> np.ndarray:
            offset, size = header[name]
            return np.frombuffer(data[start + offset : start + offset + size], kind).reshape(shape)

        count = header["components"]
        axes = block("axes", "i1", count, SIDE, SIDE, 3) * block("axisScales", "<f4", count, 1, 1, 1)
        return cls(
            mesh,
            block("used", "u1", SIDE, SIDE).astype(np.float32),
            block("mean", "<f4", SIDE, SIDE, 3),
            axes.astype(np.float32),
            block("deviation", "<f4", count).astype(np.float64),
            block("spread", "u1", SIDE, SIDE, 3).astype(np.float32) * (MOST_SPREAD / 255),
            block("fineSpread", "u1", FINE, FINE, 3).astype(np.float32) * (MOST_SPREAD / 255),
        )


def tones(picture: np.ndarray) -> np.ndarray:
    """Brightness, red against green and blue against green of a picture [..., 3] in 0..1, in logarithms."""
    red, green, blue = np.moveaxis(np.log(np.maximum(picture, 0) + DARK), -1, 0)
    return np.stack([(red + green + blue) / 3, COLOUR * (red - green), COLOUR * (blue - green)], -1).astype(np.float32)


def _small(picture: np.ndarray, side: int) -> np.ndarray:
    return cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)


def _sample(planes: np.ndarray, field: np.ndarray) -> np.ndarray:
    """Planes [s, s, c] at places [h, w, 2] in 0..1, bilinearly, the border repeated."""
    side = planes.shape[0]
    place = np.clip(field * side - 0.5, 0, side - 1.001)
    left, top = np.moveaxis(np.floor(place).astype(int), -1, 0)
    across, down = np.moveaxis((place - np.floor(place)).astype(np.float32), -1, 0)[..., None]
    upper = planes[top, left] * (1 - across) + planes[top, left + 1] * across
    lower = planes[top + 1, left] * (1 - across) + planes[top + 1, left + 1] * across
    return upper + down * (lower - upper)


def _used(mesh: FaceMesh) -> np.ndarray:
    outline = cv2.erode(polygon(mesh.mean[list(OVAL)], SIDE), np.ones((3, 3)))
    eyes = np.maximum(*(polygon(mesh.mean[list(contour)], SIDE) for contour in EYES.values()))
    return outline * (1 - cv2.dilate(eyes, np.ones((3, 3))))


def _spread_out(values: np.ndarray, used: np.ndarray) -> np.ndarray:
    """Values [p, 3] of the used pixels as a plane [64, 64, 3] that goes on smoothly beyond them."""
    plane = np.zeros((SIDE, SIDE, 3), np.float32)
    plane[used] = values
    share = cv2.GaussianBlur(used.astype(np.float32), (0, 0), 2.0)[..., None]
    beyond = cv2.GaussianBlur(plane, (0, 0), 2.0) / (share + 1e-3)
    return np.where(used[..., None], plane, beyond).astype(np.float32)


def main() -> None:
    """Make the model of the atlas' people."""
    BareFaces.fit(FaceMesh.read(MESH), Atlas.read(MESH.with_name("people.atlas"))).write(FILE)
    print(f"{FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
