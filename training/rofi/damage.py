"""How else a face may be seen than its protected photo shows it."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

# Standard deviations of turn and scale, and of the shift in pixels.
TURNING, SHIFT = 0.03, 4


def glimpsed(image: Tensor, random: np.random.Generator) -> Tensor:
    """A face as another camera would show it: nearer or farther, turned a little, blurred, in other light."""
    batch, _, height, width = image.shape
    turn, scale = random.normal(0, TURNING, (2, batch))
    shift = random.normal(0, SHIFT, (batch, 2)) * 2 / (width, height)
    rows = np.stack([1 + scale, -turn, shift[:, 0], turn, 1 + scale, shift[:, 1]], 1).reshape(batch, 2, 3)
    grid = F.affine_grid(torch.from_numpy(rows).float().to(image.device), list(image.shape), align_corners=False)
    moved = F.grid_sample(image, grid, padding_mode="border", align_corners=False)
    kernel = int(random.choice([1, 3, 5]))
    moved = F.avg_pool2d(moved, kernel, 1, kernel // 2, count_include_pad=False)
    contrast, light = (torch.randn(image.shape[0], 3, 1, 1, device=image.device) * 0.08 for _ in range(2))
    return moved * (1 + contrast) + light
