"""Finds the alignment of a protected photo by the public synchronisation pattern in its pixels, without any key.

Mirrored by src/engine/sealed-code/registration.ts.
"""

from collections.abc import Callable
from itertools import product

import cv2
import numpy as np

from rofi.sealed.carriers import HEADER, LUMA, LUMA_LEVELS, PUBLIC, SYNC, presence, sync_signs
from rofi.sealed.cells import CELL, CELLS, GRID, SIZE, TO_YCC, dct, picture, planes_of

# The crop in windows of this side, pixels, each looked for on its own; and how far in each round after the first.
WINDOW = 64
STEP = 32
CLOSER = (3, 2)
# Growths and turns, radians, that the first round tries: at each step a window moves by less than a pixel.
STEPS = 0.007 * np.arange(-7, 8)
# How often the last pixel's part is corrected, and how much farther than it seems off: what is seen draws the levels
# that it is compared with along.
REFINED, EAGERNESS = 3, 4
# How far the first round looks: mostly near is enough.
NEAR, FAR = 6, 12
# A start that is this much larger or more turned is one pixel nearer at a window's edge.
LARGER = 0.035
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
# The windows' middles, x and y from the crop's.
MIDDLES = np.array([(left, top) for top, left in WINDOWS]) + WINDOW / 2 - SIZE / 2


def whiten(luma: np.ndarray) -> np.ndarray:
    """Luma less its 4-neighbours' mean, limited: the face's own edges must not drown the pattern."""
    padded = np.pad(luma, 1, mode="edge")
    around = (padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:]) / 4
    return np.clip(luma - around, -6, 6)


def likenesses(luma: np.ndarray, reach: int) -> np.ndarray:
    """How much each window of luma [256, 256], moved by up to `reach`, is like the pattern: [windows, down, right].

    In units of its root mean square.
    """
    seen = np.pad(whiten(luma), reach).astype(np.float32)
    wanted = whiten(PATTERN).astype(np.float32)
    found = []
    for top, left in WINDOWS:
        part = wanted[top : top + WINDOW, left : left + WINDOW]
        around = seen[top : top + WINDOW + 2 * reach, left : left + WINDOW + 2 * reach]
        likeness = cv2.matchTemplate(around, part, cv2.TM_CCORR)
        found.append(likeness / (np.sqrt((likeness**2).mean()) + 1e-9))
    return np.array(found)


