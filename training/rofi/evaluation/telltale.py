"""A small classifier that learns to tell protected faces from originals: what still looks drawn."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

STEPS, BATCH, RATE = 300, 24, 2e-3
PATCH, PATCHES = 96, 8
# The drawn face lies here in every crop; nothing outside differs.
TOP, LEFT, HEIGHT, WIDTH = 72, 56, 152, 144


def telltale(originals: np.ndarray, protected: np.ndarray, seed: int = 0) -> np.ndarray:
    """Scores [n, 2] of originals and protected crops uint8 [n, 256, 256, 3], higher for protected.

    Each half of the pairs is judged by a network that was trained on the other half.
    """
    half = np.random.default_rng(seed).permutation(len(originals)) % 2
    scores = np.zeros((len(originals), 2))
    for fold in (0, 1):
        network = _train(originals[half != fold], protected[half != fold], seed)
        for column, images in enumerate((originals, protected)):
            scores[half == fold, column] = _score(network, images[half == fold])
    return scores


def auc(scores: np.ndarray) -> float:
    """Chance that a protected face scores above an original, ties counted half; scores [n, 2]."""
    above = scores[:, 1][:, None] - scores[:, 0][None]
    return float((above > 0).mean() + 0.5 * (above == 0).mean())


def _network() -> nn.Module:
    layers: list[nn.Module] = []
    for inputs, outputs in ((3, 16), (16, 24), (24, 32), (32, 48)):
        layers += [nn.Conv2d(inputs, outputs, 3, 2, 1), nn.GroupNorm(4, outputs), nn.LeakyReLU(0.1)]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(48, 1))


def _train(originals: np.ndarray, protected: np.ndarray, seed: int) -> nn.Module:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = _network()
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, STEPS)
    labels = torch.tensor([0.0, 1.0]).repeat_interleave(BATCH)
    for _ in range(STEPS):
        chosen = rng.integers(len(originals), size=BATCH)
        batch = torch.cat([_patches(images[chosen], rng) for images in (originals, protected)])
        loss = F.binary_cross_entropy_with_logits(network(batch)[:, 0], labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return network.eval()


def _score(network: nn.Module, images: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(0)
    with torch.no_grad():
        return np.mean([network(_patches(images, rng))[:, 0].numpy() for _ in range(PATCHES)], axis=0)


def _patches(images: np.ndarray, rng: np.random.Generator) -> Tensor:
    """One patch of the face of each image, at a random place, half of them mirrored, in other light."""
    tops = TOP + rng.integers(HEIGHT - PATCH + 1, size=len(images))
    lefts = LEFT + rng.integers(WIDTH - PATCH + 1, size=len(images))
    cut = [image[t : t + PATCH, x : x + PATCH] for image, t, x in zip(images, tops, lefts, strict=True)]
    flipped = [
        patch[:, ::-1] if flip else patch for patch, flip in zip(cut, rng.random(len(images)) < 0.5, strict=True)
    ]
    values = np.stack(flipped).astype(np.float32) / 127.5 - 1
    values = values * rng.uniform(0.9, 1.1, (len(images), 1, 1, 1)) + rng.uniform(-0.1, 0.1, (len(images), 1, 1, 1))
    return torch.from_numpy(values.astype(np.float32)).permute(0, 3, 1, 2)
