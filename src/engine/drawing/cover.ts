/** What cannot be replaced is covered by a coarse mosaic. Training measures the same: rofi/photo/cover.py. */
import { cover } from '../constants.json';
import { CROP_SIZE, eyeCentres, MESH_POINTS, pointOf } from '../geometry/alignment';
import { convexHull, distanceBeyond } from '../geometry/hull';
import { transformPoint } from '../geometry/similarity';
import { boundingBox } from '../landmarks/faces';
import type { FaceMesh } from '../geometry/mesh';
import type { AlignedFace, Box, Pixels, Point } from '../types';
import { SIGN_GRID } from './kept-shares';
import { LUMA } from '../image/luma';
import { eyeOpenings, signMask } from './sign-map';

/** Blocks along a face: recognisers make no more of them than of one even colour, while eight tell them something. */
const FACE_BLOCKS = cover.blocks;
/** Blocks along an area that a person marked, which may be a part of a face, and the most along the whole photo. */
const AREA_BLOCKS = 4;
const PHOTO_BLOCKS = 24;
/** Only brightness differs between blocks, in steps of so many levels: what is rounded away does not come back. */
const STEP = cover.step;
/** Blocks are covered that begin so far beyond the face's outline, in blocks. */
const BEYOND = cover.beyond;

/** An eye whose opening looks narrower than this share of the other's is hidden behind the nose. */
const HIDDEN = 0.35;

/** Something to cover: square blocks of a grid that starts at a point, and what of them stays. */
export interface Covering {
  readonly side: number;
  readonly origin: Point;
  /** Whether a block is covered, by its middle in photo pixels. */
  readonly covers: (middle: Point) => boolean;
  /** Whether a place, photo pixels, stays as it is. */
  readonly stays: (place: Point) => boolean;
}

/**
 * Covers a face, with what lies round it, but for the eye region. Its blocks hang on the eyes: another photo of the same
 * face tells hardly more.
 *
 * @param kept - [32, 32], 1 where the crop's cells stay the photo's own
 */
export function faceCovering(
  { face, transform }: Pick<AlignedFace, 'face' | 'transform'>,
  kept: Float32Array,
): Covering {
  const mesh = face.landmarks.subarray(0, 2 * MESH_POINTS);
  const outline = convexHull(mesh);
  const { width, height } = boundingBox(mesh);
  const [right, left] = eyeCentres(face.landmarks);
  const side = Math.max(width, height) / FACE_BLOCKS;
  return {
    side,
    origin: { x: (right.x + left.x) / 2, y: (right.y + left.y) / 2 },
    covers: (middle) => distanceBeyond(outline, middle) <= BEYOND * side,
    stays: (place) => {
      const { x, y } = transformPoint(transform, place);
      const [column, row] = [
        Math.floor((x * SIGN_GRID) / CROP_SIZE),
        Math.floor((y * SIGN_GRID) / CROP_SIZE),
      ];
      if (column < 0 || row < 0 || column >= SIGN_GRID || row >= SIGN_GRID) return false;
      return kept[row * SIGN_GRID + column] === 1;
    },
  };
}

/**
 * What stays of a covered face, [32, 32] as {@link signMask}, and the cells that the eye openings touch; of a side view
 * only the eye that the camera sees.
 *
 * @param shares - [32, 32] in 0..1, how much of each cell is kept
 */
export function coverMask(
  shares: Float32Array,
  { landmarks }: Pick<AlignedFace, 'landmarks'>,
  { eyes }: Pick<FaceMesh, 'eyes'>,
): Float32Array<ArrayBuffer> {
  const mask = signMask(shares);
  const openings = eyeOpenings({ landmarks }, { eyes });
  const widths = [eyes.right, eyes.left].map((contour) => {
    const across = contour.map((index) => pointOf(landmarks, index).x);
    return Math.max(...across) - Math.min(...across);
  });
  const hidden = widths.map((width) => width < HIDDEN * Math.max(...widths));
  return mask.map((kept, cell) => {
    if (hidden[Number(cell % SIGN_GRID >= SIGN_GRID / 2)]) return 0;
    return Math.max(kept, Number((openings[cell] ?? 0) > 0));
  });
}

