"""Loads a trained virtual identity decoder and decodes keys to what the renderer draws."""

from pathlib import Path

import numpy as np
import torch

from rofi.networks.virtual_identity import VirtualIdentity


def load_identity(checkpoint: Path) -> VirtualIdentity:
    """The decoder with averaged weights from a checkpoint of train_identity."""
    state = torch.load(checkpoint, map_location="cpu")
    network = VirtualIdentity(state["width"])
    network.load_state_dict(state["average"])
    return network.eval()


@torch.no_grad()
def decode(network: VirtualIdentity, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keys [n, 512] to textures [n, 128, 128, 3] in 0..1 and shapes [n, 468, 2]."""
    texture, shape = network(torch.from_numpy(keys).float())
    return texture.permute(0, 2, 3, 1).numpy() * 0.5 + 0.5, shape.numpy()
