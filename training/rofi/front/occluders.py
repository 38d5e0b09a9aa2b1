"""Drawn things in front of a face, and drawn things on it that are none: what finding them is measured with.

A layer is a colour [256, 256, 3] and an opacity [256, 256], both float32 in 0..1. Points are in crop pixels.
"""

import cv2
import numpy as np

from rofi.geometry import OVAL

SIZE = 256
# Drawn so many times as large, in 1/16 pixels.
FINE, BITS = 2, 4
Rng = np.random.Generator
Layer = tuple[np.ndarray, np.ndarray]
BROWS = (70, 63, 105, 66, 107, 336, 296, 334, 293, 300)
HAIR = np.float32(
    [[0.07, 0.06, 0.05], [0.12, 0.09, 0.07], [0.24, 0.16, 0.1], [0.38, 0.25, 0.15], [0.6, 0.47, 0.3], [0.75, 0.7, 0.65],
     [0.42, 0.2, 0.1], [0.35, 0.3, 0.6], [0.8, 0.3, 0.25]]
)  # fmt: skip


def _canvas() -> np.ndarray:
    return np.zeros((SIZE * FINE, SIZE * FINE), np.uint8)


def _fixed(points: np.ndarray) -> np.ndarray:
    return np.round(np.asarray(points) * FINE * (1 << BITS)).astype(np.int32)


