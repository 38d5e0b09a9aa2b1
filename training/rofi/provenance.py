"""How a network was made: its checkpoint says so, and its entry in the manifest."""

import hashlib
import shlex
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import torch

from rofi.data import ROOT

MOST_NAMED = 8
"""More files than these get one digest together: the manifest travels to everybody who opens the page."""


def provenance(seed: int, data: Iterable[Path]) -> dict[str, object]:
    """The command that runs, the commit it runs on, its seed, and the SHA-256 of every file it learns from.

    Of many files it is that of the lines `sha256sum` prints for them. A file that is not there, such as the checkpoint
    of a run that begins, is left out.
    """
    return {
        "command": shlex.join(["python", *sys.orig_argv[1:]]),
        "commit": _commit(),
        "seed": seed,
        "data": _briefly({file.name: _sha256(file) for file in sorted(data) if file.exists()}),
    }


def _briefly(digests: dict[str, str]) -> dict[str, str]:
    if len(digests) <= MOST_NAMED:
        return digests
    names = list(digests)
    lines = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    return {f"{names[0]} to {names[-1]}, {len(names)} files": hashlib.sha256(lines.encode()).hexdigest()}


def made_of(checkpoint: Path) -> dict[str, object]:
    """What a manifest entry says of how its network was made; empty for checkpoints that do not know."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=False)
    return {"made": state["made"]} if "made" in state else {}


def _commit() -> str | None:
    """None where the sources are a copy without their history."""
    told = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, cwd=ROOT)
    return told.stdout.strip() if told.returncode == 0 else None


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
