"""Contact sheets: rows of faces to be looked at."""

from pathlib import Path

import cv2
import torch
from torch import Tensor


def write_sheet(rows: list[Tensor], file: Path, columns: int = 10) -> None:
    """Writes rows of images [b, 3, h, w] in [-1, 1] as one picture, `columns` faces a row."""
    sheet = torch.cat([torch.cat(list(row[:columns]), 2) for row in rows], 1)
    pixels = ((sheet.float().cpu().clamp(-1, 1) + 1) * 127.5).round().byte().permute(1, 2, 0).numpy()
    cv2.imwrite(str(file), pixels[..., ::-1])
