"""Trains the protector: by example, for realism, and against recognition."""

import copy
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from rofi.damage import glimpsed
from rofi.geometry import blend_oval
from rofi.kept import NOTHING, SIGMA, WHOLE
from rofi.losses import cosine, discriminator_hinge, generator_hinge
from rofi.networks.discriminator import Discriminator
from rofi.networks.protector import Protector
from rofi.provenance import provenance
from rofi.recognisers.fr_feature import FrFeature
from rofi.scenes import GRID, Scenes, open_scenes, scene_files, sign_mask
from rofi.sheet import write_sheet

HELD_OUT = 16


@dataclass(frozen=True)
class TranslatorConfig:
    """How to train. `minutes` is this run's wall clock; `window` is in cells of 8 px, 32 being the whole crop.

    Weights of the losses are named after what they ask for. `fine` is how much of a drawn person's finest detail counts
    as an example, `seam` how much more realism counts where the drawing fades into the photo.
    """

    minutes: float = 60
    batch: int = 4
    window: int = 16
    width: int = 192
    heads: int = 6
    stem: int = 8
    expansion: int = 4
    rate: float = 3e-4
    final_rate: float = 3e-5
    discriminator_rate: float = 2e-4
    example: float = 6
    conspicuous: float = 400
    fine: float = 0.3
    adversarial: float = 0.03
    seam: float = 2
    away: float = 1.0
    person: float = 1.0
    seed: int = 0


@dataclass(frozen=True)
class Batch:
    """One batch on the device: images [b, 3, h, w] in [-1, 1], opacity [b, 1, h, w], keys [b, 512], own bool [b]."""

    image: Tensor
    drawn: Tensor
    opacity: Tensor
    oval: Tensor
    own: Tensor
    key: Tensor
    mask: Tensor
    origin: tuple[int, int]

    def shown(self) -> Tensor:
        """How much of the protector's face shows; elsewhere the photo itself stays."""
        return self.oval * self.opacity * (1 - kept(self.mask))

    def target(self) -> Tensor:
        """What protection should look like: the drawn person, or, of the face's own texture, the photo."""
        drawn = self.oval * (1 - kept(self.mask)) * (self.drawn - self.image)
        return self.image + drawn * ~self.own[:, None, None, None]


def batches(scenes: Scenes, config: TranslatorConfig, device: torch.device, held_out: bool) -> Iterator[Batch]:
    """Endless random batches; windows of the configured size, or the held-out scenes whole."""
    random = np.random.default_rng(config.seed + int(time.time()))
    oval = torch.from_numpy(blend_oval(GRID * 8))[None, None].to(device)
    while True:
        if held_out:
            index, window, origin = np.arange(HELD_OUT), GRID, (0, 0)
            random = np.random.default_rng(1)
        else:
            index = np.sort(random.integers(HELD_OUT, len(scenes), config.batch))
            window = config.window
            origin = tuple(int(o) for o in random.integers(0, GRID - window + 1, 2))
        rows = slice(8 * origin[0], 8 * (origin[0] + window))
        columns = slice(8 * origin[1], 8 * (origin[1] + window))

        turned = np.zeros(len(index), bool) if held_out else random.random(len(index)) < 0.5

        def pixels(array: np.ndarray, index=index, turned=turned, rows=rows, columns=columns) -> Tensor:  # noqa: ANN001
            whole = (_mirrored(array[i]) if flip else array[i] for i, flip in zip(index, turned, strict=True))
            cut = torch.from_numpy(np.stack([picture[rows, columns] for picture in whole])).to(device)
            if cut.ndim == 3:
                return cut[:, None].float() / 255
            return (cut.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)

        masks = [sign_mask(scenes.boxes[i], random) for i in index]
        masks = np.stack([_mirrored(m) if flip else m for m, flip in zip(masks, turned, strict=True)])[:, None]
        cut_mask = masks[:, :, origin[0] : origin[0] + window, origin[1] : origin[1] + window]
        yield Batch(
            image=pixels(scenes.image),
            drawn=pixels(scenes.drawn),
            opacity=pixels(scenes.opacity),
            oval=oval[:, :, rows, columns],
            own=torch.from_numpy(scenes.own[index]).to(device),
            key=torch.from_numpy(scenes.key[index]).to(device),
            mask=torch.from_numpy(cut_mask).to(device),
            origin=origin,
        )


def _mirrored(array: np.ndarray) -> np.ndarray:
    return array[:, ::-1]


def new_protector(config: TranslatorConfig) -> Protector:
    """The untrained network of a configuration."""
    return Protector(config.width, config.heads, config.stem, config.expansion)


def protect(protector: Protector, batch: Batch) -> Tensor:
    """The protected face blended into the crop."""
    drawn = protector(batch.image, batch.drawn, batch.key, batch.mask, batch.origin).float()
    return batch.image + batch.shown() * (drawn - batch.image)


def load_protector(checkpoint: Path) -> Protector:
    """The averaged network of a checkpoint, for export and measurement."""
    state = torch.load(checkpoint, map_location="cpu")
    protector = new_protector(TranslatorConfig(**state["config"]))
    protector.load_state_dict(state["average"])
    return protector.eval()


def kept(mask: Tensor) -> Tensor:
    """How much of the photo shows for its signs: cells [b, 1, h, w] to pixels [b, 1, 8h, 8w], as `rofi.kept`."""
    reach = round(4 * SIGMA)
    at = torch.arange(-reach, reach + 1, dtype=mask.dtype, device=mask.device)
    kernel = torch.exp(-0.5 * (at / SIGMA) ** 2)
    kernel = kernel / kernel.sum()
    plane = F.pad(F.interpolate(mask, scale_factor=8.0, mode="nearest"), [reach] * 4, mode="reflect")
    blurred = F.conv2d(F.conv2d(plane, kernel[None, None, None]), kernel[None, None, :, None])
    share = ((blurred - NOTHING) / (WHOLE - NOTHING)).clamp(0, 1)
    return share * share * (3 - 2 * share)


