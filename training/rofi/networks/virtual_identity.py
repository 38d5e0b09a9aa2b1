"""Virtual identity decoder: a key becomes a person's shape-free texture and face shape."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from rofi.networks.blocks import Residual, Up, conv

KEY = 512
TEXTURE_PART = slice(0, 192)
SHAPE_PART = slice(192, 232)
DETAIL_PART = slice(232, 512)
LINEAR_SIZE = 64
# How far keys reach for the donors' 1: far in what tells people apart, less far in lips, teeth and beard, which the
# first three components hold and which turn garish, and in fine detail, which turns to speckle.
SPREAD = torch.cat([torch.tensor([2.0, 1.5, 1.0]), torch.full((37,), 2.7), torch.full((152,), 0.8)])


class Modulated(nn.Module):
    """A residual block whose inner channels are scaled by the key's detail part."""

    def __init__(self, channels: int, style: int) -> None:
        super().__init__()
        self.body = Residual(channels)
        self.scale = nn.Linear(style, channels)
        nn.init.normal_(self.scale.weight, std=0.02)
        nn.init.zeros_(self.scale.bias)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """[b, c, h, w] and [b, style] to [b, c, h, w]."""
        inner = F.relu(self.body.first(x)) * (1 + self.scale(style))[..., None, None]
        return x + self.body.second(inner)


class VirtualIdentity(nn.Module):
    """A linear model of texture and shape, and a small U-Net that turns its blur into skin, lips and brows.

    The key's first 192 numbers are whitened texture coordinates over SPREAD, the next 40 shape coordinates; the rest
    is detail.
    """

    def __init__(self, width: int = 48) -> None:
        super().__init__()
        style = 64
        self.register_buffer("spread", SPREAD.clone(), persistent=False)
        self.texture = nn.Linear(TEXTURE_PART.stop, 3 * LINEAR_SIZE**2)
        self.shape = nn.Linear(SHAPE_PART.stop - SHAPE_PART.start, 2 * 468)
        self.detail = nn.Sequential(nn.Linear(DETAIL_PART.stop - DETAIL_PART.start, style), nn.LeakyReLU(0.2))
        self.enter = conv(3, width)
        self.fine = nn.ModuleList(Modulated(width, style) for _ in range(2))
        self.down = conv(width, 2 * width, 3, 2)
        self.middle = nn.ModuleList(Modulated(2 * width, style) for _ in range(2))
        self.deeper = conv(2 * width, 3 * width, 3, 2)
        self.deep = nn.ModuleList(Modulated(3 * width, style) for _ in range(2))
        self.up_middle = Up(3 * width, 2 * width)
        self.up_fine = Up(2 * width, width)
        self.merge = nn.ModuleList([Modulated(2 * width, style), Modulated(width, style), Modulated(width, style)])
        self.up_full = Up(width, width // 2)
        self.leave = conv(width // 2, 3)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def linear_texture(self, key: Tensor) -> Tensor:
        """The linear model's texture [b, 3, 64, 64] for key [b, 512]."""
        return self.texture(self.spread * key[:, TEXTURE_PART]).view(-1, 3, LINEAR_SIZE, LINEAR_SIZE)

    def forward(self, key: Tensor) -> tuple[Tensor, Tensor]:
        """Key [b, 512] from N(0, I) to texture [b, 3, 128, 128] in [-1, 1] and shape [b, 468, 2] in crop units."""
        blurred = self.linear_texture(key)
        style = self.detail(key[:, DETAIL_PART])
        fine = self.enter(blurred)
        for block in self.fine:
            fine = block(fine, style)
        middle = F.leaky_relu(self.down(fine), 0.2)
        for block in self.middle:
            middle = block(middle, style)
        deep = F.leaky_relu(self.deeper(middle), 0.2)
        for block in self.deep:
            deep = block(deep, style)
        middle = self.merge[0](middle + self.up_middle(deep), style)
        fine = self.merge[2](self.merge[1](fine + self.up_fine(middle), style), style)
        large = F.interpolate(blurred, scale_factor=2, mode="bilinear", align_corners=False)
        texture = large + self.leave(F.leaky_relu(self.up_full(fine), 0.2))
        return texture.clamp(-1, 1), self.shape(key[:, SHAPE_PART]).view(-1, 468, 2)

    @torch.no_grad()
    def start_from(self, texture_mean: Tensor, texture_axes: Tensor, shape_mean: Tensor, shape_axes: Tensor) -> None:
        """Sets the linear parts to principal components, axes [k, d] scaled by their standard deviations."""
        self.texture.weight.copy_(texture_axes.T)
        self.texture.bias.copy_(texture_mean)
        self.shape.weight.copy_(shape_axes.T)
        self.shape.bias.copy_(shape_mean)
