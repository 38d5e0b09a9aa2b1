"""What the protector learns from, its losses, and one step of its training."""

from pathlib import Path

import numpy as np
import pytest
import torch

from rofi import scenes, train_translator
from rofi.data import ROOT, SIZE, Faces
from rofi.geometry import FaceMesh
from rofi.losses import discriminator_hinge, generator_hinge
from rofi.networks.protector import Protector
from rofi.scenes import GRID, OWN_EVERY, Scenes, open_scenes, out_of_tune, render_scenes
from rofi.train_translator import HELD_OUT, TranslatorConfig, batches

COUNT = HELD_OUT + 3
CONFIG = TranslatorConfig(batch=3, window=GRID, width=192, heads=6)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Scenes:
    """Scenes over smooth pictures with the mean face's landmarks."""
    folder, models = tmp_path_factory.mktemp("cache"), ROOT.parent / "public" / "models"
    random = np.random.default_rng(0)
    coarse = random.integers(60, 200, (COUNT, 8, 8, 3))
    images = np.repeat(np.repeat(coarse, SIZE // 8, 1), SIZE // 8, 2).astype(np.uint8)
    mean = FaceMesh.read(models / "face_mesh.json").mean
    landmarks = np.concatenate([mean, np.repeat(mean[[159, 386]], 5, 0)])
    faces = Faces(images, np.repeat(landmarks[None], COUNT, 0).astype(np.float32))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenes, "CACHE", folder)
        patch.setattr(scenes, "load", lambda _split: faces)
        render_scenes(models, COUNT)
        return open_scenes()


def test_every_third_scene_is_the_faces_own(drawn: Scenes) -> None:
    assert drawn.own.tolist() == [index % OWN_EVERY == 0 for index in range(COUNT)]
    covered = drawn.opacity > 250
    assert covered.mean() > 0.1
    changed = np.abs(drawn.drawn.astype(int) - drawn.image).mean(-1)
    assert changed[drawn.opacity == 0].max() == 0
    assert changed[~drawn.own][covered[~drawn.own]].mean() > changed[drawn.own][covered[drawn.own]].mean()


def test_parts_are_put_out_of_tune_and_not_out_of_sight() -> None:
    random = np.random.default_rng(1)
    texture = random.uniform(0.3, 0.6, (256, 256, 3)).astype(np.float32)
    one, other = (out_of_tune(texture, random) for _ in range(2))
    assert np.abs(one - other).mean() > 0.01
    assert abs(float(one.mean() / texture.mean()) - 1) < 0.4


def test_what_is_learned_is_the_person_or_the_photo(drawn: Scenes) -> None:
    batch = next(batches(drawn, CONFIG, torch.device("cpu"), held_out=True))
    target, own = batch.target(), batch.own
    assert torch.equal(target[own], batch.image[own])
    assert not torch.equal(target[~own], batch.image[~own])
    untouched = batch.shown() == 0
    assert (target - batch.image)[untouched.expand_as(target)].abs().max() < 2 / 255


def test_scenes_are_mirrored_whole(drawn: Scenes) -> None:
    stream = batches(drawn, CONFIG, torch.device("cpu"), held_out=False)
    originals = torch.from_numpy(drawn.image[HELD_OUT:]).permute(0, 3, 1, 2).float() / 127.5 - 1
    opacities = torch.from_numpy(drawn.opacity[HELD_OUT:])[:, None].float() / 255
    turned = 0
    for _ in range(4):
        batch = next(stream)
        for image, opacity in zip(batch.image, batch.opacity, strict=True):
            flips = [
                (index, flip)
                for index in range(len(originals))
                for flip in (False, True)
                if torch.allclose(image, originals[index].flip(-1) if flip else originals[index])
            ]
            index, flip = flips[0]
            assert torch.allclose(opacity, opacities[index].flip(-1) if flip else opacities[index])
            turned += flip
    assert 0 < turned < 12


def test_the_discriminators_verdict_counts_where_something_is_drawn() -> None:
    good, bad = torch.full((1, 1, 4, 4), 2.0), torch.full((1, 1, 4, 4), -2.0)
    whole = torch.zeros(1, 1)
    half = torch.zeros(1, 1, 16, 16)
    half[..., :8] = 1
    mixed = torch.cat([good[..., :2], bad[..., 2:]], -1)
    assert generator_hinge((mixed, whole), half) == generator_hinge((good, whole), half)
    assert discriminator_hinge((mixed, whole), (bad, whole), half) == discriminator_hinge(
        (good, whole), (bad, whole), half
    )
    assert discriminator_hinge((bad, whole), (good, whole), half) > discriminator_hinge(
        (good, whole), (bad, whole), half
    )


def test_a_step_changes_the_network_and_leaves_a_checkpoint(
    drawn: Scenes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Nobody(torch.nn.Module):
        """Stands in for the recogniser, whose weights are not at hand."""

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            return image.float().mean((2, 3))

    monkeypatch.setattr(train_translator, "open_scenes", lambda: drawn)
    monkeypatch.setattr(train_translator, "scene_files", list)
    monkeypatch.setattr(train_translator, "FrFeature", Nobody)
    train_translator.train_translator(TranslatorConfig(minutes=1e-6, batch=2, window=GRID), tmp_path)
    state = torch.load(tmp_path / "translator.pt", map_location="cpu")
    assert state["step"] in (1, 2)
    assert state["protector"].keys() == Protector().state_dict().keys()
    assert any((value != 0).any() for name, value in state["protector"].items() if "leave.weight" in name)
    assert list(tmp_path.glob("translator-*.png"))
