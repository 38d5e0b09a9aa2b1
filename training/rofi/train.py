"""Train command: one stage from a configuration file; resumes from the run's checkpoint.

    python -m rofi.train configs/cpu.toml identity
    python -m rofi.train configs/cpu.toml scenes
    python -m rofi.train configs/cpu.toml translator
    python -m rofi.train configs/cpu.toml whole

`identity` trains the virtual identity decoder, `scenes` draws what the protector learns from, `translator` trains the
protector on windows, `whole` goes on with whole crops and recognition losses. The restorer has its own command,
`rofi.train_restorer`.
"""

import argparse
import os
import tomllib
from pathlib import Path

import torch

from rofi.data import ROOT
from rofi.scenes import render_scenes
from rofi.train_identity import IdentityConfig, train_identity
from rofi.train_translator import TranslatorConfig, train_translator


def main() -> None:
    """Run one stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("stage", choices=["identity", "scenes", "translator", "whole"])
    parser.add_argument("--run", type=Path, default=ROOT / "runs")
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text())
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count() or 1)))
    if arguments.stage == "identity":
        train_identity(IdentityConfig(**config["identity"]), arguments.run)
    elif arguments.stage == "scenes":
        render_scenes(arguments.run / "identity.pt", **config["scenes"])
    else:
        overrides = config["whole"] if arguments.stage == "whole" else {}
        train_translator(TranslatorConfig(**(config["translator"] | overrides)), arguments.run)


if __name__ == "__main__":
    main()
