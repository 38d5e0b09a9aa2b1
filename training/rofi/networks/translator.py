"""The parts the protector and the restorer have in common (paper, section 4.1 and figure 6)."""

import torch
from torch import Tensor, nn

from rofi.networks.blocks import Block, Residual, Up, conv
from rofi.networks.patches import COEFFICIENTS, FromPatches, ToPatches

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


CODE = 96
FINEST = COEFFICIENTS - 1
FACTORS = 7


def saturate(x: Tensor, slope: float) -> Tensor:
    """Nearly always -1 or 1, but continuous, so that every backend draws the same pattern."""
    return (slope * x).clamp(-1, 1)


def compress(x: Tensor) -> Tensor:
    """Large values on a logarithmic scale, small ones as they are: a brow needs no louder code than a cheek."""
    return x.sign() * (1 + x.abs()).log()


def expand(x: Tensor) -> Tensor:
    """The inverse, bounded: noise must not grow without limit."""
    return x.sign() * (x.abs().clamp(max=4).exp() - 1)


class KeySigns(nn.Module):
    """The key's scrambling pattern: a sign for every channel and cell of the hidden code.

    Every sign is the majority of seven products of three soft signs, each of them a fixed random mix of the whole
    key: nothing in the pattern depends on a single number of the key alone, and a wrong key flips half of it.
    """

    def __init__(self, seed: int = 2025) -> None:
        super().__init__()
        random = torch.Generator().manual_seed(seed)
        for name, size in (("channels", CODE), ("rows", GRID), ("columns", GRID)):
            mix = torch.randn(KEY, FACTORS * size, generator=random) / KEY**0.5
            self.register_buffer(name, mix.half().float())

    def forward(self, key: Tensor, origin: tuple[int, int], height: int, across: int) -> Tensor:
        """Key [b, 512] to signs [b, 96, height, across] in [-1, 1], nearly all of them at either end."""
        top, left = origin

        def soft(mix: Tensor, size: int) -> Tensor:
            return saturate(key.float() @ mix, 30).view(-1, FACTORS, size)

        rows = soft(self.rows, GRID)[:, :, top : top + height, None]
        columns = soft(self.columns, GRID)[:, :, None, left : left + across]
        cells = (rows * columns).flatten(2)
        votes = soft(self.channels, CODE).transpose(1, 2) @ cells
        return saturate(votes, 1).view(-1, CODE, height, across)


class Hide(nn.Module):
    """Writes a code into fine, faint coefficients, in their place, its channels' signs drawn from the key.

    Starts as classical spread-spectrum hiding: the smooth difference between photo and shown face, at a fifth
    of its strength, instead of the finest coefficients.
    """

    def __init__(self, width: int, strength: float = 0.2) -> None:
        super().__init__()
        self.signs = KeySigns()
        self.encode = nn.Conv2d(width, CODE, 1)
        self.write = nn.Conv2d(CODE, width, 1, bias=False)
        self.erase = nn.Conv2d(width, width, 1, bias=False)
        for layer in (self.encode, self.write, self.erase):
            nn.init.zeros_(layer.weight)
        nn.init.zeros_(self.encode.bias)
        with torch.no_grad():
            for i in range(CODE):
                self.encode.weight[i, i] = 1
                self.write.weight[FINEST - i, i] = strength
                self.erase.weight[FINEST - i, FINEST - i] = 1

    def forward(self, photo: Tensor, shown: Tensor, key: Tensor, origin: tuple[int, int]) -> Tensor:
        """Feature maps of the photo and of what will be shown, [b, width, h, w], to what to add to the latter."""
        code = compress(self.encode(photo - shown)) * self.signs(key, origin, *shown.shape[2:])
        return self.write(code) - self.erase(shown)


class Reveal(nn.Module):
    """Reads the code back from a protected photo, and erases it there."""

    def __init__(self, width: int, strength: float = 0.2) -> None:
        super().__init__()
        self.signs = KeySigns()
        self.read = nn.Conv2d(width, CODE, 1, bias=False)
        self.decode = nn.Conv2d(CODE, width, 1)
        self.erase = nn.Conv2d(width, width, 1, bias=False)
        for layer in (self.read, self.decode, self.erase):
            nn.init.zeros_(layer.weight)
        nn.init.zeros_(self.decode.bias)
        with torch.no_grad():
            for i in range(CODE):
                self.read.weight[i, FINEST - i] = 1 / strength
                self.decode.weight[i, i] = 1
                self.erase.weight[FINEST - i, FINEST - i] = 1

    def forward(self, shown: Tensor, key: Tensor, origin: tuple[int, int]) -> tuple[Tensor, Tensor]:
        """Feature map [b, width, h, w] to the code [b, 96, h, w] and what to add to have the photo's features."""
        code = self.read(shown) * self.signs(key, origin, *shown.shape[2:])
        return code, self.decode(expand(code)) - self.erase(shown)
