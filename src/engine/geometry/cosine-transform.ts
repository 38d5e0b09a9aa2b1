/** The two-dimensional cosine transform of 8×8 cells, orthonormal, its coefficients in order of their frequency. */
import { CROP_SIZE } from './alignment';

const CELL = 8;
/** Of a cell. */
export const COEFFICIENTS = CELL * CELL;
const AREA = COEFFICIENTS;
const ROW = CROP_SIZE / CELL;

/** [frequency, place]. */
const BASIS = Float64Array.from({ length: AREA }, (_, i) => {
  const [frequency, at] = [Math.floor(i / CELL), i % CELL];
  const scale = Math.sqrt((frequency ? 2 : 1) / CELL);
  return scale * Math.cos((Math.PI * (at + 0.5) * frequency) / CELL);
});
const TRANSPOSED = transposed(BASIS);
/** How the basis changes from place to place, [place, frequency]. */
const SLOPES = transposed(
  BASIS.map((_, i) => {
    const [frequency, at] = [Math.floor(i / CELL), i % CELL];
    const turn = (Math.PI * frequency) / CELL;
    return -Math.sqrt(2 / CELL) * turn * Math.sin((at + 0.5) * turn);
  }),
);

/** Frequencies down · 8 + across, from smooth to fine. */
const ORDER = Uint8Array.from(
  Array.from({ length: AREA }, (_, i) => i).sort(
    (one, other) => fineness(one) - fineness(other) || one - other,
  ),
);

/** A plane [256, 256] to coefficients [1024, 64], cell by cell, smooth to fine. */
export function dctForward(plane: Float32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(plane.length);
  const block = new Float64Array(AREA);
  for (let cell = 0; cell < plane.length / AREA; cell++) {
    for (let i = 0; i < AREA; i++) block[i] = plane[placeOf(cell, i)]!;
    transform(block, BASIS, BASIS);
    for (let i = 0; i < AREA; i++) out[cell * AREA + i] = block[ORDER[i]!]!;
  }
  return out;
}

/** The inverse. */
export function dctInverse(coefficients: Float32Array): Float32Array<ArrayBuffer> {
  return inverse(coefficients, TRANSPOSED, TRANSPOSED);
}

/** How the inverse changes to the right and down, a pixel on. */
export function dctSlopes(
  coefficients: Float32Array,
): readonly [right: Float32Array<ArrayBuffer>, down: Float32Array<ArrayBuffer>] {
  return [inverse(coefficients, TRANSPOSED, SLOPES), inverse(coefficients, SLOPES, TRANSPOSED)];
}

function inverse(coefficients: Float32Array, down: Float64Array, across: Float64Array) {
  const out = new Float32Array(coefficients.length);
  const block = new Float64Array(AREA);
  for (let cell = 0; cell < coefficients.length / AREA; cell++) {
    for (let i = 0; i < AREA; i++) block[ORDER[i]!] = coefficients[cell * AREA + i]!;
    transform(block, down, across);
    for (let i = 0; i < AREA; i++) out[placeOf(cell, i)] = block[i]!;
  }
  return out;
}

const half = new Float64Array(AREA);

/** block := down · block · acrossᵀ */
function transform(block: Float64Array, down: Float64Array, across: Float64Array): void {
  for (let row = 0; row < AREA; row += CELL) {
    for (let column = 0; column < CELL; column++) {
      let sum = 0;
      for (let i = 0; i < CELL; i++) sum += down[row + i]! * block[i * CELL + column]!;
      half[row + column] = sum;
    }
  }
  for (let row = 0; row < AREA; row += CELL) {
    for (let column = 0; column < CELL; column++) {
      let sum = 0;
      for (let i = 0; i < CELL; i++) sum += half[row + i]! * across[column * CELL + i]!;
      block[row + column] = sum;
    }
  }
}

function transposed(matrix: Float64Array): Float64Array {
  return matrix.map((_, i) => matrix[(i % CELL) * CELL + Math.floor(i / CELL)]!);
}

function placeOf(cell: number, i: number): number {
  const top = Math.floor(cell / ROW) * CELL + (i >> 3);
  return top * CROP_SIZE + (cell % ROW) * CELL + (i & 7);
}

function fineness(frequency: number): number {
  return (frequency >> 3) ** 2 + (frequency & 7) ** 2;
}
