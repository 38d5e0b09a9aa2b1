"""Train command: one stage from a configuration file; resumes from the run's checkpoint.

    python -m rofi.train configs/cpu.toml translator
    python -m rofi.train configs/cpu.toml whole

`translator` trains the protector on windows of what `rofi.scenes` has drawn, `whole` goes on with whole crops and
recognition losses. The restorer has its own command,
`rofi.train_restorer`.
"""

import argparse
import os
import tomllib
from pathlib import Path

import torch

from rofi.data import ROOT
from rofi.train_translator import TranslatorConfig, train_translator


def main() -> None:
    """Run one stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=Path)
    parser.add_argument("stage", choices=["translator", "whole"])
    parser.add_argument("--run", type=Path, default=ROOT / "runs")
    arguments = parser.parse_args()
    config = tomllib.loads(arguments.config.read_text())
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count() or 1)))
    overrides = config["whole"] if arguments.stage == "whole" else {}
    train_translator(TranslatorConfig(**(config["translator"] | overrides)), arguments.run)


if __name__ == "__main__":
    main()
