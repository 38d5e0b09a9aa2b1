"""Blocks shared by the networks. No batch norm: an image must not depend on its batch."""

import torch.nn.functional as F
from torch import Tensor, nn


def conv(channels_in: int, channels_out: int, kernel: int = 3, stride: int = 1) -> nn.Conv2d:
    """A convolution that keeps the size at stride 1."""
    return nn.Conv2d(channels_in, channels_out, kernel, stride, kernel // 2)


class Residual(nn.Module):
    """Two 3×3 convolutions with a ReLU between and a skip connection (paper, section 4.1). Starts as identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = conv(channels, channels)
        self.second = conv(channels, channels)
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
    """A pre-norm Transformer block."""

    def __init__(self, width: int, heads: int, expansion: int = 4) -> None:
        super().__init__()
        self.heads = heads
        self.norm_attention, self.norm_mlp = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.expand, self.contract = nn.Linear(width, expansion * width), nn.Linear(expansion * width, width)
        for layer in (self.out, self.contract):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.zeros_(layer.bias)

    def forward(self, x: Tensor) -> Tensor:
        """[b, tokens, width] to the same shape."""
        batch, tokens, width = x.shape
        qkv = self.qkv(self.norm_attention(x)).view(batch, tokens, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        attended = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(batch, tokens, width)
        x = x + self.out(attended)
        return x + self.contract(F.gelu(self.expand(self.norm_mlp(x))))
