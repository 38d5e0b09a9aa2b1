"""What happens to a file between protection and restoration, and how else a face may be seen."""

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor


def rounded(image: Tensor) -> Tensor:
    """8-bit rounding with a straight-through gradient; image in [-1, 1]."""
    image = image.clamp(-1, 1)
    return image + ((image * 127.5 + 127.5).round() / 127.5 - 1 - image).detach()


def _recompressed(image: Tensor, random: np.random.Generator) -> Tensor:
    quality = int(random.integers(85, 99))
    pixels = ((image.detach().float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()
    out = [cv2.imdecode(cv2.imencode(".jpg", p, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1) for p in pixels]
    decoded = torch.from_numpy(np.stack(out)).permute(0, 3, 1, 2).float().to(image.device) / 127.5 - 1
    return image + (decoded - image).detach()


def _in_the_photo(image: Tensor, random: np.random.Generator, jpeg: bool) -> Tensor:
    """To the size it has in a larger or smaller photo and back, compressed there with quality 85 or better."""
    size = image.shape[-1]
    other = int(size * random.uniform(0.75, 2.4))
    mid = F.interpolate(image, (other, other), mode="bicubic", antialias=other < size, align_corners=False)
    if jpeg:
        mid = _recompressed(rounded(mid), random)
    return F.interpolate(mid, (size, size), mode="bilinear", antialias=other > size, align_corners=False)


def damaged(image: Tensor, random: np.random.Generator, share: float) -> Tensor:
    """Rounds always; in `share` of the batches resamples first, in a third of these with JPEG compression."""
    if random.random() < share:
        image = _in_the_photo(image, random, jpeg=random.random() < 1 / 3)
    return rounded(image + torch.randn_like(image) * random.uniform(0, 0.5) / 127.5)


def jittered(colour: Tensor, random: np.random.Generator) -> Tensor:
    """The virtual face redrawn once more, as after file damage: bent by a part of a pixel, its light a little off."""
    batch, _, height, width = colour.shape
    pixels = random.uniform(0, 0.4)
    coarse = torch.randn(batch, 2, max(2, height // 32), max(2, width // 32), device=colour.device)
    bend = F.interpolate(coarse, (height, width), mode="bilinear", align_corners=False) * pixels
    bend = bend / colour.new_tensor([width / 2, height / 2]).view(1, 2, 1, 1)
    identity = torch.eye(2, 3, device=colour.device)[None].expand(batch, -1, -1)
    grid = F.affine_grid(identity, list(colour.shape), align_corners=False) + bend.permute(0, 2, 3, 1)
    moved = F.grid_sample(colour, grid, padding_mode="border", align_corners=False)
    return moved * (1 + torch.randn(batch, 3, 1, 1, device=colour.device) * 0.01)


def misaligned(
    images: list[Tensor], random: np.random.Generator, turning: float = 0.0015, pixels: float = 0.35
) -> list[Tensor]:
    """The same small shift, turn and scale on all images, as when the eyes are found anew without the record.

    turning: standard deviation of turn and scale. pixels: that of the shift.
    """
    like = images[0]
    batch, _, height, width = like.shape
    turn, scale = random.normal(0, turning, (2, batch))
    shift = random.normal(0, pixels, (batch, 2)) * 2 / (width, height)
    rows = np.stack([1 + scale, -turn, shift[:, 0], turn, 1 + scale, shift[:, 1]], 1).reshape(batch, 2, 3)
    grid = F.affine_grid(torch.from_numpy(rows).float().to(like.device), list(like.shape), align_corners=False)
    return [F.grid_sample(i, grid, padding_mode="border", align_corners=False) for i in images]


def glimpsed(image: Tensor, random: np.random.Generator) -> Tensor:
    """A face as another camera would show it: nearer or farther, turned a little, blurred, in other light."""
    (moved,) = misaligned([image], random, turning=0.03, pixels=4)
    kernel = int(random.choice([1, 3, 5]))
    moved = F.avg_pool2d(moved, kernel, 1, kernel // 2, count_include_pad=False)
    contrast, light = (torch.randn(image.shape[0], 3, 1, 1, device=image.device) * 0.08 for _ in range(2))
    return moved * (1 + contrast) + light
