"""Recover command: checkpoints from the exported networks, so that training goes on from what was committed.

python -m rofi.recover configs/cpu.toml --run runs
"""

import argparse
import tomllib
from dataclasses import asdict
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from rofi.data import ROOT
from rofi.networks.restorer import Restorer
from rofi.train_restorer import RestorerConfig
from rofi.train_translator import TranslatorConfig, new_protector

# The exporter folds a linear layer over tokens into an anonymous, transposed factor, in the order of use.
FOLDED_LINEAR = "MatMul"
FOLDED_PLACE = "Add"


def read_weights(network: nn.Module, file: Path, prefix: str = "") -> None:
    """Fills a network's parameters from its exported file; `prefix` is the wrapper's attribute.

    Raises KeyError or RuntimeError when the file holds another network.
    """
    stored = {
        tensor.name.removesuffix(".half").removeprefix(prefix): torch.from_numpy(numpy_helper.to_array(tensor).copy())
        for tensor in onnx.load(str(file)).graph.initializer
    }
    anonymous = sorted((name for name in stored if name.startswith("onnx::")), key=lambda name: int(name.split("_")[1]))
    linear = iter([stored[name].T for name in anonymous if FOLDED_LINEAR in name])
    places = iter([stored[name] for name in anonymous if FOLDED_PLACE in name])

    def weight(name: str) -> Tensor:
        if name in stored:
            return stored[name]
        return next(places) if name.endswith("place") else next(linear)

    # Registration order is the order of use within a block, which is all that the anonymous factors need.
    state = {name: weight(name).float() for name in network.state_dict()}
    network.load_state_dict(state)


def main() -> None:
    """Write translator.pt and restorer.pt with the exported, averaged weights; optimisers and critics start anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("config", type=Path, help="the configuration the networks were trained with")
    parser.add_argument("--models", type=Path, default=ROOT.parent / "public" / "models")
    parser.add_argument("--run", type=Path, default=ROOT / "runs")
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text())
    models: Path = arguments.models
    arguments.run.mkdir(parents=True, exist_ok=True)

    translator = TranslatorConfig(**config["translator"])
    protector, restorer = new_protector(translator), Restorer()
    read_weights(protector, models / "protector.onnx", "network.")
    read_weights(restorer, models / "restorer.onnx", "network.")
    for name, network, file, settings in (
        ("protector", protector, "translator.pt", translator),
        ("network", restorer, "restorer.pt", RestorerConfig()),
    ):
        weights = network.state_dict()
        torch.save({name: weights, "average": weights, "step": 0, "config": asdict(settings)}, arguments.run / file)


if __name__ == "__main__":
    main()
