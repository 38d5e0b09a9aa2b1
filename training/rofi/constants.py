"""The constants that the product and training share, read from the product's own file: neither has them twice."""

import hashlib
import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "src" / "engine" / "constants.json"
CONSTANTS: dict[str, Any] = json.loads(FILE.read_text())


def digest() -> str:
    """SHA-256 of the file, in hex: models and product belong together when the manifest names the same."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()


def pair(of: dict[str, float]) -> tuple[float, float]:
    """A point or size {x, y} as numbers."""
    return of["x"], of["y"]
