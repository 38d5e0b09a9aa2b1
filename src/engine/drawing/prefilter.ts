/** Undoes beforehand what a crop's way into a photo takes of its sharpness. Training: rofi/photo/resampling.py. */

/**
 * What becomes of a crop's pixel, in itself and in the first and second beside it, when a Catmull-Rom spline lays it over
 * a finer photo and it is cut out again: blocks of 0.85 crop pixels averaged, and bilinear samples of these.
 */
const SPREAD = [0.667, 0.1815, -0.015] as const;
/** Each brings back a part of what is missing; all of it would be noise. */
const ROUNDS = 2;

/**
 * Sharpens a crop by as much as it is blurred on that way. Cut out of the photo it is nearly itself once more, and as
 * sharp as what is round it.
 *
 * @param image - [3, size, size] planar
 */
export function prefiltered(image: Float32Array, size: number): Float32Array<ArrayBuffer> {
  const sharp = image.slice();
  const area = size * size;
  for (let start = 0; start < image.length; start += area) {
    const own = image.subarray(start, start + area);
    const plane = sharp.subarray(start, start + area);
    for (let round = 0; round < ROUNDS; round++) {
      const blurred = spreadRowsTransposed(spreadRowsTransposed(plane, size), size);
      for (let i = 0; i < area; i++) plane[i] = plane[i]! + own[i]! - blurred[i]!;
    }
  }
  return sharp;
}

/** Spreads each row, borders mirrored without repeating the edge, and writes it as a column. */
function spreadRowsTransposed(plane: Float32Array, size: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(size * size);
  const last = size - 1;
  for (let y = 0; y < size; y++) {
    const row = plane.subarray(y * size, (y + 1) * size);
    for (let x = 0; x < size; x++) {
      const [left, right] = [x > 0 ? x - 1 : 1, x < last ? x + 1 : last - 1];
      const [further, beyond] = [Math.abs(x - 2), x + 2 <= last ? x + 2 : 2 * last - x - 2];
      out[x * size + y] =
        SPREAD[0] * row[x]! +
        SPREAD[1] * (row[left]! + row[right]!) +
        SPREAD[2] * (row[further]! + row[beyond]!);
    }
  }
  return out;
}
