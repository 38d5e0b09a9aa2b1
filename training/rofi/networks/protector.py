"""Protector: Extractor, Neural Identity Translator, substitution, DA-Former, Dec-Net (paper, section 4.1)."""

import torch
from torch import Tensor, nn

from rofi.networks.patches import STRIDE
from rofi.networks.translator import DecNet, Extractor, Former


class Protector(nn.Module):
    """Turns a photo into the key's virtual person and keeps the sign cells.

    Of the photo it sees the kept cells alone: what it draws tells nothing about the face that it covers.
    """

    def __init__(self, width: int = 192, heads: int = 6, stem: int = 8, expansion: int = 4, depth: int = 6) -> None:
        super().__init__()
        self.extractor = Extractor(width, stem)
        self.translator = Former(width, heads, expansion, depth, 2 * width, keyed=True)
        self.da_former = Former(width, heads, expansion, 2, width)
        self.decoder = DecNet(width, stem)

    def forward(
        self, image: Tensor, virtual: Tensor, key: Tensor, sign_mask: Tensor, origin: tuple[int, int] = (0, 0)
    ) -> Tensor:
        """Protected face [b, 3, h, w].

        image, virtual: [b, 3, h, w] in [-1, 1]. key: [b, 512]. sign_mask: [b, 1, h/8, w/8], 1 where the photo's
        features replace the translated ones. origin: the window's first cell on the 32×32 grid.
        """
        visible = virtual + upsample(sign_mask) * (image - virtual)
        features = self.extractor(visible, virtual)
        base = self.extractor.patches(virtual)
        drawn = self.extractor(virtual, virtual)
        translated = base + self.translator(torch.cat([drawn, base], 1), key, origin)
        substituted = translated * (1 - sign_mask) + features * sign_mask
        return self.decoder(substituted + self.da_former(substituted, None, origin))


def upsample(sign_mask: Tensor) -> Tensor:
    """A mask of cells [b, 1, h, w] as one of pixels [b, 1, 8h, 8w]."""
    return nn.functional.interpolate(sign_mask, scale_factor=STRIDE, mode="nearest")
