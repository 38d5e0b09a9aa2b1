/** Undoes beforehand what a crop's way into a photo takes of its sharpness. Training: rofi/photo/resampling.py. */
import { sealedCode } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { COEFFICIENTS, dctForward, dctInverse } from '../geometry/cosine-transform';
import { spread } from '../geometry/spread';

const AREA = CROP_SIZE * CROP_SIZE;
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
      const blurred = spread(plane);
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