def likeliest(found: np.ndarray) -> tuple[np.ndarray, float]:
    """The similarity [2, 3] at which all windows together are most like the pattern, to a pixel, and how much they are.

    found: what `likenesses` gives.
    """
    count, side = found.shape[:2]
    most = int(np.ceil(2 * STEPS.max() * np.abs(MIDDLES).max()))
    wide = np.pad(found, ((0, 0), (most, most), (most, most)))
    best, similarity = 0.0, np.eye(2, 3)
    for growth, turn in product(STEPS, repeat=2):
        matrix = np.array([[1 + growth, -turn], [turn, 1 + growth]])
        moves = np.floor(MIDDLES @ matrix.T - MIDDLES + 0.5).astype(int) + most
        together = sum(wide[i, y : y + side, x : x + side] for i, (x, y) in enumerate(moves))
        if together.max() > best:
            best = together.max()
            down, right = np.unravel_index(together.argmax(), together.shape)
            similarity = _about_middle(matrix, np.array([right, down]) - side // 2)
    return similarity, float(best / np.sqrt(count))


def displacements(luma: np.ndarray, reach: int) -> np.ndarray:
    """For each window where the pattern is found in luma [256, 256]: (x, y of its middle, right, down, sureness)."""
    found = []
    for middle, likeness in zip(MIDDLES + SIZE / 2, likenesses(luma, reach), strict=True):
        dy, dx = np.unravel_index(likeness.argmax(), likeness.shape)
        right = dx - reach + _between(likeness[dy], dx)
        down = dy - reach + _between(likeness[:, dx], dy)
        found.append((*middle, right, down, likeness[dy, dx]))
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
    return _about_middle(np.array([[a, -b], [b, a]]), np.array([tx, ty]))


def _about_middle(matrix: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """A similarity [2, 3] that turns and grows about the crop's middle, and shifts."""
    middle = np.full(2, SIZE / 2)
    return np.concatenate([matrix, (shift + middle - matrix @ middle)[:, None]], 1)


COLUMNS, ROWS = np.meshgrid(np.arange(SIZE) + 0.5 - SIZE / 2, np.arange(SIZE) + 0.5 - SIZE / 2)
CODE = slice(SYNC.start, None)


def refine(luma: np.ndarray) -> np.ndarray:
    """The small similarity [2, 3] that moves what is written in luma [256, 256] to where it is seen.

    What is seen is taken for the nearest levels that could have been written; what is left over tells how far they are
    from their place, by least squares over all cells that hold code.
    """
    seen = np.zeros((GRID * GRID, 64))
    seen[CELLS, CODE] = dct(luma)[CELLS, CODE]
    written = _nearest(seen[CELLS])
    weight = presence(written[:, SYNC] * seen[CELLS][:, SYNC] / PUBLIC)
    pattern = np.zeros_like(seen)
    pattern[CELLS] = written
    plane, right, down = planes_of(pattern)
    parts = np.stack([plane, right, down, COLUMNS * right + ROWS * down, COLUMNS * down - ROWS * right])
    weights = np.zeros(GRID * GRID)
    weights[CELLS] = weight
    parts, weights = parts.reshape(5, -1), np.kron(weights.reshape(GRID, GRID), np.ones((CELL, CELL))).ravel()
    strength, *moves = np.linalg.solve(
        (parts * weights) @ parts.T + np.eye(5) * 1e-6, (parts * weights) @ planes_of(seen)[0].ravel()
    )
    # What is seen at x is what was written at x less how far it moved.
    x, y, growth, turn = np.clip(-EAGERNESS * np.array(moves) / max(strength, 1e-6), -1, 1)
    return _about_middle(np.array([[1 + growth, -turn], [turn, 1 + growth]]), np.array([x, y]))


def _nearest(seen: np.ndarray) -> np.ndarray:
    """Coefficients [code cells, 64] as they may have been written: the pattern known, the others by their levels."""
    inner, outer = LUMA_LEVELS
    written = np.zeros_like(seen)
    written[:, SYNC] = PUBLIC * sync_signs()
    written[:, HEADER] = PUBLIC * np.sign(seen[:, HEADER])
    far = np.abs(seen[:, LUMA]) > (inner + outer) / 2
    written[:, LUMA] = np.sign(seen[:, LUMA]) * np.where(far, outer, inner)
    return written


def register(cut: Callable[[np.ndarray], np.ndarray], starts: list[np.ndarray], reach: int) -> np.ndarray:
    """The alignment [2, 3], photo to crop pixels, near the best of `starts`, at which the pattern lies in its place.

    cut: gives the crop float [256, 256, 3], 0..255, of an alignment. reach: how many crop pixels that may be off.
    """
    looks = [(*likeliest(likenesses(_luma(cut, start), reach)), start) for start in starts]
    similarity, _, start = max(looks, key=lambda look: look[1])
    transform = _moved(similarity, start)
    for look in CLOSER:
        transform = _moved(fit(displacements(_luma(cut, transform), look)), transform)
    for _ in range(REFINED):
        transform = _moved(refine(_luma(cut, transform)), transform)
    return transform


def starts_round(transform: np.ndarray) -> list[np.ndarray]:
    """Alignments that are larger, smaller and turned about the crop's middle, `transform` among them."""
    around = []
    for growth, turn in product((0, 1, -1), repeat=2):
        matrix = (1 + growth * LARGER) * np.array([[1, -turn * LARGER], [turn * LARGER, 1]])
        around.append(_moved(_about_middle(matrix, np.zeros(2)), transform))
    return around


def _luma(cut: Callable[[np.ndarray], np.ndarray], transform: np.ndarray) -> np.ndarray:
    return cut(transform) @ TO_YCC[0]


def _moved(moved: np.ndarray, transform: np.ndarray) -> np.ndarray:
    """The alignment after which places lie where they were before `moved`."""
    back = np.linalg.inv(np.vstack([moved, [0, 0, 1]]))
    return (back @ np.vstack([transform, [0, 0, 1]]))[:2]