def _losses(
    protector: Protector,
    critic: Discriminator,
    recogniser: FrFeature,
    batch: Batch,
    config: TranslatorConfig,
    random: np.random.Generator,
) -> tuple[dict[str, Tensor], Tensor]:
    protected, target = protect(protector, batch), batch.target()
    off_target = protected - target
    # What is finest in a drawn person is the network's to make like a photograph; of the face's own it is known.
    smooth = F.avg_pool2d(off_target, 5, 1, 2, count_include_pad=False)
    off_target = torch.where(batch.own[:, None, None, None], off_target, torch.lerp(smooth, off_target, config.fine))
    losses = {
        "example": config.example * off_target.abs().mean(),
        # Few strong dots are seen where many faint ones are not.
        "conspicuous": config.conspicuous * off_target.square().mean(),
    }
    for layer in critic.parameters():
        layer.requires_grad_(False)
    losses["adversarial"] = config.adversarial * generator_hinge(critic(protected), _where_drawn(batch, config))
    for layer in critic.parameters():
        layer.requires_grad_(True)
    another = ~batch.own
    if batch.image.shape[-1] == GRID * 8 and another.any():
        with torch.no_grad():
            identity, person = recogniser(batch.image[another]), recogniser(target[another])
        # Seen another way each time, or the loss would teach noise that one recogniser alone takes for a stranger.
        shown = recogniser(glimpsed(protected[another], random))
        losses["away"] = config.away * F.relu(cosine(shown, identity)).mean()
        losses["person"] = config.person * (1 - cosine(shown, person)).mean()
    return losses, protected.detach()


def _where_drawn(batch: Batch, config: TranslatorConfig) -> Tensor:
    """How much the discriminator's verdicts count, by pixel [b, 1, h, w]: where something is drawn, more at its rim."""
    shown = batch.shown()
    return shown + config.seam * 4 * shown * (1 - shown)


def train_translator(config: TranslatorConfig, run: Path) -> None:
    """Trains for config.minutes from run/translator.pt if it is there; writes it and a contact sheet."""
    torch.manual_seed(config.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    run.mkdir(parents=True, exist_ok=True)
    scenes = open_scenes()
    protector = new_protector(config).to(device, memory_format=torch.channels_last)
    critic = Discriminator(32).to(device, memory_format=torch.channels_last)
    recogniser = FrFeature().eval().to(device)
    optimiser = torch.optim.AdamW(protector.parameters(), config.rate, (0.5, 0.99), weight_decay=1e-4)
    critic_optimiser = torch.optim.AdamW(critic.parameters(), config.discriminator_rate, (0.5, 0.99))
    average = copy.deepcopy(protector)
    parts = {
        "protector": protector,
        "average": average,
        "critic": critic,
        "optimiser": optimiser,
        "critic_optimiser": critic_optimiser,
    }
    checkpoint, step = run / "translator.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        for name in parts.keys() & state.keys():
            parts[name].load_state_dict(state[name])
        step = state["step"]
    random = np.random.default_rng(config.seed + step)
    stream = batches(scenes, config, device, held_out=False)
    made = provenance(config.seed, [*scene_files(), checkpoint])
    started = saved = time.time()
    finished = False
    while not finished:
        progress = (time.time() - started) / (60 * config.minutes)
        finished = progress >= 1
        decay = min(1.0, max(0.0, (progress - 0.6) / 0.4))
        for group in optimiser.param_groups:
            group["lr"] = min(1, (step + 1) / 50) * config.rate * (config.final_rate / config.rate) ** decay
        batch = next(stream)
        with torch.autocast(device.type, torch.bfloat16):
            losses, protected = _losses(protector, critic, recogniser, batch, config, random)
        loss = sum(losses.values())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(protector.parameters(), 1)
        optimiser.step()
        with torch.autocast(device.type, torch.bfloat16):
            where = _where_drawn(batch, config)
            loss_critic = discriminator_hinge(critic(batch.image), critic(protected), where)
        critic_optimiser.zero_grad()
        loss_critic.backward()
        critic_optimiser.step()
        follow = 1 - min(0.998, step / (step + 10))
        for mean, new in zip(average.parameters(), protector.parameters(), strict=True):
            mean.data.lerp_(new.data, follow)
        step += 1
        if step % 25 == 0:
            report = "  ".join(f"{name} {value:.3f}" for name, value in losses.items())
            print(
                f"{step} {(time.time() - started) / 60:.1f} min  {report}  critic {loss_critic:.2f}",
                flush=True,
            )
        if finished or time.time() - saved > 480:
            saved = time.time()
            torch.save(
                {name: part.state_dict() for name, part in parts.items()}
                | {"step": step, "config": asdict(config), "made": made},
                checkpoint,
            )
            _show(average, scenes, config, device, run / f"translator-{step:06d}.png")


@torch.no_grad()
def _show(protector: Protector, scenes: Scenes, config: TranslatorConfig, device: torch.device, file: Path) -> None:
    batch = next(batches(scenes, config, device, held_out=True))
    with torch.autocast(device.type, torch.bfloat16):
        protected = protect(protector, batch)
    off = (protected - batch.target())[~batch.own].abs().mean() * 127.5
    print(f"held out: {off:.2f} levels from the bare drawing", flush=True)
    write_sheet([batch.image, batch.drawn, protected], file)
