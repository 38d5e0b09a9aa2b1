"""Protector: Extractor, Neural Identity Translator, substitution, DA-Former, Dec-Net (paper, section 4.1)."""

import torch
from torch import Tensor, nn

from rofi.networks.translator import DecNet, Extractor, Former, Hide


class Protector(nn.Module):
    """Turns a photo into the key's virtual person, keeps the sign cells, and hides the way back."""

    def __init__(self, width: int = 192, heads: int = 6, stem: int = 8, expansion: int = 4, depth: int = 6) -> None:
        super().__init__()
        self.extractor = Extractor(width, stem)
        self.translator = Former(width, heads, expansion, depth, 2 * width, keyed=True)
        self.hide = Hide(width)
        self.da_former = Former(width, heads, expansion, 2, width)
        self.decoder = DecNet(width, stem)

    def forward(
        self, image: Tensor, virtual: Tensor, key: Tensor, sign_mask: Tensor, origin: tuple[int, int] = (0, 0)
    ) -> Tensor:
        """Protected face [b, 3, h, w].

        image, virtual: [b, 3, h, w] in [-1, 1]. key: [b, 512]. sign_mask: [b, 1, h/8, w/8], 1 where the photo's
        features replace the translated ones. origin: the window's first cell on the 32×32 grid.
        """
        features = self.extractor(image, virtual)
        base = self.extractor.patches(virtual)
        # The translator sees of the photo what will be shown: whatever else it saw, it would hide without the key.
        drawn = self.extractor(virtual, virtual)
        translated = base + self.translator(torch.cat([drawn, base], 1), key, origin)
        substituted = translated * (1 - sign_mask) + features * sign_mask
        shown = substituted + self.da_former(substituted, None, origin)
        return self.decoder(shown + (1 - sign_mask) * self.hide(features, shown, key, origin))
