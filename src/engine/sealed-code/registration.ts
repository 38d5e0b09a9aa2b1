/**
 * Finds the alignment of a protected photo by the public synchronisation pattern in its pixels, without any key.
 * Mirrored by training/rofi/sealed/register.py.
 */
import { CROP_SIZE } from '../geometry/alignment';
import { compose, invert } from '../geometry/similarity';
import type { Similarity } from '../types';
import { lumaOf } from './cells';
import { displacements, likeliest, type Displacement } from './displacements';
import { median } from './median';
import { refine } from './refinement';

/** How far each round after the first looks, crop pixels. */
const CLOSER = [3, 2] as const;
/** How often the last pixel's part is corrected. */
const REFINED = 3;
/** A start that is this much larger or more turned is one pixel nearer at a window's edge. */
const LARGER = 0.035;
const FITS = 6;
/** Where windows lie less off than this they count alike, crop pixels. */
const CLOSE = 0.25;
const MIDDLE = CROP_SIZE / 2;

/** Gives the crop of an alignment, [3, 256, 256] planar RGB in [-1, 1]. */
type Cut = (transform: Similarity) => Float32Array;

/**
 * The alignment, photo to crop pixels, near the best of `starts`, at which the pattern lies in its place.
 *
 * @param starts - at least one; the best is at most about `reach` crop pixels off
 */
export function register(cut: Cut, starts: readonly Similarity[], reach: number): Similarity {
  const first = starts
    .map((start) => ({ start, ...likeliest(lumaOf(cut(start)), reach) }))
    .reduce((best, other) => (other.sureness > best.sureness ? other : best));
  let transform = moved(aboutMiddle(first.moved), first.start);
  for (const far of CLOSER) transform = moved(fit(displacements(lumaOf(cut(transform)), far)), transform);
  for (let round = 0; round < REFINED; round++) {
    transform = moved(aboutMiddle(refine(lumaOf(cut(transform)))), transform);
  }
  return transform;
}

/** Alignments that are larger, smaller and turned about the crop's middle, `transform` among them. */
export function startsRound(transform: Similarity): readonly Similarity[] {
  const steps = [0, LARGER, -LARGER];
  return steps.flatMap((scaling) =>
    steps.map((rotation) =>
      moved(aboutMiddle({ a: 1 + scaling, b: (1 + scaling) * rotation, tx: 0, ty: 0 }), transform),
    ),
  );
}

/** The alignment after which places lie where they were before `change`. */
function moved(change: Similarity, transform: Similarity): Similarity {
  return compose(invert(change), transform);
}

/** A similarity of coordinates from the crop's middle as one from its corner. */
function aboutMiddle(similarity: Similarity): Similarity {
  const toMiddle: Similarity = { a: 1, b: 0, tx: -MIDDLE, ty: -MIDDLE };
  return compose(invert(toMiddle), compose(similarity, toMiddle));
}

/** The similarity that moves the pattern's places to where they were found, robustly, weighted by sureness. */
function fit(found: readonly Displacement[]): Similarity {
  let weights = found.map(({ sureness }) => sureness ** 2);
  // About the crop's middle.
  let similarity: Similarity = { a: 1, b: 0, tx: 0, ty: 0 };
  for (let round = 0; round < FITS; round++) {
    similarity = leastSquares(found, weights);
    const { a, b, tx, ty } = similarity;
    const off = found.map(({ x, y, right, down }) => {
      const [u, v] = [x - MIDDLE, y - MIDDLE];
      return Math.hypot(a * u - b * v + tx - u - right, b * u + a * v + ty - v - down);
    });
    const usual = Math.max(CLOSE, median(off));
    weights = found.map(({ sureness }, i) => sureness ** 2 / (1 + (off[i]! / usual) ** 2) ** 2);
  }
  return aboutMiddle(similarity);
}

/** In closed form: with both ends about their weighted middles, rotation and scaling part from the shift. */
function leastSquares(found: readonly Displacement[], weights: readonly number[]): Similarity {
  const mean = (value: (place: Displacement) => number) => sum(found, weights, value) / sum(found, weights);
  const [u, v] = [mean(({ x }) => x - MIDDLE), mean(({ y }) => y - MIDDLE)];
  const [p, q] = [u + mean(({ right }) => right), v + mean(({ down }) => down)];
  let [along, across, square] = [0, 0, 0];
  found.forEach(({ x, y, right, down }, i) => {
    const [fromX, fromY] = [x - MIDDLE - u, y - MIDDLE - v];
    const [toX, toY] = [x + right - MIDDLE - p, y + down - MIDDLE - q];
    along += weights[i]! * (fromX * toX + fromY * toY);
    across += weights[i]! * (fromX * toY - fromY * toX);
    square += weights[i]! * (fromX ** 2 + fromY ** 2);
  });
  // Nothing was seen anywhere.
  if (!(square > 0)) return { a: 1, b: 0, tx: 0, ty: 0 };
  const [a, b] = [along / square, across / square];
  return { a, b, tx: p - a * u + b * v, ty: q - b * u - a * v };
}

function sum(
  found: readonly Displacement[],
  weights: readonly number[],
  value: (place: Displacement) => number = () => 1,
): number {
  return found.reduce((total, place, i) => total + weights[i]! * value(place), 0);
}
