"""Which of the synthetic people can lend their faces, and what their shape-free textures look like.

By measure: no hard side light, colour, nothing in front of the face; hair over brow and temples is taken away, and
what darkens towards the outline. By eye: whoever slipped through with glasses, paint, jewellery, hair or hard light
stands in REJECTED.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from rofi.constants import CONSTANTS
from rofi.geometry import MESH, OVAL, FaceMesh, polygon
from rofi.people.bare import BROWS, BareFaces, face_pixels
from rofi.people.bare import SIDE as SMALL
from rofi.people.compose import INNER_LIPS, part_masks, skin_tone
from rofi.people.draw import LUMA
from rofi.people.source import Person, crops, people
from rofi.render import low_pass
from rofi.textures import face_mask

TEXTURE = 256
# Flattened textures are this grey wherever they are as bright as their surroundings: highlights have room above it.
FLAT = 0.45
LIGHT_OFFSET = 0.03
# Colour against brightness where tone is divided out: teeth and lips have room, coloured light has none.
LEAST_HUE, MOST_HUE = np.float32((0.8, 0.8, 0.75)), np.float32((1.35, 1.12, 1.22))
MAX_TURN, MAX_TURN_WANTED = 0.032, 0.05
WANTED = ((0, 18), (50, 120))  # ages of which there are few: slightly turned heads serve too
MOST_SIDE_LIGHT, MOST_CONTRAST, LEAST_COLOUR = 0.22, 0.78, 0.04
MOST_HAIR, MOST_COVERED = 0.75, 0.12
DARK, MOST_DARK = 0.62, 0.1
# From this share of the way from between the eyes to the outline on, sides and top, a texture is even skin; and how
# softly that begins, in pixels.
RIM_SIDES, RIM_TOP, RIM_SIGMA = 0.86, 0.74, 7.0
# The lips inside this outline are at most so bright, as a share of the skin: paler ones look painted on fair skin.
OUTER_LIPS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)
PALEST_LIPS, LIPS_SIGMA = 0.82, 2.0
EYE_LINE: float = CONSTANTS["crop"]["eyes"]["right"]["y"]
REJECTED = frozenset((
    0, 9, 10, 12, 18, 27, 34, 35, 39, 47, 53, 57, 68, 77, 83, 84, 92, 93, 102, 107, 117, 118, 136, 149, 169, 200, 211,
    213, 215, 220, 239, 247, 248, 252, 255, 278, 285, 286, 290, 314, 317, 320, 322, 327, 346, 359, 365, 367, 372, 379,
    391, 403, 406, 415, 434, 435, 445, 449, 454, 476, 481, 488, 491, 504, 514, 520, 534, 535, 538, 540, 549, 557, 565,
    568, 577, 578, 592, 605, 609, 613, 617, 621, 625, 631, 638, 642, 645, 652, 669, 678, 681, 682, 683, 689, 696, 704,
    709, 723, 743, 744, 747, 769, 777, 783, 786, 789, 793, 797, 799, 804, 815, 816, 839, 840, 843, 847, 856, 857, 860,
    885, 895, 900, 911, 914, 915, 922, 948, 951, 957, 963, 967, 973, 977, 996, 1005, 1012, 1013, 1019, 1021, 1029,
    1034, 1037, 1043, 1049, 1050, 1052, 1058, 1061, 1062, 1066, 1076, 1091, 1096, 1105, 1112, 1115, 1122, 1131, 1135,
    1149, 1154, 1163, 1164, 1166, 1171, 1174, 1185, 1186, 1191, 1202, 1203, 1212, 1216, 1229, 1231, 1233, 1239, 1246,
    1249, 1251, 1254, 1262, 1267, 1276, 1277, 1285, 1288, 1293, 1302, 1311, 1314, 1317, 1319, 1323, 1327, 1332, 1341,
    1344, 1347, 1353, 1363, 1366, 1368, 1371, 1388, 1395, 1398, 1399, 1402, 1404, 1409, 1410, 1411, 1412, 1415, 1421,
    1423, 1425, 1426, 1430, 1432, 1435, 1439, 1442, 1462, 1478, 1491, 1501, 1509, 1514, 1519, 1526, 1539, 1546, 1547,
    1558, 1563, 1567, 1568, 1575, 1581, 1588, 1597, 1608, 1612, 1624, 1625, 1626, 1649, 1650, 1655, 1659, 1661, 1672,
    1674, 1675, 1677, 1682, 1685, 1687, 1700, 1708, 1712, 1722,
))  # fmt: skip
# Children and youths, of whom there are few: by eye they lend well though a measure above would leave them out.
ADMITTED = frozenset((56, 75, 111, 245, 257, 357, 371, 526, 633, 1046, 1103, 1296, 1387, 1394, 1400))


@dataclass(frozen=True)
class Donor:
    """Somebody who does not exist, ready to lend parts of a face.

    texture: float32 [256, 256, 3], flattened, in the mean shape. tone: [3] mean colour of the cheeks, 0..1.
    mended: 0..1 [64, 64], where hair was taken away.
    """

    person: Person
    texture: np.ndarray
    tone: np.ndarray
    mended: np.ndarray


def shape_free(crop: np.ndarray, landmarks: np.ndarray, mesh: FaceMesh, side: int) -> np.ndarray:
    """A crop's texture in the mean shape, uint8 [side, side, 3]."""
    field, _ = mesh.from_mean(landmarks[:MESH], 2 * side)
    place = field * crop.shape[0] - 0.5
    large = cv2.remap(crop, place[..., 0], place[..., 1], cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    return cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA)


