"""Prepare command: unpacks the faces and computes the shape-free textures and the donors.

python -m rofi.prepare
"""

from rofi.data import load
from rofi.textures import donors, train_textures


def main() -> None:
    """Fill the cache; what is there already is kept."""
    for split in ("train", "val"):
        print(f"{split}: {len(load(split))} faces")
    print(f"textures: {len(train_textures())}, donors: {len(donors())}")


if __name__ == "__main__":
    main()
