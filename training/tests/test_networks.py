"""What protector and restorer are before any training, and that export keeps them."""

from dataclasses import asdict
from pathlib import Path

import pytest
import torch

from rofi.export import ProtectorGraph, RestorerGraph
from rofi.networks.patches import FromPatches, ToPatches
from rofi.networks.protector import Protector
from rofi.networks.restorer import Restorer
from rofi.onnx_export import export_network
from rofi.recover import read_weights
from rofi.train_translator import TranslatorConfig, load_protector, new_protector


@pytest.fixture(autouse=True)
def _seed() -> None:
    torch.manual_seed(0)


def smooth(batch: int, size: int) -> torch.Tensor:
    coarse = torch.rand(batch, 3, size // 16, size // 16) * 1.6 - 0.8
    return torch.nn.functional.interpolate(coarse, size=(size, size), mode="bicubic").clamp(-1, 1)


def test_patches_lose_nothing() -> None:
    image = torch.rand(2, 3, 32, 32)
    assert torch.allclose(FromPatches(192)(ToPatches(192)(image)), image, atol=1e-5)


@torch.no_grad()
def test_what_is_drawn_tells_nothing_of_the_covered_face() -> None:
    protector = Protector()
    for parameter in protector.parameters():
        parameter.add_(torch.randn_like(parameter) * 0.02)
    key, virtual, mask = torch.randn(1, 512), smooth(1, 128), torch.zeros(1, 1, 16, 16)
    mask[..., 4:6, 4:12] = 1
    photo, other = smooth(1, 128), smooth(1, 128)
    rows, columns = slice(32, 48), slice(32, 96)
    other[..., rows, columns] = photo[..., rows, columns]
    assert torch.equal(protector(photo, virtual, key, mask), protector(other, virtual, key, mask))
    other[..., 40, 40] += 0.5
    assert not torch.equal(protector(photo, virtual, key, mask), protector(other, virtual, key, mask))


@torch.no_grad()
def test_sign_cells_keep_the_photo() -> None:
    image, virtual, key = smooth(1, 128), smooth(1, 128), torch.randn(1, 512)
    protected = Protector()(image, virtual, key, torch.ones(1, 1, 16, 16))
    assert torch.allclose(protected, image, atol=1e-4)


@torch.no_grad()
def test_a_window_is_a_part_of_the_whole_for_the_convolutions() -> None:
    image, virtual, key = smooth(1, 256), smooth(1, 256), torch.randn(1, 512)
    protector, mask = Protector(), torch.zeros(1, 1, 32, 32)
    whole = protector(image, virtual, key, mask)
    rows = slice(64, 192)
    part = protector(image[..., rows, rows], virtual[..., rows, rows], key, mask[..., :16, :16], (8, 8))
    assert torch.allclose(whole[..., rows, rows], part, atol=1e-3)


def test_export_agrees_and_stores_half(tmp_path: Path) -> None:
    network, image = Restorer(depth=1), (1, 3, 256, 256)
    inputs = {"sealed": image, "protected": image, "size": (1, 1)}
    fields = export_network(RestorerGraph(network), inputs, ["restored"], "restorer", tmp_path)
    assert fields["outputs"] == {"restored": [1, 3, 256, 256]}
    parameters = sum(parameter.numel() for parameter in network.parameters())
    assert (tmp_path / "restorer.onnx").stat().st_size < 3 * parameters


@pytest.mark.parametrize("name", ["protector", "restorer"])
def test_training_goes_on_from_what_was_exported(name: str, tmp_path: Path) -> None:
    image = (1, 3, 256, 256)
    if name == "protector":
        network, recovered = Protector(depth=2), Protector(depth=2)
        graph = ProtectorGraph(network)
        inputs = {"image": image, "virtual": image, "key": (1, 512), "sign_mask": (1, 1, 32, 32)}
    else:
        network, recovered = Restorer(depth=2), Restorer(depth=2)
        graph, inputs = RestorerGraph(network), {"sealed": image, "protected": image, "size": (1, 1)}
    with torch.no_grad():
        for parameter in network.parameters():  # the exporter merges equal tensors, which training sets apart
            parameter.add_(0.01 * torch.randn_like(parameter))
    export_network(graph, inputs, ["out"], name, tmp_path)
    read_weights(recovered, tmp_path / f"{name}.onnx", "network.")
    for place, value in recovered.state_dict().items():
        assert torch.allclose(value, network.state_dict()[place], atol=1e-6), place


def test_an_averaged_protector_comes_back_from_its_checkpoint(tmp_path: Path) -> None:
    config = TranslatorConfig()
    network = new_protector(config)
    torch.save({"average": network.state_dict(), "config": asdict(config)}, tmp_path / "translator.pt")
    loaded = load_protector(tmp_path / "translator.pt")
    assert all(torch.equal(a, b) for a, b in zip(loaded.parameters(), network.parameters(), strict=True))
