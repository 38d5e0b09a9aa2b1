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
        self.key_fits, self.cell_holds = nn.Linear(width, 1), nn.Conv2d(width, 1, 1)
        self.decoder = DecNet(width, stem)
        for gate in (self.key_fits, self.cell_holds):
            nn.init.zeros_(gate.weight)
            nn.init.constant_(gate.bias, 4.0)

    def forward(self, image: Tensor, virtual: Tensor, key: Tensor, origin: tuple[int, int] = (0, 0)) -> Tensor:
        """Restored face [b, 3, h, w] from a protected one.

        image, virtual: [b, 3, h, w] in [-1, 1], the virtual face drawn with `key` [b, 512] on the protected photo.
        """
        features = self.extractor(image, virtual)
        base = self.extractor.patches(virtual)
        code, revealed = self.reveal(features, key, origin)
        seen = self.translator.tokens(torch.cat([features, base, code], 1), key, origin)
        # A cell where a sign was kept holds no code but the photo itself.
        photo = features + torch.sigmoid(self.cell_holds(seen)) * revealed
        # What a wrong key reveals is noise: that key's virtual face takes its place.
        fits = torch.sigmoid(self.key_fits(seen.mean((2, 3))))[..., None, None]
        return self.decoder(base + fits * (photo - base) + self.translator.leave(seen))