/** Covers an area that a person marked, all of it. */
export function areaCovering(
  { x, y, width, height }: Box,
  photo: Pick<Pixels, 'width' | 'height'>,
): Covering {
  const longest = Math.max(width, height);
  const side = Math.max(longest / AREA_BLOCKS, Math.min(photo.width, photo.height) / PHOTO_BLOCKS);
  const outside = (place: Point, by: number): boolean =>
    place.x < x - by || place.y < y - by || place.x >= x + width + by || place.y >= y + height + by;
  return {
    side,
    origin: { x, y },
    covers: (middle) => !outside(middle, side / 2),
    stays: (place) => outside(place, 0),
  };
}

/** A copy of a photo with mosaics in it, and the box round each, whole pixels; null where one lies beside the photo. */
export interface CoveredPhoto {
  readonly pixels: Pixels;
  readonly boxes: readonly Box[];
}

/** Covers parts of a photo. Nothing of what is covered stays but the brightness of its blocks, in steps. */
export function coverPhoto(pixels: Pixels, coverings: readonly Covering[]): CoveredPhoto {
  const covered = { ...pixels, data: pixels.data.slice() };
  const boxes = coverings.flatMap((covering) => coverOne(covered, covering) ?? []);
  return { pixels: covered, boxes };
}

interface Block {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly mean: readonly [number, number, number];
}

/** Covers in place. */
function coverOne(pixels: Pixels, covering: Covering): Box | null {
  const blocks = blocksOf(pixels, covering);
  const tone = [0, 1, 2].map(
    (c) => blocks.reduce((sum, { mean }) => sum + (mean[c] ?? 0), 0) / blocks.length,
  );
  const toneLuma = Math.max(lumaOf(tone), 1);
  const { width, data } = pixels;
  let [left, top, right, bottom] = [Infinity, Infinity, 0, 0];
  for (const block of blocks) {
    const share = (Math.round(lumaOf(block.mean) / STEP) * STEP) / toneLuma;
    const colour = [...tone.map((value) => Math.round(value * share)), 255];
    for (let y = block.top; y < block.bottom; y++) {
      for (let x = block.left; x < block.right; x++) {
        if (covering.stays({ x: x + 0.5, y: y + 0.5 })) continue;
        data.set(colour, (y * width + x) * 4);
        [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
      }
    }
  }
  return right > left ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

/** The blocks to cover, cut at the photo's edges, with their mean colours. */
function blocksOf(pixels: Pixels, { side, origin, covers }: Covering): readonly Block[] {
  const columns = edges(origin.x, side, pixels.width);
  const rows = edges(origin.y, side, pixels.height);
  return rows.flatMap(({ from: top, to: bottom, middle: y }) =>
    columns
      .filter(({ middle: x }) => covers({ x, y }))
      .map(({ from: left, to: right }) => ({
        left,
        top,
        right,
        bottom,
        mean: meanColour(pixels, left, top, right, bottom),
      })),
  );
}

/** A grid's lines along one side of the photo: the pixels whose middles lie between two lines, and the lines' middle. */
function edges(origin: number, side: number, length: number): { from: number; to: number; middle: number }[] {
  const at = (line: number): number => Math.min(Math.max(Math.ceil(origin + line * side - 0.5), 0), length);
  const strips: { from: number; to: number; middle: number }[] = [];
  for (let line = Math.floor((0.5 - origin) / side); at(line) < length; line++) {
    const strip = { from: at(line), to: at(line + 1), middle: origin + (line + 0.5) * side };
    if (strip.to > strip.from) strips.push(strip);
  }
  return strips;
}

function meanColour(
  { width, data }: Pixels,
  left: number,
  top: number,
  right: number,
  bottom: number,
): readonly [number, number, number] {
  let [red, green, blue] = [0, 0, 0];
  for (let y = top; y < bottom; y++) {
    for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at += 4) {
      red += data[at] ?? 0;
      green += data[at + 1] ?? 0;
      blue += data[at + 2] ?? 0;
    }
  }
  const count = (right - left) * (bottom - top);
  return [red / count, green / count, blue / count];
}

function lumaOf([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;
}
