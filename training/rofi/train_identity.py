"""Trains the virtual identity decoder on donors' textures: L1 for donors, a discriminator for every key."""

import copy
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from rofi import textures
from rofi.losses import discriminator_hinge, generator_hinge
from rofi.networks.discriminator import Discriminator
from rofi.networks.virtual_identity import KEY, SHAPE_PART, SPREAD, TEXTURE_PART, VirtualIdentity
from rofi.provenance import provenance
from rofi.sheet import write_sheet


@dataclass(frozen=True)
class IdentityConfig:
    """How to train the decoder. Rates are per step; `minutes` of wall clock, then it stops."""

    minutes: float = 20
    batch: int = 8
    width: int = 32
    rate: float = 4e-4
    discriminator_rate: float = 4e-4
    adversarial: float = 0.05
    seed: int = 1


def _contact_sheet(network: VirtualIdentity, file: Path, real: Tensor, recoded: Tensor) -> None:
    keys = torch.randn(32, KEY, generator=torch.Generator().manual_seed(5)).to(real.device)
    with torch.no_grad():
        drawn, _ = network(keys)
        linear = F.interpolate(network.linear_texture(keys[:16]), scale_factor=2, mode="bilinear")
        rows = [real[:16], network(recoded[:16])[0], linear, drawn[:16], drawn[16:]]
    write_sheet(rows, file, columns=16)


def train_identity(config: IdentityConfig, run: Path) -> None:
    """Trains for config.minutes, resumes from run/identity.pt, writes it and a contact sheet beside it."""
    torch.manual_seed(config.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    run.mkdir(parents=True, exist_ok=True)
    mesh, donors = textures.train_mesh(), textures.donors()
    texture_basis, shape_basis = textures.texture_basis(donors), textures.shape_basis(donors, mesh)
    real_all = torch.from_numpy(textures.train_textures()[donors]).permute(0, 3, 1, 2)
    coordinates = torch.from_numpy(texture_basis.coordinates) / SPREAD
    shapes = torch.from_numpy(shape_basis.coordinates)
    mask = torch.from_numpy(textures.face_mask(mesh)).to(device)[None, None]

    network = VirtualIdentity(config.width).to(device, memory_format=torch.channels_last)
    network.start_from(
        *(
            torch.from_numpy(a).float()
            for a in (texture_basis.mean, texture_basis.axes, shape_basis.mean, shape_basis.axes)
        )
    )
    frozen = (network.texture, network.shape)
    for layer in frozen:
        layer.requires_grad_(False)
    critic = Discriminator(32).to(device, memory_format=torch.channels_last)
    average = copy.deepcopy(network)
    checkpoint = run / "identity.pt"
    step = 0
    trained = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, config.rate, (0.5, 0.99), weight_decay=1e-4)
    critic_optimiser = torch.optim.AdamW(critic.parameters(), config.discriminator_rate, (0.5, 0.99))
    parts = {
        "network": network,
        "average": average,
        "critic": critic,
        "optimiser": optimiser,
        "critic_optimiser": critic_optimiser,
    }
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        for name in parts.keys() & state.keys():
            parts[name].load_state_dict(state[name])
        step = state["step"]

    def sample(batch: int) -> tuple[Tensor, Tensor]:
        index = torch.randint(len(donors), (batch,))
        key = torch.randn(batch, KEY)
        key[:, TEXTURE_PART], key[:, SHAPE_PART] = coordinates[index], shapes[index]
        return real_all[index].float().to(device) / 127.5 - 1, key.to(device)

    made = provenance(config.seed, [*textures.files(), checkpoint])
    started = saved = time.time()
    while time.time() - started < 60 * config.minutes:
        late = (time.time() - started) / (60 * config.minutes) > 0.75
        for group in optimiser.param_groups:
            group["lr"] = config.rate * min(1, (step + 1) / 100) * (0.25 if late else 1)
        real, key = sample(config.batch)
        keys = torch.cat([key, torch.randn(config.batch, KEY, device=device)])
        with torch.autocast(device.type, torch.bfloat16):
            fake, _ = network(keys)
            loss_critic = discriminator_hinge(critic(real * mask), critic(fake.detach() * mask), mask)
        critic_optimiser.zero_grad()
        loss_critic.backward()
        critic_optimiser.step()
        critic.requires_grad_(False)
        with torch.autocast(device.type, torch.bfloat16):
            adversarial = generator_hinge(critic(fake * mask), mask)
        # A random key keeps the linear model's person; only finer detail is the network's to invent.
        coarse = (F.avg_pool2d(fake.float(), 4) - F.avg_pool2d(network.linear_texture(keys), 2)).abs().mean()
        example = ((fake[: config.batch].float() - real) * mask).abs().mean()
        loss = example + 0.5 * coarse + config.adversarial * min(1, step / 300) * adversarial
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 5)
        optimiser.step()
        critic.requires_grad_(True)
        decay = min(0.998, step / (step + 10))
        for kept, new in zip(average.parameters(), network.parameters(), strict=True):
            kept.data.lerp_(new.data, 1 - decay)
        step += 1
        if step % 50 == 0:
            print(
                f"{step} {(time.time() - started) / 60:.1f} min  example {example:.4f}  coarse {coarse:.4f}"
                f"  adversarial {adversarial:.3f}  critic {loss_critic:.3f}",
                flush=True,
            )
        if time.time() - saved > 180 or time.time() - started >= 60 * config.minutes:
            saved = time.time()
            real, key = sample(16)
            _contact_sheet(average, run / "identity.png", real, key)
            torch.save(
                {name: part.state_dict() for name, part in parts.items()}
                | {"step": step, "width": config.width, "made": made},
                checkpoint,
            )
