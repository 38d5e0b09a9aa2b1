"""Trains the restorer: the original face from the small picture that was sealed and the protected face as received.

python -m rofi.train_restorer --minutes 60 --run runs
"""

import argparse
import copy
import io
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from rofi.data import ROOT
from rofi.geometry import blend_oval
from rofi.networks.restorer import Restorer
from rofi.provenance import provenance
from rofi.restoration_scenes import FILE
from rofi.sealed import small
from rofi.sealed.carriers import CHROMA, LUMA
from rofi.sealed.cells import CELL, CELLS, GRID, coefficients, picture

HELD_OUT = 32
# Levels of the code as the restorer sees it on the protected face.
CODE_LUMA, CODE_CHROMA = 1.9, 0.5


@dataclass(frozen=True)
class RestorerConfig:
    """How to train. minutes: wall clock. window: cells of 8 px. The rest are sizes, rates and the losses' weights."""

    minutes: float = 60
    batch: int = 4
    window: int = 16
    rate: float = 4e-4
    final_rate: float = 2e-5
    likeness: float = 20
    edges: float = 10
    seed: int = 0


@dataclass(frozen=True)
class Batch:
    """Images [b, 3, h, w] in [-1, 1]; size [b, 1], binary logarithm of the small picture's bytes over 512."""

    image: Tensor
    sealed: Tensor
    protected: Tensor
    size: Tensor
    oval: Tensor
    origin: tuple[int, int] = (0, 0)

    def window(self, cells: int, random: np.random.Generator) -> "Batch":
        """The same window of all images."""
        top, left = (int(o) for o in random.integers(0, GRID - cells + 1, 2))
        rows, columns = (slice(CELL * first, CELL * (first + cells)) for first in (top, left))
        images = (self.image, self.sealed, self.protected, self.oval)
        image, sealed, protected, oval = (each[..., rows, columns].contiguous() for each in images)
        return Batch(image, sealed, protected, self.size, oval, (top, left))


OVAL = torch.from_numpy(blend_oval(small.SIZE))[None, None]


def received(protected: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """A protected crop with code in its cells, sometimes compressed: what the restorer is given."""
    coded = coefficients(protected.astype(np.float64))
    luma = CODE_LUMA * random.choice([-1.0, 1.0], (len(CELLS), len(LUMA)))
    coded[0][np.ix_(CELLS, LUMA)] = luma
    for plane in (1, 2):
        chroma = CODE_CHROMA * random.choice([-1.0, 1.0], (len(CELLS), len(CHROMA)))
        coded[plane][np.ix_(CELLS, CHROMA)] = chroma
    pixels = np.clip(np.round(picture(coded)), 0, 255).astype(np.uint8)
    if random.random() < 0.5:
        return pixels
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(60, 96))]
    return cv2.imdecode(cv2.imencode(".jpg", pixels[..., ::-1], quality)[1], 1)[..., ::-1]


def small_picture(image: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, int]:
    """The photo as sealed at some quality, enlarged, and its bytes."""
    fine = random.random() < 0.1
    quality = int(random.integers(60, 85)) if fine else int(random.integers(1, 60))
    file = io.BytesIO()
    Image.fromarray(small.shrink(small.framed(image), 256 if fine else 128)).save(file, "WEBP", quality=quality)
    decoded = np.array(Image.open(file).convert("RGB"))
    return small.enlarge(decoded), file.tell()


def sample(image: np.ndarray, protected: np.ndarray, random: np.random.Generator) -> tuple[np.ndarray, ...]:
    """One training sample of uint8 crops, mirrored half of the time."""
    if random.random() < 0.5:
        image, protected = image[:, ::-1], protected[:, ::-1]
    sealed, size = small_picture(image, random)
    return image, sealed, received(protected, random), np.array([np.log2(size / 512)], np.float32)


def collate(samples: list[tuple[np.ndarray, ...]]) -> Batch:
    """Samples to a batch."""

    def tensor(images: list[np.ndarray]) -> Tensor:
        return torch.from_numpy(np.stack(images)).permute(0, 3, 1, 2).float() / 127.5 - 1

    image, sealed, protected, size = (list(part) for part in zip(*samples, strict=True))
    return Batch(tensor(image), tensor(sealed), tensor(protected), torch.from_numpy(np.stack(size)), OVAL)


