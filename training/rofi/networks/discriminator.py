"""PatchGAN discriminator with a local and a global verdict (paper, equation 6)."""

from itertools import pairwise

from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm


class Discriminator(nn.Module):
    """4×4 convolutions of stride 2 with spectral norm; one score a patch, one for the mean of all patches."""

    def __init__(self, width: int = 48, layers: int = 4) -> None:
        super().__init__()
        widths = [3, *(width * 2 ** min(i, 3) for i in range(layers))]
        stages: list[nn.Module] = []
        for channels_in, channels_out in pairwise(widths):
            stages += [spectral_norm(nn.Conv2d(channels_in, channels_out, 4, 2, 1)), nn.LeakyReLU(0.2)]
        self.stages = nn.Sequential(*stages)
        self.local_score = spectral_norm(nn.Conv2d(widths[-1], 1, 3, 1, 1))
        self.global_score = spectral_norm(nn.Linear(widths[-1], 1))

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """[b, 3, h, w] to patch scores [b, 1, h', w'] and one score an image [b, 1]."""
        features = self.stages(image)
        return self.local_score(features), self.global_score(features.mean((2, 3)))
