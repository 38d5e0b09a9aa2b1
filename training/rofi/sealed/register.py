"""Finds the alignment of a protected photo by the public synchronisation pattern in its pixels, without any key.

Mirrored by src/engine/sealed-code/registration.ts.
"""

from collections.abc import Callable

import cv2
import numpy as np

from rofi.sealed.carriers import PUBLIC, SYNC, sync_signs
from rofi.sealed.cells import CELLS, GRID, SIZE, TO_YCC, picture

# The crop in windows of this side, pixels, each looked for on its own; and how far in each round after the first.
WINDOW = 64
STEP = 32
CLOSER = (4, 3, 2, 2)
# How far the first round looks: mostly near is enough.
NEAR, FAR = 6, 12
# A window that holds less of the pattern than this share of its pixels tells too little.
LEAST = 0.4


def pattern() -> np.ndarray:
    """The synchronisation pattern as luma of the crop, float [256, 256]."""
    code = np.zeros((3, GRID * GRID, 64))
    code[0][np.ix_(CELLS, SYNC)] = PUBLIC * sync_signs()
    return np.einsum("yxc,c->yx", picture(code), TO_YCC[0])


PATTERN = pattern()


def _windows() -> list[tuple[int, int]]:
    corners = [(y, x) for y in range(0, SIZE - WINDOW + 1, STEP) for x in range(0, SIZE - WINDOW + 1, STEP)]
    return [(y, x) for y, x in corners if (PATTERN[y : y + WINDOW, x : x + WINDOW] != 0).mean() > LEAST]


WINDOWS = _windows()


def whiten(luma: np.ndarray) -> np.ndarray:
    """Luma less its 4-neighbours' mean, limited: the face's own edges must not drown the pattern."""
    padded = np.pad(luma, 1, mode="edge")
    around = (padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]) / 4
    return np.clip(luma - around, -6, 6)


def displacements(luma: np.ndarray, reach: int) -> np.ndarray:
    """For each window where the pattern is found in luma [256, 256]: (x, y of its middle, right, down, sureness)."""
    seen = np.pad(whiten(luma), reach).astype(np.float32)
    wanted = whiten(PATTERN).astype(np.float32)
    found = []
    for top, left in WINDOWS:
        part = wanted[top : top + WINDOW, left : left + WINDOW]
        around = seen[top : top + WINDOW + 2 * reach, left : left + WINDOW + 2 * reach]
        likeness = cv2.matchTemplate(around, part, cv2.TM_CCORR)
        dy, dx = np.unravel_index(likeness.argmax(), likeness.shape)
        right = dx - reach + _between(likeness[dy], dx)
        down = dy - reach + _between(likeness[:, dx], dy)
        spread = np.sqrt((likeness**2).mean())
        found.append((left + WINDOW / 2, top + WINDOW / 2, right, down, likeness[dy, dx] / (spread + 1e-9)))
    return np.array(found)


def _between(values: np.ndarray, at: int) -> float:
    """Where the parabola through a maximum and its neighbours has its top, -0.5..0.5."""
    if at in (0, len(values) - 1):
        return 0.0
    before, here, after = values[at - 1 : at + 2]
    bend = before - 2 * here + after
    return float(np.clip((before - after) / (2 * bend), -0.5, 0.5)) if bend < 0 else 0.0


def fit(found: np.ndarray) -> np.ndarray:
    """The similarity [2, 3] that moves the pattern's places to where they were found, weighted by sureness."""
    x, y, right, down, sure = found.T
    weight = sure**2
    for _ in range(6):
        root = np.sqrt(np.concatenate([weight, weight]))
        zero, one = np.zeros_like(x), np.ones_like(x)
        # x' = a x - b y + tx, y' = b x + a y + ty, about the crop's middle
        u, v = x - SIZE / 2, y - SIZE / 2
        rows = np.concatenate([np.stack([u, -v, one, zero], 1), np.stack([v, u, zero, one], 1)])
        goal = np.concatenate([u + right, v + down])
        a, b, tx, ty = np.linalg.lstsq(rows * root[:, None], goal * root, rcond=None)[0]
        off = np.hypot(a * u - b * v + tx - u - right, b * u + a * v + ty - v - down)
        weight = sure**2 / (1 + (off / max(0.25, np.median(off))) ** 2) ** 2
    turn = np.array([[a, -b], [b, a]])
    return np.concatenate([turn, (np.array([tx, ty]) + SIZE / 2 - turn @ [SIZE / 2, SIZE / 2])[:, None]], 1)


def register(cut: Callable[[np.ndarray], np.ndarray], transform: np.ndarray, reach: int) -> np.ndarray:
    """The alignment [2, 3], photo to crop pixels, near `transform`, at which the pattern lies in its place.

    cut: gives the crop float [256, 256, 3], 0..255, of an alignment. reach: how many crop pixels that may be off.
    """
    for look in (reach, *CLOSER):
        moved = fit(displacements(cut(transform) @ TO_YCC[0], look))
        back = np.linalg.inv(np.vstack([moved, [0, 0, 1]]))
        transform = (back @ np.vstack([transform, [0, 0, 1]]))[:2]
    return transform
