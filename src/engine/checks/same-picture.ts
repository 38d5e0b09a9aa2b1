import type { ProtectionDetails } from '../../record/types';
import { CROP_SIZE } from '../face/alignment';
import { ovalAlpha } from '../face/blending';
import { transformPoint } from '../face/similarity';
import { shrinkTo } from '../image/resize';
import type { Pixels } from '../types';

/** Both pictures are compared at this longest side, where compression and sharpening no longer show, pixels. */
const SIDE = 96;
/** So far two channels of 0..255 lie apart only where something else is to be seen. */
const APART = 28;
/** So large a share of what lies round the faces may be: an edge that moved by half a pixel. */
const MOST_APART = 0.04;
/** Sides may differ by this share: they were rounded. */
const RATIO_TOLERANCE = 0.02;

/**
 * Whether a protected photo that has changed since still shows what the original does, outside its faces. Faces and what
 * was painted into them cannot be judged so.
 *
 * @param faces - of the record, in pixels of a picture of the record's size
 */
export function isSamePicture(
  original: Pixels,
  seen: Pixels,
  { image, faces }: Pick<ProtectionDetails, 'image' | 'faces'>,
): boolean {
  const [one, other] = [shrinkTo(original, SIDE), shrinkTo(seen, SIDE)];
  const ratio = (original.width * seen.height) / (original.height * seen.width);
  if (Math.abs(Math.log(ratio)) > RATIO_TOLERANCE) return false;
  const [width, height] = [Math.min(one.width, other.width), Math.min(one.height, other.height)];
  let [compared, apart] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const point = { x: ((x + 0.5) / width) * image.width, y: ((y + 0.5) / height) * image.height };
      if (faces.some(({ transform }) => isInOval(transformPoint(transform, point)))) continue;
      compared++;
      if (differ(one, other, x, y)) apart++;
    }
  }
  return compared > 0 && apart / compared <= MOST_APART;
}

function isInOval({ x, y }: { readonly x: number; readonly y: number }): boolean {
  return ovalAlpha(x / CROP_SIZE, y / CROP_SIZE) > 0;
}

function differ(one: Pixels, other: Pixels, x: number, y: number): boolean {
  const [a, b] = [(y * one.width + x) * 4, (y * other.width + x) * 4];
  return [0, 1, 2].some((i) => Math.abs((one.data[a + i] ?? 0) - (other.data[b + i] ?? 0)) > APART);
}