def flatten(texture: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Takes light and skin tone out of a texture [s, s, 3] in 0..1 and everything outside the face."""
    ratio = (FLAT + LIGHT_OFFSET) / (low_pass(texture, mask) + LIGHT_OFFSET)
    flat = texture * np.clip(ratio, 0.1, 8)
    luma = flat @ LUMA + 1e-4
    colour = np.clip(flat / luma[..., None], LEAST_HUE, MOST_HUE)
    flat = np.clip(colour * luma[..., None], 0, 1)
    return (FLAT + mask[..., None] * (flat - FLAT)).astype(np.float32)


def inner_face(mesh: FaceMesh) -> np.ndarray:
    """The face without its rim in the mean shape, [256, 256] in 0..1."""
    outline = mesh.mean[list(OVAL)]
    middle = np.array([outline[:, 0].mean(), EYE_LINE])
    reach = np.where(outline[:, 1:] < EYE_LINE, [[RIM_SIDES, RIM_TOP]], RIM_SIDES)
    return cv2.GaussianBlur(polygon((outline - middle) * reach + middle, TEXTURE), (0, 0), RIM_SIGMA)


def even_rim(texture: np.ndarray, inner: np.ndarray, skin: np.ndarray) -> np.ndarray:
    """A texture [256, 256, 3] whose rim goes on as the skin inside it; inner, skin: [256, 256] in 0..1.

    Cheeks darken towards an outline, and hair begins there. On a turned head a donor's rim would lie across the cheek
    as an arc; the photo's own light says how dark its rim is.
    """
    low = low_pass(texture, skin)
    return (low + inner[..., None] * (texture - low)).astype(np.float32)


def lips_of(mesh: FaceMesh) -> np.ndarray:
    """The lips without what they open to in the mean shape, [256, 256] 0/1."""
    outer, inner = (polygon(mesh.mean[list(points)], TEXTURE) for points in (OUTER_LIPS, INNER_LIPS))
    return outer * (1 - cv2.dilate(inner, np.ones((3, 3))))


def darker_lips(texture: np.ndarray, lips: np.ndarray, skin: np.ndarray) -> np.ndarray:
    """A texture [256, 256, 3] with lips no paler than on most; lips: [256, 256] 0/1, skin: [256, 256] in 0..1."""
    luma = texture @ LUMA
    share = (luma * lips).sum() / lips.sum() / ((luma * skin).sum() / skin.sum())
    darker = min(1.0, PALEST_LIPS / float(share))
    soft = cv2.GaussianBlur(lips, (0, 0), LIPS_SIGMA)[..., None]
    return (texture * (1 + soft * (darker - 1))).astype(np.float32)


def donors(mesh: FaceMesh) -> list[Donor]:
    """All that pass, by id."""
    mask = face_mask(mesh, TEXTURE)
    candidates = {person.id: person for person in people() if _straight(person)}
    textures, tones, kept = [], [], []
    for index, crop in crops(candidates):
        texture = shape_free(crop, candidates[index].landmarks, mesh, TEXTURE).astype(np.float32) / 255
        flat = flatten(texture, mask)
        lit = _evenly_lit(low_pass(texture, mask), mask) and _colour(flat, mask) > LEAST_COLOUR
        if lit or index in ADMITTED:
            textures.append(flat)
            small = cv2.resize(crop, (256, 256), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
            tones.append(skin_tone(small, candidates[index].landmarks))
            kept.append(candidates[index])
    small = np.stack([cv2.resize(flat, (SMALL, SMALL), interpolation=cv2.INTER_AREA) for flat in textures])
    inner, lips = inner_face(mesh), lips_of(mesh)
    skin = inner * part_masks(mesh)[0]
    bare = BareFaces.fit(mesh, small[[_bare_brow(flat, mesh) for flat in small]])
    found = []
    for person, flat, tone in zip(kept, textures, tones, strict=True):
        mended = bare.without_hair(flat)
        bare_enough = mended.hair < MOST_HAIR and mended.covered < MOST_COVERED and person.id not in REJECTED
        if bare_enough or person.id in ADMITTED:
            even = even_rim(darker_lips(flatten(mended.texture, mask), lips, skin), inner, skin)
            found.append(Donor(person, even, tone, mended.where))
    return sorted(found, key=lambda donor: donor.person.id)


def _straight(person: Person) -> bool:
    if person.id in ADMITTED:
        return True
    wanted = any(low <= person.age < high for low, high in WANTED)
    return abs(person.turn) < (MAX_TURN_WANTED if wanted else MAX_TURN)


def _evenly_lit(light: np.ndarray, mask: np.ndarray) -> bool:
    brightness, inside = light.mean(-1), mask > 0.9
    half = brightness.shape[1] // 2
    left, right = (brightness[:, part][inside[:, part]].mean() for part in (slice(half), slice(half, None)))
    low, high = np.percentile(brightness[inside], (3, 97)) + LIGHT_OFFSET
    return abs(np.log(left / right)) < MOST_SIDE_LIGHT and np.log(high / low) < MOST_CONTRAST


def _colour(flat: np.ndarray, mask: np.ndarray) -> float:
    return float(np.log((flat[..., 0] + 0.05) / (flat[..., 1] + 0.05))[mask > 0.9].std())


def _bare_brow(flat: np.ndarray, mesh: FaceMesh) -> bool:
    """Whether hardly anything above the brows is as dark as hair, flattened texture [64, 64, 3]."""
    rows = (np.arange(SMALL)[:, None] + 0.5) / SMALL
    brow = cv2.erode(face_pixels(mesh).astype(np.uint8), np.ones((3, 3))) > 0
    brow &= rows < mesh.mean[list(BROWS), 1].min() - 0.015
    return float((flat.mean(-1)[brow] < DARK * FLAT).mean()) < MOST_DARK
