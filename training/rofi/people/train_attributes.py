"""Teaches the attributes network what faceres says of synthetic faces, and exports it.

python -m rofi.people.train_attributes --minutes 12
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from rofi.data import ROOT
from rofi.onnx_export import enter, export_network, manifest_entry
from rofi.people.attributes import Attributes
from rofi.people.taught_faces import (
    Labels,
    all_faces,
    batches,
    labels,
    labels_of_all,
    taught_files,
    to_images,
    weights_by_age,
)
from rofi.provenance import made_of, provenance
from rofi.recognisers.faceres import FaceRes

RATE = 2e-3
SEED = 0
HELD_OUT = 20  # one face in so many
VERSION = "1.2.0"


def losses(network: Attributes, images: torch.Tensor, said: Labels, scale: torch.Tensor) -> torch.Tensor:
    """How far the network is from the teacher. scale: deviation of the teacher's features."""
    out, inner = network.inner(images)
    age = F.smooth_l1_loss(torch.sigmoid(out[:, 0].float()), said.age / 100, beta=0.03)
    male = F.binary_cross_entropy_with_logits(out[:, 1].float(), said.male)
    return 10 * age + 0.5 * male + 0.5 * F.mse_loss(inner.float(), said.features / scale)


def train(network: Attributes, minutes: float, batch: int, device: str) -> Attributes:
    """The network after so many minutes, averaged; prints held-out figures as it goes."""
    random = np.random.default_rng(SEED)
    teacher = FaceRes().eval().to(device)
    faces = torch.from_numpy(all_faces()).to(device)
    told = labels_of_all(teacher, faces)
    scale = told.features.std()
    held = torch.arange(len(faces)) % HELD_OUT == 0
    chance = weights_by_age(told.age.cpu().numpy()) * ~held.numpy()
    network = network.to(device)
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.02)
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995), use_buffers=True
    )
    start = reported = time.monotonic()
    for step, images in enumerate(batches(faces, chance / chance.sum(), batch, random)):
        done = (time.monotonic() - start) / 60 / minutes
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * done))
        said = labels(teacher, images)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            loss = losses(network, images, said, scale)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        average.update_parameters(network)
        if time.monotonic() - reported > 20:
            reported = time.monotonic()
            figures = held_out(average.module, faces[held], Labels(told.age[held], told.male[held], told.features))
            print(f"{step} steps, {done:.2f} done, loss {loss.item():.3f}, {figures}", flush=True)
    return average.module.eval().cpu()


@torch.no_grad()
def held_out(network: Attributes, faces: torch.Tensor, said: Labels) -> str:
    """How well the network agrees with the teacher on faces it never learned from."""
    network.eval()
    told = torch.cat([network(to_images(part)) for part in faces.split(64)]).cpu().numpy()
    age, male = said.age.cpu().numpy(), said.male.cpu().numpy()
    correlation = np.corrcoef(told[:, 0], age)[0, 1]
    same = ((told[:, 1] > 0.5) == (male > 0.5)).mean()
    return (
        f"held out: age r {correlation:.3f}, off by {np.abs(100 * told[:, 0] - age).mean():.1f}, sex agrees {same:.3f}"
    )


def main() -> None:
    """Train, export, and put the network into the manifest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60, help="none: export the checkpoint as it is")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--checkpoint", type=Path, default=ROOT / "runs" / "attributes.pt", help="goes on from there")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    arguments = parser.parse_args()
    torch.manual_seed(SEED)
    network = Attributes()
    if arguments.checkpoint.exists():
        network.load_state_dict(torch.load(arguments.checkpoint, weights_only=True)["network"])
    if arguments.minutes > 0:
        made = provenance(SEED, [*taught_files(), arguments.checkpoint])
        network = train(network, arguments.minutes, arguments.batch, arguments.device)
        arguments.checkpoint.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"network": network.state_dict(), "made": made}, arguments.checkpoint)
    fields = export_network(network, {"image": (1, 3, 256, 256)}, ["attributes"], "attributes", arguments.models)
    fields |= made_of(arguments.checkpoint)
    enter(arguments.models, manifest_entry(arguments.models, "attributes", VERSION, "attributes.onnx", fields))


if __name__ == "__main__":
    main()
