/** What becomes of a crop on its way into a finer photo and out of it again. Training: rofi/photo/resampling.py. */
import { CROP_SIZE } from './alignment';

const AREA = CROP_SIZE * CROP_SIZE;
/**
 * What becomes of a pixel, in itself and in the first and second beside it, when a Catmull-Rom spline lays it over a
 * finer photo and it is cut out again: blocks of 0.85 crop pixels averaged, and bilinear samples of these.
 */
const SPREAD = [0.667, 0.1815, -0.015] as const;

/** A plane [256, 256] as it comes back, borders mirrored without repeating the edge. */
export function spread(plane: Float32Array): Float32Array<ArrayBuffer> {
  return spreadRowsTransposed(spreadRowsTransposed(plane));
}

/** Spreads each row and writes it as a column. */
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
