/** Undoes beforehand what a crop's way into a photo takes of its sharpness. Training: rofi/photo/resampling.py. */
import { sealedCode } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { COEFFICIENTS, dctForward, dctInverse } from '../geometry/cosine-transform';

const AREA = CROP_SIZE * CROP_SIZE;
/**
 * What becomes of a crop's pixel, in itself and in the first and second beside it, when a Catmull-Rom spline lays it over
 * a finer photo and it is cut out again: blocks of 0.85 crop pixels averaged, and bilinear samples of these.
 */
const SPREAD = [0.667, 0.1815, -0.015] as const;
/** Each brings back a part of what is missing; all of it would be noise. */
const ROUNDS = 2;

/**
 * Sharpens a crop by as much as it is blurred on that way, so that it is as sharp as what is round it. What is finest
 * stays as it is: there the sealed code will stand, and what is sharper there leaves it less room.
 *
 * @param image - [3, 256, 256] planar
 */
export function prefiltered(image: Float32Array): Float32Array<ArrayBuffer> {
  const sharp = image.slice();
  for (let start = 0; start < image.length; start += AREA) {
    const own = image.subarray(start, start + AREA);
    const plane = sharp.subarray(start, start + AREA);
    for (let round = 0; round < ROUNDS; round++) {
      const blurred = spreadRowsTransposed(spreadRowsTransposed(plane));
      for (let i = 0; i < AREA; i++) plane[i] = plane[i]! + own[i]! - blurred[i]!;
    }
    for (let i = 0; i < AREA; i++) plane[i] = plane[i]! - own[i]!;
    const more = dctForward(plane);
    for (let i = 0; i < AREA; i++) if (i % COEFFICIENTS >= sealedCode.first) more[i] = 0;
    plane.set(dctInverse(more));
    for (let i = 0; i < AREA; i++) plane[i] = plane[i]! + own[i]!;
  }
  return sharp;
}

/** Spreads each row, borders mirrored without repeating the edge, and writes it as a column. */
function spreadRowsTransposed(plane: Float32Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(AREA);
  const last = CROP_SIZE - 1;
  for (let y = 0; y < CROP_SIZE; y++) {
    const row = plane.subarray(y * CROP_SIZE, (y + 1) * CROP_SIZE);
    for (let x = 0; x < CROP_SIZE; x++) {
      const [left, right] = [x > 0 ? x - 1 : 1, x < last ? x + 1 : last - 1];
      const [further, beyond] = [Math.abs(x - 2), x + 2 <= last ? x + 2 : 2 * last - x - 2];
      out[x * CROP_SIZE + y] =
        SPREAD[0] * row[x]! +
        SPREAD[1] * (row[left]! + row[right]!) +
        SPREAD[2] * (row[further]! + row[beyond]!);
    }
  }
  return out;
}
