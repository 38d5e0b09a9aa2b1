"""Teaches the attributes network what faceres says of synthetic faces, and exports it.

python -m rofi.people.train_attributes --minutes 12
"""

import argparse
import json
import time
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from rofi.data import ROOT
from rofi.onnx_export import export_network, manifest_entry
from rofi.people.attributes import CHIP, Attributes
from rofi.people.attributes_data import SIDE, Labelled, labelled

BATCH = 64
RATE = 3e-3
HELD_OUT = 20  # one face in so many
VERSION = "1.1.0"


def augmented(images: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Chips [b, 3, 80, 80] in [-1, 1] of crops uint8 [b, 128, 128, 3]: moved, mirrored, in other light, blurred."""
    chips = np.empty((len(images), CHIP.size, CHIP.size, 3), np.float32)
    for chip, image in zip(chips, images, strict=True):
        angle, scale = random.normal(0, 0.06), np.exp(random.normal(0, 0.05)) * CHIP.span * SIDE / CHIP.size
        c, s = np.cos(angle) * scale, np.sin(angle) * scale
        if random.random() < 0.5:
            image = image[:, ::-1]
        matrix = np.array([[c, -s, 0], [s, c, 0]])
        middle = (CHIP.left + CHIP.span / 2, CHIP.top + CHIP.span / 2)
        centre = np.array(middle) * SIDE + random.normal(0, 1.6, 2)
        matrix[:, 2] = centre - matrix[:, :2] @ (CHIP.size / 2, CHIP.size / 2)
        warped = cv2.warpAffine(
            image,
            matrix,
            (CHIP.size, CHIP.size),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        light = warped.astype(np.float32) / 255
        if random.random() < 0.3:
            light = cv2.GaussianBlur(light, (0, 0), random.uniform(0.4, 1.3))
        if random.random() < 0.1:
            light = np.repeat(light.mean(-1, keepdims=True), 3, -1)
        light = np.power(np.clip(light, 0, 1), np.exp(random.normal(0, 0.25)))
        light = light * np.exp(random.normal(0, 0.06, 3)) * np.exp(random.normal(0, 0.12))
        if random.random() < 0.3:
            light = light + random.normal(0, random.uniform(0.01, 0.05), light.shape)
        if random.random() < 0.25:  # something in front of the face
            x, y, w, h = (random.uniform(0, 1, 4) * (CHIP.size, CHIP.size, 30, 30)).astype(int)
            light[y : y + h, x : x + w] = random.uniform(0, 1, 3)
        chip[:] = np.clip(light, 0, 1) * 2 - 1
    return chips.transpose(0, 3, 1, 2)


def weights_by_age(age: np.ndarray) -> np.ndarray:
    """How often each face is drawn: rare ages more often, at most six times."""
    counts, edges = np.histogram(age, np.arange(0, 105, 5))
    weight = (counts.max() / np.maximum(counts, 1)) ** 0.6
    each = np.minimum(weight, 6)[np.clip(np.digitize(age, edges) - 1, 0, len(counts) - 1)]
    return each / each.sum()


def train(network: Attributes, data: Labelled, minutes: float, rate: float) -> Attributes:
    """The network after so many minutes more, averaged; prints held-out figures as it goes."""
    random = np.random.default_rng()
    held = np.arange(len(data.age)) % HELD_OUT == 0
    known = np.flatnonzero(~held)
    chance = weights_by_age(data.age[known])
    target = torch.from_numpy(np.stack([data.age / 100, data.male], 1)).float()
    features = torch.from_numpy(data.features.astype(np.float32))
    features = features / features.std()
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02)
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99), use_buffers=True
    )
    start, step = time.monotonic(), 0
    while (done := (time.monotonic() - start) / 60 / minutes) < 1:
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, step / 100) * (0.5 + 0.5 * np.cos(np.pi * done))
        rows = random.choice(known, BATCH, p=chance)
        out, inner = network.inner(torch.from_numpy(augmented(data.images[rows], random)))
        age = F.smooth_l1_loss(torch.sigmoid(out[:, 0]), target[rows, 0], beta=0.03)
        male = F.binary_cross_entropy_with_logits(out[:, 1], target[rows, 1])
        loss = 10 * age + 0.5 * male + 0.5 * F.mse_loss(inner, features[rows])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        average.update_parameters(network)
        step += 1
        if step % 200 == 0:
            print(
                f"{step} steps, {done:.2f} done, loss {loss.item():.3f}, {_held_out(average.module, data, held)}",
                flush=True,
            )
    return average.module.eval()


@torch.no_grad()
def _held_out(network: Attributes, data: Labelled, held: np.ndarray) -> str:
    network.eval()
    images = torch.from_numpy(data.images[held].transpose(0, 3, 1, 2).astype(np.float32) / 127.5 - 1)
    age, male = network(images).numpy().T
    correlation = np.corrcoef(age, data.age[held])[0, 1]
    same = ((male > 0.5) == (data.male[held] > 0.5)).mean()
    off = np.abs(100 * age - data.age[held]).mean()
    return f"held out: age r {correlation:.3f}, off by {off:.1f}, sex agrees {same:.3f}"


def main() -> None:
    """Train, export, and put the network into the manifest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "runs" / "attributes.pt", help="goes on from there")
    arguments = parser.parse_args()
    torch.manual_seed(0)
    network, rate = Attributes(), RATE
    if arguments.checkpoint.exists():
        network.load_state_dict(torch.load(arguments.checkpoint))
        rate = RATE / 2
    network = train(network, labelled(), arguments.minutes, rate)
    arguments.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), arguments.checkpoint)
    fields = export_network(network, {"image": (1, 3, 256, 256)}, ["attributes"], "attributes", arguments.models)
    entry = manifest_entry(arguments.models, "attributes", VERSION, "attributes.onnx", fields)
    manifest = arguments.models / "manifest.json"
    content = json.loads(manifest.read_text())
    others = [model for model in content["models"] if model["name"] != "attributes"]
    manifest.write_text(json.dumps({**content, "models": [entry, *others]}, indent=2) + "\n")


if __name__ == "__main__":
    main()
