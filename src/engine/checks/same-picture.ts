import type { CoveredBox, ProtectionDetails } from '../../record/types';
import { CROP_SIZE } from '../geometry/alignment';
import { ovalAlpha } from '../drawing/blending';
import { transformPoint } from '../geometry/similarity';
import { shrinkTo } from '../image/resize';
import type { Pixels, Point } from '../types';

/** Both pictures are compared at this longest side, where compression and sharpening no longer show, pixels. */
const SIDE = 96;
/** So far two channels of 0..255 lie apart only where something else is to be seen. */
const APART = 28;
/**
 * So large a share of what lies round the faces may be. Six photos saved anew as JPEG, down to 300 pixels, have none;
 * other photos have more than a third.
 */
const MOST_APART = 0.02;
/** Sides may differ by this share: they were rounded. */
const RATIO_TOLERANCE = 0.02;

/**
 * Whether a protected photo that has changed since still shows what the original does, outside its faces and what is
 * covered. These and what was painted into them cannot be judged so.
 *
 * @param faces - and `covered`: of the record, in pixels of a picture of the record's size
 */
export function isSamePicture(
  original: Pixels,
  seen: Pixels,
  { image, faces, covered = [] }: Pick<ProtectionDetails, 'image' | 'faces' | 'covered'>,
): boolean {
  const [one, other] = [shrinkTo(original, SIDE), shrinkTo(seen, SIDE)];
  const ratio = (original.width * seen.height) / (original.height * seen.width);
  if (Math.abs(Math.log(ratio)) > RATIO_TOLERANCE) return false;
  let [compared, apart] = [0, 0];
  for (let y = 0; y < one.height; y++) {
    for (let x = 0; x < one.width; x++) {
      // Their sizes may differ by a pixel: places are shares of the sides.
      const [u, v] = [(x + 0.5) / one.width, (y + 0.5) / one.height];
      const point = { x: u * image.width, y: v * image.height };
      if (faces.some(({ transform }) => isInOval(transformPoint(transform, point)))) continue;
      if (covered.some((box) => isIn(box, point, Math.max(image.width, image.height) / SIDE))) continue;
      compared++;
      if (distance(one, (y * one.width + x) * 4, other, u, v) > APART) apart++;
    }
  }
  return compared > 0 && apart / compared <= MOST_APART;
}

function isInOval({ x, y }: { readonly x: number; readonly y: number }): boolean {
  return ovalAlpha(x / CROP_SIZE, y / CROP_SIZE) > 0;
}

/** Whether a point lies in a box or nearly so: a small picture's pixel at its edge shows some of it. */
function isIn({ x, y, width, height }: CoveredBox, point: Point, margin: number): boolean {
  const [right, down] = [point.x - x, point.y - y];
  return right > -margin && right < width + margin && down > -margin && down < height + margin;
}

/** The largest difference of a channel between one pixel and, bilinear, a place in another picture. */
function distance(one: Pixels, at: number, { width, height, data }: Pixels, u: number, v: number): number {
  const x = Math.min(Math.max(u * width - 0.5, 0), width - 1);
  const y = Math.min(Math.max(v * height - 0.5, 0), height - 1);
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [Math.min(left + 1, width - 1), Math.min(top + 1, height - 1)];
  const value = (column: number, row: number, i: number): number => data[(row * width + column) * 4 + i] ?? 0;
  const along = (row: number, i: number): number =>
    value(left, row, i) + (x - left) * (value(right, row, i) - value(left, row, i));
  const differences = [0, 1, 2].map((i) => {
    const upper = along(top, i);
    return Math.abs((one.data[at + i] ?? 0) - upper - (y - top) * (along(below, i) - upper));
  });
  return Math.max(...differences);
}
