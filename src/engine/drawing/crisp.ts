import { resampling } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import type { Similarity } from '../types';

const MOST = resampling.crisp;
const PLANE = CROP_SIZE * CROP_SIZE;

/**
 * Raises a crop's finest contrast by most of what interpolating it into a finer photo, and averaging it again when it is
 * cut out, take away: faces are as sharp as they were drawn. Training: rofi/photo/resampling.py.
 *
 * @param image - [3, 256, 256] planar
 * @param transform - from photo pixels to the crop's; nothing is raised where they are as large
 */
export function crisp(image: Float32Array, { a, b }: Similarity): Float32Array {
  const fineness = 1 / Math.hypot(a, b);
  const share = MOST * Math.min(Math.max(fineness - 1, 0), 1);
  if (share === 0) return image;
  return raised(raised(image, 1, CROP_SIZE, share), CROP_SIZE, 1, share);
}

/** Every value less a share of its neighbours' difference from it, along lines of `step`; the border is repeated. */
function raised(image: Float32Array, step: number, lineStep: number, share: number): Float32Array {
  const out = new Float32Array(image.length);
  for (let plane = 0; plane < image.length; plane += PLANE) {
    for (let line = 0; line < CROP_SIZE; line++) {
      const start = plane + line * lineStep;
      const end = start + (CROP_SIZE - 1) * step;
      for (let at = start; at <= end; at += step) {
        const value = image[at] ?? 0;
        const before = at === start ? value : (image[at - step] ?? 0);
        const after = at === end ? value : (image[at + step] ?? 0);
        out[at] = value + share * (2 * value - before - after);
      }
    }
  }
  return out;
}
