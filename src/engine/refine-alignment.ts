import { CROP_SIZE } from './face/alignment';
import { gridAround, placeToGrid, sizeAndTurnToGrid } from './face/alignment-grid';
import { ovalAlpha } from './face/blending';
import { compose } from './face/similarity';
import type { KeyIdentity } from './key-identity';
import { restoreFace, type ProtectedFace } from './restore-face';
import type { Tools } from './tools';
import type { Pixels, Point, Similarity } from './types';

/** How far each round moves the crop, crop pixels. */
const STEPS = [0.6, 0.4, 0.2] as const;
const AXES = [0, 1, 2, 3] as const;
/**
 * The code is so fine that a pixel aside turns its signs, and a pixel aside and down turns them back: from such a place
 * the way leads across, not along an axis.
 */
const ACROSS = [
  { x: 1, y: 1 },
  { x: 1, y: -1 },
  { x: -1, y: 1 },
  { x: -1, y: -1 },
] as const;
/** Each axis of a round is tried on both sides and at the top of the parabola through the three. */
const ROUND_TRIES = ACROSS.length + AXES.length * 3;
/** Where only size and turn of the grid still hold, and where its places do as well. */
const GRID_TRIES = 2;
/** Points of the grid round the start; too few, and a false summit among them passes for the true one. */
const SCANNED = 80;
const MOST_TRIES = 1 + SCANNED + STEPS.length * (ROUND_TRIES + GRID_TRIES);

/** An agreement that only the right key near the right place reaches; beside it, it is within 1 of 0. */
const SEEN = 50;
/** Of the best agreement: a point of the grid that has so much is the place, whatever is a trifle better beside it. */
const AS_GOOD = 0.97;

/** Cells in which the code is hidden, pixels. */
const CELL = 8;
/** What a step between neighbours counts against their agreement. */
const ROUGHNESS = 0.5;

/** Turn and growth are told in pixels, at this distance from what they go round. */
const ARM = CROP_SIZE / 4;

/** How well a restoration agrees with itself, and round which pixel of the crop it does so. */
interface Agreement {
  readonly total: number;
  readonly middle: Point;
}

interface Attempt extends Agreement {
  readonly transform: Similarity;
}

/**
 * Finds the alignment that protection used where no record tells it: eyes found in the protected photo lie a pixel or
 * so beside it, and the hidden code is finer than that. Every attempt is judged by its own restoration; protection
 * aligns on a grid, so that a search that came near ends exactly there. The face as it was found where the key fits
 * nowhere.
 *
 * @param onShare - called with the share of the search that is done, 0..1
 * @throws RofiError what the networks throw
 */
export async function refineAlignment(
  pixels: Pixels,
  face: ProtectedFace,
  identity: KeyIdentity,
  tools: Tools,
  onShare: (share: number) => void,
): Promise<ProtectedFace> {
  let tries = 0;
  const attempt = async (transform: Similarity): Promise<Attempt> => {
    onShare(tries++ / MOST_TRIES);
    const { image, virtual } = await restoreFace(pixels, { ...face, transform }, identity, tools);
    return { transform, ...agreement(image, virtual) };
  };

  let best = await attempt(face.transform);
  // A pixel beside the place the code cannot be read at all, so there is no slope to follow: look round first.
  for (const point of gridAround(face.transform, SCANNED)) {
    best = better(best, await attempt(point));
  }
  if (best.total <= SEEN) return face;
  for (const step of STEPS) {
    const start = best.transform;
    for (const { x: tx, y: ty } of ACROSS) {
      best = better(best, await attempt(compose({ a: 1, b: 0, tx, ty }, start)));
    }
    for (const axis of AXES) {
      const before = await attempt(moved(best, axis, -step));
      const after = await attempt(moved(best, axis, step));
      const top = topOfParabola(before.total, best.total, after.total);
      const between = top === null ? [] : [await attempt(moved(best, axis, top * step))];
      best = [before, after, ...between].reduce(better, best);
    }
    const sized = await attempt(sizeAndTurnToGrid(best.transform));
    const placed = await attempt(placeToGrid(sized.transform));
    const enough = AS_GOOD * best.total;
    if (placed.total >= enough) return { ...face, transform: placed.transform };
    if (sized.total >= enough) best = sized;
  }
  return { ...face, transform: best.transform };
}

function better(one: Attempt, other: Attempt): Attempt {
  return other.total > one.total ? other : one;
}

/**
 * The crop moved right or down, or turned or grown, by crop pixels. It goes round what could be read: away from there
 * an alignment may be wrong that is right in one place.
 */
function moved({ transform, middle }: Attempt, axis: (typeof AXES)[number], by: number): Similarity {
  const [right, down, turn, growth] = AXES.map((each) => (each === axis ? by : 0));
  const a = 1 + (growth ?? 0) / ARM;
  const b = (turn ?? 0) / ARM;
  const { x, y } = middle;
  const tx = x - a * x + b * y + (right ?? 0);
  const ty = y - b * x - a * y + (down ?? 0);
  return compose({ a, b, tx, ty }, transform);
}

/** Where the parabola through values at -1, 0 and 1 has its top; null when it has none within 2. */
function topOfParabola(before: number, middle: number, after: number): number | null {
  const bend = before - 2 * middle + after;
  const top = (before - after) / (2 * bend);
  return bend < 0 && Math.abs(top) <= 2 ? top : null;
}

/**
 * How well the cells of a restored face agree about what was hidden: across the edges between cells, what was added
 * to the virtual face is alike in a face and unrelated in a code that was misread.
 *
 * @param restored - and `virtual`: [3, 256, 256] planar RGB in [-1, 1]
 */
export function agreement(restored: Float32Array, virtual: Float32Array): Agreement {
  let total = 0;
  let [weight, x, y] = [0, 0, 0];
  for (let top = 0; top < CROP_SIZE; top += CELL) {
    for (let left = 0; left < CROP_SIZE; left += CELL) {
      const here = agreementOfCell(restored, virtual, left, top);
      total += here;
      if (here <= 0) continue;
      weight += here;
      x += here * (left + CELL / 2);
      y += here * (top + CELL / 2);
    }
  }
  const middle = weight > 0 ? { x: x / weight, y: y / weight } : { x: CROP_SIZE / 2, y: CROP_SIZE / 2 };
  return { total, middle };
}

/** Across the left and the upper edge of one cell. */
function agreementOfCell(restored: Float32Array, virtual: Float32Array, left: number, top: number): number {
  let sum = 0;
  const added = (at: number, alpha: number): number => alpha * ((restored[at] ?? 0) - (virtual[at] ?? 0));
  for (let i = 0; i < CELL; i++) {
    const ofLeft = left === 0 ? 0 : ovalAlpha(left / CROP_SIZE, (top + i + 0.5) / CROP_SIZE);
    const ofTop = top === 0 ? 0 : ovalAlpha((left + i + 0.5) / CROP_SIZE, top / CROP_SIZE);
    for (let plane = 0; plane < restored.length; plane += CROP_SIZE * CROP_SIZE) {
      const beside = plane + (top + i) * CROP_SIZE + left;
      const below = plane + top * CROP_SIZE + left + i;
      sum += alike(added(beside - 1, ofLeft), added(beside, ofLeft));
      sum += alike(added(below - CROP_SIZE, ofTop), added(below, ofTop));
    }
  }
  return sum;
}

function alike(one: number, other: number): number {
  return one * other - ROUGHNESS * (one - other) ** 2;
}
