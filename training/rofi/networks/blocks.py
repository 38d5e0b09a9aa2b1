"""Blocks shared by the networks. No batch norm: an image must not depend on its batch."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

POOL = 4
POOLED = POOL * POOL


def conv(channels_in: int, channels_out: int, kernel: int = 3, stride: int = 1) -> nn.Conv2d:
    """A convolution that keeps the size at stride 1."""
    return nn.Conv2d(channels_in, channels_out, kernel, stride, kernel // 2)


class Residual(nn.Module):
    """Two 3×3 convolutions with a ReLU between and a skip connection (paper, section 4.1). Starts as identity."""

    def __init__(self, channels: int, inner: int | None = None) -> None:
        super().__init__()
        self.first = conv(channels, inner or channels)
        self.second = conv(inner or channels, channels)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, x: Tensor) -> Tensor:
        """[b, c, h, w] to the same shape."""
        return x + self.second(F.relu(self.first(x)))


class Up(nn.Module):
    """Doubles the resolution by sub-pixel convolution."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__()
        self.conv = conv(channels_in, 4 * channels_out)

    def forward(self, x: Tensor) -> Tensor:
        """[b, c, h, w] to [b, c', 2h, 2w]."""
        return F.pixel_shuffle(self.conv(x), 2)


class Block(nn.Module):
    """A pre-norm Transformer block over a map of cells. Every cell asks; the prefix and 4×4 means of cells answer."""

    def __init__(self, width: int, heads: int, expansion: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm_attention, self.norm_mlp = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query, self.key_value, self.out = (nn.Linear(width, n * width) for n in (1, 2, 1))
        self.expand, self.contract = nn.Linear(width, expansion * width), nn.Linear(expansion * width, width)
        for layer in (self.out, self.contract):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.zeros_(layer.bias)

    def forward(self, x: Tensor, height: int) -> Tensor:
        """[b, prefix + cells, width], cells row by row in `height` rows, to the same shape."""
        normed = self.norm_attention(x)
        prefix, cells = normed.split([x.shape[1] % POOLED, x.shape[1] - x.shape[1] % POOLED], 1)
        means = F.avg_pool2d(cells.transpose(1, 2).unflatten(2, (height, -1)), POOL).flatten(2).transpose(1, 2)
        x = x + self.out(self._attend(self.query(normed), self.key_value(torch.cat([prefix, means], 1))))
        return x + self.contract(F.gelu(self.expand(self.norm_mlp(x))))

    def _attend(self, query: Tensor, key_value: Tensor) -> Tensor:
        q, k, v = (part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in (query, *key_value.chunk(2, 2)))
        return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
