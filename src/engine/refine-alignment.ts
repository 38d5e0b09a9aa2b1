import { CROP_SIZE } from './face/alignment';
import { ovalAlpha } from './face/blending';
import { compose } from './face/similarity';
import type { KeyIdentity } from './key-identity';
import { restoreFace, type ProtectedFace } from './restore-face';
import type { Tools } from './tools';
import type { Pixels, Similarity } from './types';

/** How far each round moves the crop, crop pixels. */
const STEPS = [0.6, 0.4, 0.2] as const;
const AXES = [0, 1, 2, 3] as const;
/** Each axis of a round is tried on both sides and at the top of the parabola through the three. */
const MOST_TRIES = 1 + STEPS.length * AXES.length * 3;

/** Cells in which the code is hidden, pixels. */
const CELL = 8;
/** What a step between neighbours counts against their agreement. */
const ROUGHNESS = 0.5;

const CENTRE = CROP_SIZE / 2;
/** Turn and growth are told in pixels, at this distance from the centre. */
const ARM = CROP_SIZE / 4;

/** Shift right, shift down, turn and growth of the crop, crop pixels. */
type Nudge = readonly [right: number, down: number, turn: number, growth: number];

interface Attempt {
  readonly nudge: Nudge;
  readonly transform: Similarity;
  readonly agreement: number;
}

/**
 * Finds the alignment that protection used where no record tells it: eyes found in the protected photo lie a pixel or
 * so beside it, and the hidden code is finer than that. Every attempt is judged by its own restoration.
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
  const attempt = async (nudge: Nudge): Promise<Attempt> => {
    onShare(tries++ / MOST_TRIES);
    const transform = compose(nudged(nudge), face.transform);
    const { image, virtual } = await restoreFace(pixels, { ...face, transform }, identity, tools);
    return { nudge, transform, agreement: agreement(image, virtual) };
  };

  let best = await attempt([0, 0, 0, 0]);
  for (const step of STEPS) {
    for (const axis of AXES) {
      const before = await attempt(moved(best.nudge, axis, -step));
      const after = await attempt(moved(best.nudge, axis, step));
      const top = topOfParabola(before.agreement, best.agreement, after.agreement);
      const between = top === null ? [] : [await attempt(moved(best.nudge, axis, top * step))];
      best = [before, after, ...between].reduce(better, best);
    }
  }
  return { ...face, transform: best.transform };
}

function better(one: Attempt, other: Attempt): Attempt {
  return other.agreement > one.agreement ? other : one;
}

function moved(nudge: Nudge, axis: number, by: number): Nudge {
  const [right, down, turn, growth] = nudge.map((value, i) => (i === axis ? value + by : value));
  return [right ?? 0, down ?? 0, turn ?? 0, growth ?? 0];
}

/** From crop pixels to those of the crop moved. */
function nudged([right, down, turn, growth]: Nudge): Similarity {
  const a = 1 + growth / ARM;
  const b = turn / ARM;
  return { a, b, tx: CENTRE - a * CENTRE + b * CENTRE + right, ty: CENTRE - b * CENTRE - a * CENTRE + down };
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
export function agreement(restored: Float32Array, virtual: Float32Array): number {
  let sum = 0;
  const added = (at: number, alpha: number): number => alpha * ((restored[at] ?? 0) - (virtual[at] ?? 0));
  for (let edge = CELL; edge < CROP_SIZE; edge += CELL) {
    for (let along = 0; along < CROP_SIZE; along++) {
      const acrossRows = ovalAlpha((along + 0.5) / CROP_SIZE, edge / CROP_SIZE);
      const acrossColumns = ovalAlpha(edge / CROP_SIZE, (along + 0.5) / CROP_SIZE);
      for (let plane = 0; plane < restored.length; plane += CROP_SIZE * CROP_SIZE) {
        const below = plane + edge * CROP_SIZE + along;
        const right = plane + along * CROP_SIZE + edge;
        sum += alike(added(below - CROP_SIZE, acrossRows), added(below, acrossRows));
        sum += alike(added(right - 1, acrossColumns), added(right, acrossColumns));
      }
    }
  }
  return sum;
}

function alike(one: number, other: number): number {
  return one * other - ROUGHNESS * (one - other) ** 2;
}
