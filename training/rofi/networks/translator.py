"""The parts the protector and the restorer have in common (paper, section 4.1 and figure 6)."""

import torch
from torch import Tensor, nn

from rofi.networks.blocks import Block, Residual, Up, conv
from rofi.networks.patches import FromPatches, ToPatches

KEY = 512
GRID = 32


class Extractor(nn.Module):
    """Image to feature map: lossless patches plus convolutions that also see the virtual face."""

    def __init__(self, width: int, stem: int) -> None:
        super().__init__()
        self.patches = ToPatches(width)
        self.convolutions = nn.Sequential(
            conv(6, stem),
            nn.LeakyReLU(0.2),
            conv(stem, 2 * stem, 3, 2),
            nn.LeakyReLU(0.2),
            conv(2 * stem, 4 * stem, 3, 2),
            nn.LeakyReLU(0.2),
            Residual(4 * stem),
            conv(4 * stem, width, 3, 2),
            nn.LeakyReLU(0.2),
            conv(width, width, 1),
        )
        # Starts as the patches alone, so that what is substituted decodes to the photo from the first step.
        nn.init.zeros_(self.convolutions[-1].weight)
        nn.init.zeros_(self.convolutions[-1].bias)

    def forward(self, image: Tensor, virtual: Tensor) -> Tensor:
        """[b, 3, h, w] twice to [b, width, h/8, w/8]."""
        return self.patches(image) + self.convolutions(torch.cat([image, virtual], 1))


class Former(nn.Module):
    """Transformer over the feature map: optional key and mode tokens, then one token a cell.

    Returns what to add to the feature map; nothing, at the start.
    """

    def __init__(
        self, width: int, heads: int, expansion: int, depth: int, channels: int, keyed: bool = False, mode: bool = False
    ) -> None:
        super().__init__()
        self.enter = nn.Conv2d(channels, width, 1)
        self.place = nn.Parameter(torch.randn(1, width, GRID, GRID) * 0.02)
        self.key = nn.Linear(KEY, width) if keyed else None
        self.mode = nn.Parameter(torch.randn(1, 1, width) * 0.02) if mode else None
        self.blocks = nn.ModuleList(Block(width, heads, expansion) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.leave = nn.Conv2d(width, width, 1)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def tokens(self, features: Tensor, key: Tensor | None, origin: tuple[int, int]) -> Tensor:
        """[b, channels, h, w] to the transformed tokens, one a cell, [b, width, h, w]."""
        batch, _, height, across = features.shape
        top, left = origin
        place = self.place[:, :, top : top + height, left : left + across]
        tokens = (self.enter(features) + place).flatten(2).transpose(1, 2)
        prefix = []
        if self.mode is not None:
            prefix.append(self.mode.expand(batch, -1, -1))
        if self.key is not None and key is not None:
            prefix.append(self.key(key)[:, None])
        tokens = torch.cat([*prefix, tokens], 1)
        for block in self.blocks:
            tokens = block(tokens, height)
        return self.norm(tokens[:, len(prefix) :]).transpose(1, 2).reshape(batch, -1, height, across)

    def forward(self, features: Tensor, key: Tensor | None = None, origin: tuple[int, int] = (0, 0)) -> Tensor:
        """What to add to the feature map [b, width, h, w]; `origin` is the window's first cell on the grid."""
        return self.leave(self.tokens(features, key, origin))


class DecNet(nn.Module):
    """Four residual blocks, up, two, up, one, up (paper, figure 6d), beside the patches' inverse."""

    def __init__(self, width: int, stem: int) -> None:
        super().__init__()
        self.patches = FromPatches(width)
        self.stages = nn.Sequential(
            *(Residual(width, width // 4) for _ in range(4)),
            Up(width, 4 * stem),
            *(Residual(4 * stem) for _ in range(2)),
            Up(4 * stem, 2 * stem),
            Residual(2 * stem),
            Up(2 * stem, stem),
            nn.ReLU(),
            conv(stem, 3),
        )
        nn.init.zeros_(self.stages[-1].weight)
        nn.init.zeros_(self.stages[-1].bias)

    def forward(self, features: Tensor) -> Tensor:
        """[b, width, h, w] to an image [b, 3, 8h, 8w]."""
        return self.patches(features) + self.stages(features)
