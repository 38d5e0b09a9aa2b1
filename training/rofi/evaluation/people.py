"""Folders of photographs: who is in which file."""

from pathlib import Path

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"}


def people_in(folder: Path) -> dict[str, list[Path]]:
    """Photos by person: a subfolder is one person, a photo that lies in the folder itself a person of its own.

    Raises FileNotFoundError when there are no photos.
    """
    people: dict[str, list[Path]] = {}
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in SUFFIXES:
            inside = file.relative_to(folder)
            people.setdefault(inside.parts[0] if len(inside.parts) > 1 else inside.stem, []).append(file)
    if not people:
        raise FileNotFoundError(f"{folder} has no photographs")
    return people
