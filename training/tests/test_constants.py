"""Product and training read the same constants, and the models were made with them."""

import json

from rofi import constants
from rofi.data import ROOT


def test_the_manifest_names_the_constants_that_are_read() -> None:
    manifest = json.loads((ROOT.parent / "public" / "models" / "manifest.json").read_text())
    assert manifest["constants"] == constants.digest()
