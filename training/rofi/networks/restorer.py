"""Restorer: own Extractor and Dec-Net, key token and learned restoring token (paper, section 4.1)."""

import torch
from torch import Tensor, nn

from rofi.networks.translator import CODE, DecNet, Extractor, Former, Reveal


class Restorer(nn.Module):
    """Gives the original back for the key it was protected with, and that key's virtual face for any other."""

    def __init__(self, width: int = 192, heads: int = 6, stem: int = 8, expansion: int = 4, depth: int = 6) -> None:
        super().__init__()
        self.extractor = Extractor(width, stem)
        self.reveal = Reveal(width)
        self.translator = Former(width, heads, expansion, depth, 2 * width + CODE, keyed=True, mode=True)
        self.gate = nn.Linear(width, 1)
        self.decoder = DecNet(width, stem)
        nn.init.zeros_(self.gate.weight)
        nn.init.constant_(self.gate.bias, 2.0)

    def forward(self, image: Tensor, virtual: Tensor, key: Tensor, origin: tuple[int, int] = (0, 0)) -> Tensor:
        """Restored face [b, 3, h, w] from a protected one.

        image, virtual: [b, 3, h, w] in [-1, 1], the virtual face drawn with `key` [b, 512] on the protected photo.
        """
        features = self.extractor(image, virtual)
        base = self.extractor.patches(virtual)
        code, revealed = self.reveal(features - base, key, origin)
        seen = self.translator.tokens(torch.cat([features, base, code], 1), key, origin)
        # How far the key fits: what a wrong key reveals is noise and is left out.
        fits = torch.sigmoid(self.gate(seen.mean((2, 3))))[..., None, None]
        return self.decoder(base + fits * revealed + self.translator.leave(seen))