def _small(plane: np.ndarray) -> np.ndarray:
    return cv2.resize(plane, (SIZE, SIZE), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def _fill(canvas: np.ndarray, points: np.ndarray) -> None:
    cv2.fillPoly(canvas, [_fixed(points)], 255, cv2.LINE_AA, BITS)


def _line(canvas: np.ndarray, points: np.ndarray, width: float, *, closed: bool = False, value: int = 255) -> None:
    cv2.polylines(canvas, [_fixed(points)], closed, value, max(1, round(width * FINE)), cv2.LINE_AA, BITS)


def smooth_noise(rng: Rng, cells: int) -> np.ndarray:
    """Noise [256, 256] of about unit size, `cells` bumps across."""
    small = rng.normal(size=(cells, cells)).astype(np.float32)
    return cv2.resize(small, (SIZE, SIZE), interpolation=cv2.INTER_CUBIC)


def colour(rng: Rng) -> np.ndarray:
    """Any colour, greys, white and black more often than others."""
    kind = rng.random()
    if kind < 0.3:
        return np.float32(np.repeat(rng.uniform(0.02, 0.25), 3) * rng.uniform(0.85, 1.15, 3))
    if kind < 0.5:
        return np.float32(np.clip(np.repeat(rng.uniform(0.5, 1), 3) * rng.uniform(0.9, 1.1, 3), 0, 1))
    return rng.uniform(0.02, 0.98, 3).astype(np.float32)


def cloth(rng: Rng, other: np.ndarray) -> np.ndarray:
    """A surface: plain with folds, striped, or cut out of another picture [256, 256, 3]."""
    kind = rng.random()
    if kind < 0.3:
        side = int(rng.integers(24, 200))
        x, y = rng.integers(0, SIZE - side, 2)
        surface = cv2.resize(other[y : y + side, x : x + side], (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
    else:
        surface = np.broadcast_to(colour(rng), (SIZE, SIZE, 3)).copy()
    if kind > 0.85:
        across = np.indices((SIZE, SIZE), np.float32)
        angle, step = rng.uniform(0, np.pi), rng.uniform(0.1, 0.9)
        stripes = np.sin((across[0] * np.cos(angle) + across[1] * np.sin(angle)) * step) > rng.uniform(-0.5, 0.5)
        surface = np.where(stripes[..., None], surface, colour(rng))
    shade = 1 + rng.uniform(0, 0.25) * smooth_noise(rng, int(rng.integers(2, 9)))
    grain = 1 + rng.uniform(0, 0.06) * rng.normal(size=(SIZE, SIZE)).astype(np.float32)
    return np.clip(surface * (shade * grain)[..., None], 0, 1).astype(np.float32)


def blob(rng: Rng, centre: np.ndarray, radius: float, *, rough: float = 0.3, points: int = 40) -> np.ndarray:
    """The outline [n, 2] of a round thing."""
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    size = np.ones(points)
    for wave in range(1, 6):
        size += rough / wave * rng.normal() * np.cos(wave * angle + rng.uniform(0, 2 * np.pi))
    stretch, turn = rng.uniform(0.4, 1), rng.uniform(0, np.pi)
    at = np.stack([np.cos(angle), stretch * np.sin(angle)], -1) * np.clip(size, 0.2, 2)[:, None] * radius
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return centre + at @ spin


def glasses(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """Frames of any kind, or sunglasses."""
    right, left = points[[33, 133]].mean(0), points[[362, 263]].mean(0)
    axis = (left - right) / np.linalg.norm(left - right)
    down = np.array([-axis[1], axis[0]])
    span = np.linalg.norm(left - right)
    half = rng.uniform(0.3, 0.46) * span, rng.uniform(0.17, 0.42) * span
    drop = rng.uniform(-0.02, 0.14) * span
    apart = rng.uniform(0.97, 1.08)
    power, slant = rng.uniform(1.7, 6), rng.uniform(-0.25, 0.15)
    t = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    circle = np.stack([np.cos(t), np.sin(t)], -1)
    shape = np.sign(circle) * np.abs(circle) ** (2 / power) * half
    shape[:, 0] *= 1 + 0.18 * rng.normal() * shape[:, 1] / half[1] * (shape[:, 0] > 0)
    frame, lens = _canvas(), _canvas()
    kind = rng.random()
    width = rng.uniform(0.7, 2) if kind < 0.45 else rng.uniform(2, 6.5)
    rim = rng.random()
    middle = (right + left) / 2
    for eye, side in ((right, -1), (left, 1)):
        centre = middle + (eye - middle) * apart + drop * down
        local = shape * (side, 1)
        local[:, 1] += slant * local[:, 0] * side
        ring = centre + local[:, :1] * axis + local[:, 1:] * down
        _fill(lens, ring)
        if rim < 0.72:
            _line(frame, ring, width, closed=True)
        elif rim < 0.92:
            _line(frame, ring[t > np.pi], width)
        temple = centre + side * axis * half[0] * 0.98 - down * half[1] * rng.uniform(0.1, 0.6)
        _line(frame, np.stack([temple, temple + axis * side * 60 + down * rng.uniform(-10, 6)]), max(width, 1.2))
    height = -half[1] * rng.uniform(0, 0.6) + drop
    inner = [middle + s * axis * (span / 2 * apart - half[0] * 0.97) + down * height for s in (-1, 1)]
    _line(frame, np.stack([inner[0], middle + down * (height - rng.uniform(0, 5)), inner[1]]), max(1, width * 0.8))
    if rng.random() < 0.15:
        _line(frame, np.stack([p - down * 5 for p in inner]), max(1, width * 0.7))
    alpha, glass = _small(frame), _small(lens)
    paint = np.broadcast_to(colour(rng), (SIZE, SIZE, 3)).copy()
    if rng.random() < 0.3:
        paint = cloth(rng, other)
    if rng.random() < 0.5:
        light = np.clip(smooth_noise(rng, int(rng.integers(4, 24))) - rng.uniform(0.3, 1.5), 0, 1)
        paint = paint + (rng.uniform(0.3, 1) * light)[..., None] * (1 - paint)
    dark = rng.random()
    if dark < 0.25:
        black = np.broadcast_to(np.float32([0.05, 0.05, 0.06]), paint.shape)
        tint = cloth(rng, other) * rng.uniform(0.1, 0.7) if rng.random() < 0.5 else black
        gloss = np.clip(smooth_noise(rng, 3), 0, 1)[..., None] * rng.uniform(0, 0.5)
        shown = rng.uniform(0.75, 1) * np.clip(1 + rng.uniform(-0.5, 0.3) * np.linspace(-1, 1, SIZE)[:, None], 0.5, 1)
        return [((tint + gloss * (1 - tint)).astype(np.float32), (glass * shown).astype(np.float32)), (paint, alpha)]
    if dark < 0.45:
        # A clear lens: what it tints or reflects a little is still the face.
        cast = np.broadcast_to(np.float32(rng.uniform(0.3, 1, 3)), (SIZE, SIZE, 3))
        return [(cast, glass * np.float32(rng.uniform(0.03, 0.2))), (paint, alpha)]
    return [(paint, alpha * np.float32(rng.uniform(0.85, 1)))]


def strands(rng: Rng, roots: np.ndarray, ends: np.ndarray, count: int) -> Layer:
    """A lock of hair: so many strands from between two root points to between two end points."""
    mass, tones = _canvas(), _canvas()
    bend = rng.normal(size=2) * 18
    width = rng.uniform(0.5, 2.2)
    loose = rng.uniform(0.5, 10)
    for _ in range(count):
        s = rng.random()
        root = roots[0] + s * (roots[1] - roots[0]) + rng.normal(size=2) * 3
        s = np.clip(s + rng.normal() * 0.12, 0, 1)
        end = ends[0] + s * (ends[1] - ends[0]) + rng.normal(size=2) * loose
        end = root + (end - root) * rng.uniform(0.6, 1.08)
        u = np.linspace(0, 1, 9)[:, None]
        curve = root + (end - root) * u + 4 * u * (1 - u) * (bend + rng.normal(size=2) * loose * 0.5)
        _line(mass, curve, width)
        _line(tones, curve, width, value=int(rng.integers(60, 256)))
    alpha, tone = _small(mass), _small(tones)
    base = HAIR[rng.integers(len(HAIR))] * rng.uniform(0.6, 1.3)
    shade = (0.6 + 0.8 * tone / np.maximum(alpha, 0.05)) * (1 + 0.25 * smooth_noise(rng, 5))
    return np.clip(base * shade[..., None], 0, 1).astype(np.float32), alpha


def hair(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A fringe, locks at the side, wisps across the face."""
    top = points[10]
    brow = points[list(BROWS)].mean(0)
    edge = points[list(OVAL)]
    left, right = edge[:, 0].min(), edge[:, 0].max()
    layers = []
    kind = rng.random()
    if kind < 0.6:
        from_x, to_x = np.sort(rng.uniform(left, right, 2)) if rng.random() < 0.5 else (left, right)
        above = top[1] - rng.uniform(5, 30)
        reach = top[1] + (brow[1] - top[1]) * rng.uniform(0.2, 1.35)
        lean = rng.normal() * 25
        roots = np.array([[from_x, above], [to_x, above]])
        ends = np.array([[from_x + lean, reach + rng.normal() * 10], [to_x + lean, reach + rng.normal() * 10]])
        layers.append(strands(rng, roots, ends, int(rng.integers(12, 260))))
    if kind > 0.45:
        for side in (-1, 1):
            if rng.random() < 0.6:
                x = left if side < 0 else right
                inwards = -side * rng.uniform(-4, 28)
                roots = np.array([[x - side * 45, top[1] - 10], [x + side * 15, top[1] - 15]])
                ends = np.array([[x + inwards, 245], [x + side * 25, 250]])
                layers.append(strands(rng, roots, ends, int(rng.integers(20, 160))))
    if kind > 0.85 or not layers:
        start, end = rng.uniform([left, 20], [right, 120]), rng.uniform([left, 100], [right, 250])
        spread = rng.uniform(1, 14)
        roots, ends = start + np.array([[0, 0], [spread, 0]]), end + np.array([[0, 0], [spread, 4]])
        layers.append(strands(rng, roots, ends, int(rng.integers(2, 30))))
    return layers


def mask(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A mask over nose and mouth, or over the mouth alone, or a scarf."""
    edge = (234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454)
    low = points[list(edge[int(rng.integers(0, 4)) : len(edge) - int(rng.integers(0, 4))])]
    nose = points[[195, 197, 6, 4][int(rng.integers(4))]]
    nose = nose + rng.normal(size=2) * [2, 6]
    cheeks = points[[425, 205]] + rng.normal(size=(2, 2)) * 5 - [0, rng.uniform(-5, 20)]
    low = low.mean(0) + (low - low.mean(0)) * rng.uniform(1, 1.15)
    canvas = _canvas()
    _fill(canvas, np.concatenate([low, cheeks[:1], nose[None], cheeks[1:]]))
    alpha = _small(cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.5, 3)))
    alpha = np.clip((alpha - 0.5) * 2 + 0.5, 0, 1)
    surface = cloth(rng, other)
    if rng.random() < 0.5:
        rows = np.arange(SIZE, dtype=np.float32)[:, None]
        tone = np.float32(rng.choice([[0.62, 0.78, 0.88], [0.92, 0.93, 0.94], [0.1, 0.1, 0.12], [0.55, 0.75, 0.7]]))
        folds = 1 - 0.12 * (np.abs((rows / rng.uniform(9, 18)) % 1 - 0.5) < 0.1)
        surface = np.clip(tone * (folds * (1 + 0.12 * smooth_noise(rng, 4)))[..., None], 0, 1).astype(np.float32)
    loops = _canvas()
    for at, side in ((edge[0], 0), (edge[-1], -1)):
        _line(loops, np.stack([points[at] + rng.normal(size=2) * 6, low[side]]), rng.uniform(0.8, 2))
    return [(surface, np.maximum(alpha, _small(loops) * (rng.random() < 0.5)))]


def skin_of(face: np.ndarray, points: np.ndarray, rng: Rng) -> np.ndarray:
    """The colour of the face's cheeks, a little other."""
    x, y = points[205 if rng.random() < 0.5 else 425].astype(int).clip(6, SIZE - 7)
    tone = face[y - 5 : y + 6, x - 5 : x + 6].mean((0, 1))
    return np.clip(tone * rng.uniform(0.75, 1.2) * rng.uniform(0.93, 1.07, 3), 0.02, 1).astype(np.float32)


def hand(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A palm and fingers of about the face's own skin, from the side or from below."""
    edge = points[list(OVAL)]
    angle = rng.uniform(-0.2, np.pi + 0.2) if rng.random() < 0.85 else rng.uniform(0, 2 * np.pi)
    centre = edge.mean(0)
    outwards = np.array([np.cos(angle), np.sin(angle)])
    palm = centre + outwards * rng.uniform(60, 115)
    size = rng.uniform(20, 42)
    heading = np.arctan2(*(centre + rng.normal(size=2) * 25 - palm)[::-1])
    tone = skin_of(face, points, rng) if rng.random() < 0.85 else colour(rng)
    layers = []

    def limb(path: np.ndarray, width: float) -> None:
        canvas = _canvas()
        _line(canvas, path, width)
        alpha = _small(canvas)
        depth = cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
        round_ = np.clip(depth / (width * 0.5), 0, 1) ** 0.5
        shade = rng.uniform(0.45, 0.7) + (1 - 0.55) * round_
        shade = shade * (1 + rng.uniform(0, 0.08) * smooth_noise(rng, 20))
        surface = tone * shade[..., None] * np.float32([1, 0.97 + 0.03 * rng.random(), 0.97])
        layers.append((np.clip(surface, 0, 1).astype(np.float32), alpha))

    limb(np.stack([palm + outwards * 90, palm]), size * rng.uniform(1.2, 1.9))
    fingers = int(rng.integers(1, 6))
    thick = size * rng.uniform(0.28, 0.5)
    for finger in range(fingers):
        turn = heading + (finger - (fingers - 1) / 2) * rng.uniform(0.08, 0.3) + rng.normal() * 0.08
        step = np.array([np.cos(turn), np.sin(turn)])
        across = np.array([-step[1], step[0]]) * (finger - (fingers - 1) / 2) * thick * 0.9
        knee = palm + across + step * size * rng.uniform(0.7, 1.2)
        tip_turn = turn + rng.normal() * 0.4
        tip = knee + np.array([np.cos(tip_turn), np.sin(tip_turn)]) * size * rng.uniform(0.4, 1.3)
        limb(np.stack([palm + across * 0.8, knee, tip]), thick * rng.uniform(0.85, 1.1))
    return layers


def hat(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A cap, a hairband, a scarf round the head, or a strap."""
    edge = points[list(OVAL)]
    left, right = edge[:, 0].min(), edge[:, 0].max()
    top, brow = points[10, 1], points[list(BROWS), 1].mean()
    line = top + (brow - top) * rng.uniform(-0.2, 0.95)
    x = np.linspace(left - 50, right + 50, 24)
    curve = line + rng.uniform(-0.12, 0.25) * ((x - 128) / 64) ** 2 * 25 + rng.normal() * 0.08 * (x - 128)
    lower = np.stack([x, curve], -1)
    canvas = _canvas()
    if rng.random() < 0.6:
        _fill(canvas, np.concatenate([lower, [[x[-1], -40], [x[0], -40]]]))
    else:
        _fill(canvas, np.concatenate([lower, (lower - [0, rng.uniform(4, 26)])[::-1]]))
    if rng.random() < 0.25:
        for side, at in ((-1, left), (1, right)):
            inner = at - side * rng.uniform(-6, 16)
            outer, low = at + side * 90, inner + side * rng.uniform(0, 8)
            _fill(canvas, np.array([[inner, line], [low, 256], [outer, 256], [outer, line]]))
    return [(cloth(rng, other), _small(canvas))]


def patch(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A patch or gauze over an eye or elsewhere, often with a strap or tape."""
    eye = points[[33, 133]].mean(0) if rng.random() < 0.5 else points[[362, 263]].mean(0)
    if rng.random() < 0.25:
        eye = points[int(rng.integers(468))]
    canvas = _canvas()
    _fill(canvas, blob(rng, eye, rng.uniform(14, 40), rough=0.08))
    if rng.random() < 0.5:
        turn = rng.uniform(-0.7, 0.7)
        step = np.array([np.cos(turn), np.sin(turn)]) * 200
        _line(canvas, np.stack([eye - step, eye + step]), rng.uniform(1.5, 8))
    surface = cloth(rng, other)
    if rng.random() < 0.4:
        surface = np.clip(np.float32([0.93, 0.92, 0.89]) * (1 + 0.05 * smooth_noise(rng, 60))[..., None], 0, 1)
    return [(surface.astype(np.float32), _small(canvas))]


def bar(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """Tubes, bars, a chin rest, a cord, a cup, a microphone, a telephone."""
    canvas = _canvas()
    kind = rng.random()
    if kind < 0.35:
        start, end = rng.uniform(-30, 286, 2), rng.uniform(-30, 286, 2)
        if np.linalg.norm(end - start) < 90:
            end = start + np.array([200, rng.normal() * 60])
        u = np.linspace(0, 1, 14)[:, None]
        curve = start + (end - start) * u + 4 * u * (1 - u) * rng.normal(size=2) * 40
        _line(canvas, curve, rng.uniform(1.5, 20))
    elif kind < 0.55:
        y = points[152, 1] + rng.uniform(-25, 12) if rng.random() < 0.6 else points[10, 1] + rng.uniform(-5, 25)
        thick, sag = rng.uniform(6, 40), rng.normal() * 8
        x = np.linspace(-10, 266, 12)
        curve = np.stack([x, y + sag * ((x - 128) / 90) ** 2], -1)
        _fill(canvas, np.concatenate([curve, (curve + np.array([0, thick]))[::-1]]))
    elif kind < 0.8:
        at = points[[13, 152, 4, 61, 291][int(rng.integers(5))]] + rng.normal(size=2) * 14
        size = rng.uniform(8, 32)
        _fill(canvas, blob(rng, at, size, rough=0.06))
        turn = rng.uniform(0, np.pi)
        _line(canvas, np.stack([at, at + np.array([np.cos(turn), np.sin(turn)]) * 200]), size * rng.uniform(0.3, 1.4))
    else:
        centre, half, turn = rng.uniform(30, 226, 2), rng.uniform(15, 60, 2), rng.normal() * 0.4
        box = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
        spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        _fill(canvas, centre + box @ spin)
    alpha = _small(canvas)
    surface = cloth(rng, other)
    depth = cv2.distanceTransform((alpha > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    shade = 0.55 + 0.6 * (depth / (depth.max() + 1e-3)) ** 0.7 if rng.random() < 0.6 else np.ones_like(depth)
    return [(np.clip(surface * shade[..., None], 0, 1).astype(np.float32), alpha)]


def anything(face: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> list[Layer]:
    """A round thing with any surface, anywhere."""
    canvas = _canvas()
    centre = rng.uniform(30, 226, 2) if rng.random() < 0.5 else points[OVAL[int(rng.integers(len(OVAL)))]]
    _fill(canvas, blob(rng, centre, rng.uniform(12, 70)))
    return [(cloth(rng, other), _small(canvas))]


def shadow(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """A hard or soft shadow, or a patch of sun, in the form of whatever else is drawn."""
    draw = (anything, hair, hat, hand, bar, glasses)[int(rng.integers(6))]
    alpha = np.max([a for _, a in draw(image, points, other, rng)], 0)
    move = np.float32([[1, 0, rng.normal() * 6], [0, 1, rng.uniform(0, 14)]])
    alpha = cv2.warpAffine(alpha, move, (SIZE, SIZE))
    alpha = cv2.GaussianBlur(alpha, (0, 0), rng.choice([0.6, 1.2, 3, 8]))[..., None]
    gain = rng.uniform(0.2, 0.8) * np.float32([1, rng.uniform(0.9, 1.08), rng.uniform(0.85, 1.15)])
    if rng.random() < 0.3:
        gain = rng.uniform(1.2, 1.9) * np.float32([1, rng.uniform(0.95, 1), rng.uniform(0.85, 1)])
    return np.clip(image * (1 + alpha * (gain - 1)), 0, 1)


def mark(image: np.ndarray, points: np.ndarray, other: np.ndarray, rng: Rng) -> np.ndarray:
    """What is on the skin: moles, spots, bruises, make-up, gloss."""
    canvas = _canvas()
    kind = rng.random()
    if kind < 0.3:
        for _ in range(rng.integers(1, 14)):
            _fill(canvas, blob(rng, points[int(rng.integers(468))], rng.uniform(0.8, 4), rough=0.15))
        gains, soft = rng.uniform(0.25, 0.7) * np.float32([1, 0.85, 0.75]), 0.6
    elif kind < 0.5:
        _fill(canvas, blob(rng, points[int(rng.integers(468))], rng.uniform(6, 26)))
        gains, soft = np.float32(rng.uniform(0.55, 1, 3)), rng.uniform(1, 6)
    elif kind < 0.7:
        lips = (61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91)
        _fill(canvas, points[list(lips)])
        gains, soft = np.float32([rng.uniform(0.6, 1.1), rng.uniform(0.2, 0.8), rng.uniform(0.25, 0.9)]), 1.0
    elif kind < 0.85:
        for eye in (((33, 133), -1), ((362, 263), 1)):
            centre = points[list(eye[0])].mean(0) - [0, rng.uniform(3, 9)]
            _fill(canvas, blob(rng, centre, rng.uniform(14, 24), rough=0.05))
        gains, soft = np.float32(rng.uniform(0.3, 1, 3)), rng.uniform(2, 5)
    else:
        for _ in range(rng.integers(1, 5)):
            _fill(canvas, blob(rng, points[int(rng.integers(468))], rng.uniform(3, 16)))
        gains, soft = np.repeat(np.float32(rng.uniform(1.2, 2)), 3), rng.uniform(2, 6)
    alpha = cv2.GaussianBlur(_small(canvas), (0, 0), soft)[..., None] * rng.uniform(0.4, 1)
    return np.clip(image * (1 + alpha * (gains - 1)), 0, 1)


def lay(image: np.ndarray, layers: list[Layer], rng: Rng) -> tuple[np.ndarray, np.ndarray]:
    """Layers over a picture, with their shadow under them; and how much of it they hide, [256, 256]."""
    hidden = np.zeros((SIZE, SIZE), np.float32)
    if rng.random() < 0.5:
        alpha = np.max([a for _, a in layers], 0)
        move = np.float32([[1, 0, rng.normal() * 3], [0, 1, rng.uniform(0, 6)]])
        cast = cv2.GaussianBlur(cv2.warpAffine(alpha, move, (SIZE, SIZE)), (0, 0), rng.uniform(1, 5))
        image = image * (1 - rng.uniform(0, 0.55) * cast)[..., None]
    gain = rng.uniform(0.7, 1.15)
    for surface, alpha in layers:
        image = image + alpha[..., None] * (np.clip(surface * gain, 0, 1) - image)
        hidden = hidden + alpha * (1 - hidden)
    return image, hidden
