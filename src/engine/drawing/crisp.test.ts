import { expect, it } from 'vitest';
import { CROP_SIZE } from '../geometry/alignment';
import { resampleCrop } from '../geometry/resampling';
import { invert } from '../geometry/similarity';
import { drawPixels } from '../testing/photos';
import type { Similarity } from '../types';
import { blendFaces } from './blending';
import { crisp } from './crisp';

const PLANE = CROP_SIZE * CROP_SIZE;
const fine = Float32Array.from({ length: 3 * PLANE }, (_, i) => Math.sin(1.3 * (i % CROP_SIZE)) / 2);

/** A photo with so many pixels for each of the crop's, a little turned. */
function finer(fineness: number): Similarity {
  return invert({ a: 0.98 * fineness, b: 0.2 * fineness, tx: 60.3, ty: 4.7 });
}

/** How strong the pattern is in the middle of a crop. */
function contrast(image: Float32Array): number {
  const middle = image.subarray(128 * CROP_SIZE + 90, 128 * CROP_SIZE + 166);
  return Math.hypot(...middle) / Math.sqrt(middle.length);
}

it.each([2.2, 3.4])('a crop laid into a photo %s times as fine is read again nearly as sharp', (fineness) => {
  const transform = finer(fineness);
  const side = Math.ceil(330 * fineness);
  const grey = drawPixels(side, side, () => [128, 128, 128]);
  const photo = blendFaces(grey, [{ image: fine, aligned: { transform } }]);
  const share = contrast(resampleCrop(photo, transform, CROP_SIZE)) / contrast(fine);
  expect(share).toBeGreaterThan(0.85);
  expect(share).toBeLessThan(1);
});

it('nothing changes where photo and crop are as fine, and an even colour stays', () => {
  expect(crisp(fine, { a: 1, b: 0, tx: 3, ty: 4 })).toBe(fine);
  const even = crisp(new Float32Array(3 * PLANE).fill(0.25), finer(3));
  for (const value of even) expect(value).toBeCloseTo(0.25, 5);
});