def batches(scenes: dict[str, np.ndarray], config: RestorerConfig, step: int) -> Iterator[Batch]:
    """Endless batches of training scenes, the same for the same seed and step."""
    random = np.random.default_rng((config.seed, step))
    while True:
        rows = random.integers(HELD_OUT, len(scenes["image"]), config.batch)
        samples = [sample(scenes["image"][row], scenes["protected"][row], random) for row in rows]
        yield collate(samples).window(config.window, random)


def held_out(scenes: dict[str, np.ndarray]) -> Batch:
    """The scenes that are never trained on, always with the same damage."""
    random = np.random.default_rng(1)
    rows = range(HELD_OUT)
    return collate([sample(scenes["image"][row], scenes["protected"][row], random) for row in rows])


def losses(restored: Tensor, batch: Batch, config: RestorerConfig) -> dict[str, Tensor]:
    """Likeness in the oval, of colours and of edges."""
    off = batch.oval * (restored - batch.image)
    edges = (off[..., 1:] - off[..., :-1]).abs().mean() + (off[..., 1:, :] - off[..., :-1, :]).abs().mean()
    return {"likeness": config.likeness * off.abs().mean(), "edges": config.edges * edges}


@torch.no_grad()
def decibels(network: Restorer, batch: Batch) -> tuple[float, float]:
    """PSNR in the oval of the small pictures as they are, and restored."""

    def psnr(image: Tensor) -> float:
        error = (OVAL > 0.5) * (image - batch.image) ** 2
        return float((10 * torch.log10(4 * (OVAL > 0.5).sum() * 3 / error.sum((1, 2, 3)))).mean())

    parts = zip(batch.sealed.split(4), batch.protected.split(4), batch.size.split(4), strict=True)
    return psnr(batch.sealed), psnr(torch.cat([network(*part).clamp(-1, 1) for part in parts]))


def load_restorer(checkpoint: Path) -> Restorer:
    """The averaged network of a checkpoint, for export and measurement."""
    network = Restorer()
    network.load_state_dict(torch.load(checkpoint, map_location="cpu", weights_only=False)["average"])
    return network.eval()


def train(config: RestorerConfig, run: Path) -> None:
    """Trains for config.minutes, going on from run/restorer.pt; writes it and a line of run/restorer.jsonl a minute."""
    torch.manual_seed(config.seed)
    run.mkdir(parents=True, exist_ok=True)
    scenes = dict(np.load(FILE))
    network = Restorer()
    average = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), config.rate, (0.5, 0.99), weight_decay=1e-4)
    checkpoint, step = run / "restorer.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        if "optimiser" in state:
            optimiser.load_state_dict(state["optimiser"])
        step = state["step"]
    check, stream = held_out(scenes), batches(scenes, config, step)
    made = provenance(config.seed, [FILE, checkpoint])
    started = reported = time.time()
    while (progress := (time.time() - started) / (60 * config.minutes)) < 1:
        decay = min(1.0, max(0.0, (progress - 0.5) / 0.5))
        for group in optimiser.param_groups:
            group["lr"] = min(1, (step + 1) / 50) * config.rate * (config.final_rate / config.rate) ** decay
        batch = next(stream)
        with torch.autocast("cpu", torch.bfloat16):
            restored = network(batch.sealed, batch.protected, batch.size, batch.origin)
        parts = losses(restored.float(), batch, config)
        optimiser.zero_grad()
        sum(parts.values()).backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1)
        optimiser.step()
        follow = 1 - min(0.995, step / (step + 10))
        for mean, new in zip(average.parameters(), network.parameters(), strict=True):
            mean.data.lerp_(new.data, follow)
        step += 1
        if time.time() - reported > 180:
            reported = time.time()
            before, after = decibels(average, check)
            line = {name: round(float(part), 4) for name, part in parts.items()}
            line |= {"step": step, "sealed": round(before, 2), "restored": round(after, 2)}
            with (run / "restorer.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            _save(checkpoint, network, average, optimiser, step, config, made)
    _save(checkpoint, network, average, optimiser, step, config, made)


def _save(
    file: Path,
    network: Restorer,
    average: Restorer,
    optimiser: torch.optim.Optimizer,
    step: int,
    config: RestorerConfig,
    made: dict[str, object],
) -> None:
    state = {"network": network.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict()}
    torch.save(state | {"step": step, "config": asdict(config), "made": made}, file)


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--run", type=Path, default=ROOT / "runs")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    train(RestorerConfig(minutes=arguments.minutes, seed=arguments.seed), arguments.run)


if __name__ == "__main__":
    main()
