import { agreement, readsSomething, type Agreement } from './agreement';
import { CROP_SIZE } from './face/alignment';
import { gridAround, placeToGrid, sizeAndTurnToGrid } from './face/alignment-grid';
import { compose } from './face/similarity';
import type { KeyIdentity } from './key-identity';
import { restoreFace, type ProtectedFace } from './restore-face';
import type { Tools } from './tools';
import type { Pixels, Similarity } from './types';

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
/** Round the best of them the grid is looked at again: it may be a false summit a step in size or turn away. */
const SCANS = 3;
const MOST_TRIES = 1 + SCANS * SCANNED + STEPS.length * (ROUND_TRIES + GRID_TRIES);

/** Of the best agreement: a point of the grid that has so much is the place, whatever is a trifle better beside it. */
const AS_GOOD = 0.97;

/** Turn and growth are told in pixels, at this distance from what they go round. */
const ARM = CROP_SIZE / 4;

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
    return { transform, ...agreement(await restoreFace(pixels, { ...face, transform }, identity, tools)) };
  };

  let best = await attempt(face.transform);
  // A pixel beside the place the code cannot be read at all, so there is no slope to follow: look round first.
  const tried = new Set<string>();
  for (let scan = 0, around = face.transform; scan < SCANS; scan++, around = best.transform) {
    const untried = gridAround(around, SCANNED).filter((point) => !tried.has(nameOf(point)));
    for (const point of untried) {
      tried.add(nameOf(point));
      best = better(best, await attempt(point));
    }
    if (!readsSomething(best)) return face;
    if (best.transform === around) break;
  }
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

/** The same for one point of the grid, however it was reached. */
function nameOf({ a, b, tx, ty }: Similarity): string {
  return [a, b, tx / CROP_SIZE, ty / CROP_SIZE].map((value) => value.toFixed(5)).join();
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
