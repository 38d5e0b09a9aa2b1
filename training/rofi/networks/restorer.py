"""Restorer: own Extractor and Dec-Net, restoring token (paper, section 4.1), on what the sealed code gave back."""

import torch
from torch import Tensor, nn

from rofi.networks.translator import DecNet, Extractor, Former


class Restorer(nn.Module):
    """Makes the original face of the small picture that was sealed into the pixels and of the protected face.

    The key has no part here: it has opened the seal (SECURITY.md), or there is nothing to restore from. Untrained, it
    gives the small picture back.
    """

    def __init__(self, width: int = 192, heads: int = 6, stem: int = 8, expansion: int = 4, depth: int = 4) -> None:
        super().__init__()
        self.extractor = Extractor(width, stem)
        self.token = nn.Linear(1, width)
        self.translator = Former(width, heads, expansion, depth, 2 * width, mode=True)
        self.decoder = DecNet(width, stem)

    def forward(self, sealed: Tensor, protected: Tensor, size: Tensor, origin: tuple[int, int] = (0, 0)) -> Tensor:
        """Restored face [b, 3, h, w] in [-1, 1].

        sealed: the small picture [b, 3, h, w], enlarged. protected: the protected face, same shape. size: [b, 1],
        binary logarithm of the small picture's bytes over 512: how much is to be made of it.
        origin: the window's first cell on the 32×32 grid.
        """
        features = self.extractor(sealed, protected)
        restoring = self.token(size)[:, :, None, None]
        seen = torch.cat([features + restoring, self.extractor.patches(protected)], 1)
        return self.decoder(features + self.translator(seen, None, origin))
