/** The last part of a pixel of an alignment. Mirrored by training/rofi/sealed/register.py. */
import { CROP_SIZE } from '../geometry/alignment';
import type { Similarity } from '../types';
import { CODE_CELLS, GRID } from './cells';
import { COEFFICIENTS, dctForward, dctInverse, dctSlopes } from '../geometry/cosine-transform';
import { HEADER, LUMA_LEVELS, PUBLIC, SYNC, SYNC_SIGNS } from './layout';
import { presence } from './presence';
import { solve } from './solve';

const MIDDLE = CROP_SIZE / 2;
const CELL = CROP_SIZE / GRID;
const [INNER, OUTER] = LUMA_LEVELS;
/** So much farther it is moved than it seems off: what is seen draws the levels that it is compared with along. */
const EAGERNESS = 4;
/** Strength, right, down, scaling and rotation. */
const UNKNOWNS = 5;

/**
 * The small similarity about the crop's middle that moves what is written to where it is seen.
 *
 * What is seen is taken for the nearest levels that could have been written; what is left over tells how far they are from
 * their place, by least squares over all cells that hold code.
 *
 * @param luma - [256, 256] in 0..255, less than a pixel off
 */
export function refine(luma: Float32Array): Similarity {
  const coefficients = dctForward(luma);
  const [seen, written] = [new Float32Array(luma.length), new Float32Array(luma.length)];
  const agreeing = new Float32Array(SYNC_SIGNS.length);
  CODE_CELLS.forEach((cell, index) => {
    for (let i = SYNC.start; i < COEFFICIENTS; i++) {
      const at = cell * COEFFICIENTS + i;
      seen[at] = coefficients[at]!;
      written[at] = nearest(i, index, seen[at]);
    }
    for (let i = 0; i < SYNC.count; i++) {
      const at = index * SYNC.count + i;
      agreeing[at] = SYNC_SIGNS[at]! * seen[cell * COEFFICIENTS + SYNC.start + i]!;
    }
  });
  const planes = [dctInverse(written), ...dctSlopes(written)] as const;
  const target = dctInverse(seen);
  const present = presence([agreeing]);
  const matrix = new Float64Array(UNKNOWNS * UNKNOWNS);
  const wanted = new Float64Array(UNKNOWNS);
  CODE_CELLS.forEach((cell, index) => {
    if (present[index]! > 0) accumulate(cell, present[index]!, planes, target, matrix, wanted);
  });
  for (let i = 0; i < UNKNOWNS; i++) matrix[i * UNKNOWNS + i]! += 1e-6;
  const [strength, ...moves] = solve(matrix, wanted);
  // What is seen at x is what was written at x less how far it moved.
  const [tx, ty, scaling, rotation] = moves.map((move) =>
    Math.min(Math.max((-EAGERNESS * move) / Math.max(strength!, 1e-6), -1), 1),
  );
  return { a: 1 + scaling!, b: rotation!, tx: tx!, ty: ty! };
}

/** A coefficient of a code cell as it may have been written: the pattern is known, the others have their levels. */
function nearest(coefficient: number, cell: number, seen: number): number {
  if (coefficient < HEADER.start) return PUBLIC * SYNC_SIGNS[cell * SYNC.count + coefficient - SYNC.start]!;
  if (coefficient < HEADER.start + HEADER.count) return PUBLIC * Math.sign(seen);
  return Math.sign(seen) * (Math.abs(seen) > (INNER + OUTER) / 2 ? OUTER : INNER);
}

/** Adds a cell's pixels to the normal equations. */
function accumulate(
  cell: number,
  weight: number,
  [written, toRight, toBottom]: readonly [Float32Array, Float32Array, Float32Array],
  target: Float32Array,
  matrix: Float64Array,
  wanted: Float64Array,
): void {
  const [top, left] = [Math.floor(cell / GRID) * CELL, (cell % GRID) * CELL];
  const parts = new Float64Array(UNKNOWNS);
  for (let y = top; y < top + CELL; y++) {
    for (let x = left; x < left + CELL; x++) {
      const at = y * CROP_SIZE + x;
      const [right, down] = [toRight[at]!, toBottom[at]!];
      const [u, v] = [x + 0.5 - MIDDLE, y + 0.5 - MIDDLE];
      parts.set([written[at]!, right, down, u * right + v * down, u * down - v * right]);
      for (let i = 0; i < UNKNOWNS; i++) {
        const part = weight * parts[i]!;
        wanted[i]! += part * target[at]!;
        for (let j = 0; j < UNKNOWNS; j++) matrix[i * UNKNOWNS + j]! += part * parts[j]!;
      }
    }
  }
}
