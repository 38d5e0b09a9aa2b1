"""A network's entry says how it was made."""

import hashlib
import json
import sys
from pathlib import Path

import pytest
import torch

from rofi import export
from rofi.networks.restorer import Restorer
from rofi.provenance import made_of, provenance


def test_provenance_names_what_made_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "scenes.npz").write_bytes(b"scenes")
    monkeypatch.setattr(sys, "orig_argv", ["/usr/bin/python3", "-m", "rofi.train_restorer", "--run", "a b"])
    made = provenance(7, [tmp_path / "scenes.npz", tmp_path / "absent.pt"])
    assert made["command"] == "python -m rofi.train_restorer --run 'a b'"
    assert made["seed"] == 7
    assert made["data"] == {"scenes.npz": hashlib.sha256(b"scenes").hexdigest()}
    assert made["commit"] is None or len(str(made["commit"])) == 40


def test_many_files_have_one_digest_as_sha256sum_would_give_it(tmp_path: Path) -> None:
    files = [tmp_path / f"shard-{number:03}.npz" for number in range(20)]
    for file in files:
        file.write_bytes(file.name.encode())
    lines = "".join(f"{hashlib.sha256(file.name.encode()).hexdigest()}  {file.name}\n" for file in files)
    together = hashlib.sha256(lines.encode()).hexdigest()
    assert provenance(0, reversed(files))["data"] == {"shard-000.npz to shard-019.npz, 20 files": together}


def test_an_old_checkpoint_says_nothing(tmp_path: Path) -> None:
    torch.save({"step": 1}, tmp_path / "old.pt")
    assert made_of(tmp_path / "old.pt") == {}


def test_export_enters_how_a_network_was_made_and_keeps_what_it_did_not_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs, models = tmp_path / "runs", tmp_path / "models"
    runs.mkdir()
    models.mkdir()
    made = {"command": "python -m rofi.train_restorer", "commit": None, "seed": 0, "data": {}}
    torch.save({"average": Restorer().state_dict(), "made": made}, runs / "restorer.pt")
    other = {
        "name": "selfie_segmenter",
        "version": "1.0.0",
        "file": "selfie_segmenter.tflite",
        "bytes": 1,
        "sha256": "",
    }
    (models / "manifest.json").write_text(json.dumps({"version": 1, "constants": "", "models": [other]}))
    mesh = Path(export.ROOT.parent / "public" / "models" / "face_mesh.json").read_text()
    monkeypatch.setattr(export, "train_mesh", lambda: None)
    monkeypatch.setattr(export, "write_mesh", lambda _, file: file.write_text(mesh))
    monkeypatch.setattr(sys, "argv", ["export", "--runs", str(runs), "--models", str(models), "--version", "9.0.0"])
    export.main()
    entries = {entry["name"]: entry for entry in json.loads((models / "manifest.json").read_text())["models"]}
    assert entries["restorer"]["made"] == made and entries["restorer"]["version"] == "9.0.0"
    assert entries["selfie_segmenter"] == other
