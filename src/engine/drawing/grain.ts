/** What a drawing has that is finer than the crop. Training: rofi/people/grain.py. */
import { grain } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { blockMeans, enlargePlane } from './blur';
import type { MeshField } from '../geometry/raster';
import type { Detail } from '../people/atlas';
import { rank } from '../people/choose';
import type { DrawnPerson } from './draw-person';
import type { Similarity } from '../types';
import { lumaPlane } from '../image/luma';
import { valueAt } from './value-at';

/** Detail may be raised so far to match the photo's. */
const MOST_GAIN = grain.mostGain;
/** Added to brightness where it is divided by, 0..1 of white. */
const DARK = grain.dark;
/** The drawing's middle: where it is opaque. */
const INSIDE = grain.inside;
/** Every so many pixels are enough to tell a plane's size. */
const SAMPLE_STEP = 5;
/** Photo pixels to one of the crop from which on there is something finer, and at most so many times as fine. */
const FINER = 1.15;
const FINEST = 3;

/** A plane that covers the crop `factor` times as finely. */
export interface FineLayer {
  readonly factor: number;
  /** [256·factor, 256·factor]: a share of the pixel's brightness to add to it. Its means over crop pixels are near 0. */
  readonly share: Float32Array;
}

/** How many times as fine as the crop a photo is, in whole numbers; 1 where it is hardly finer. */
export function finenessOf({ a, b }: Similarity): number {
  const pixels = 1 / Math.hypot(a, b);
  return pixels < FINER ? 1 : Math.min(Math.max(Math.ceil(pixels - FINER + 1), 2), FINEST);
}

/** Looks a layer up at a place of the crop, in crop pixels, bilinearly. */
export function layerAt({ factor, share }: FineLayer, u: number, v: number): number {
  return valueAt(share, CROP_SIZE * factor, u * factor - 0.5, v * factor - 0.5);
}

/**
 * Pores, wrinkles and stubble of a larger face, and noise, as strong as what the photo itself has that is finer than
 * the crop: the drawing is neither smoother nor rougher than its surroundings.
 *
 * @param fine - the patient's crop, [3, 256·factor, 256·factor] planar RGB in [-1, 1]
 * @param seed - of the noise
 */
export function fineLayer(
  fine: Float32Array,
  { image, opacity, field }: DrawnPerson,
  detail: Detail,
  seed: number,
  factor: number,
): FineLayer {
  const side = CROP_SIZE * factor;
  const shown = enlargePlane(opacity, CROP_SIZE, factor);
  const drawn = finerThanCrop(sampleDetail(detail, field, shown, factor), factor);
  const own = finerThanCrop(lumaPlane(fine), factor);
  const below = enlargePlane(lumaPlane(image), CROP_SIZE, factor);
  for (let i = 0; i < own.length; i++) own[i] = (own[i] ?? 0) / ((below[i] ?? 0) + DARK);

  const [wanted, there] = [sizeInside(own, shown), sizeInside(drawn, shown)];
  const gain = Math.min(MOST_GAIN, wanted / (there + 1e-6));
  const missing = Math.sqrt(Math.max(0, wanted ** 2 - (gain * there) ** 2));
  const speckle = finerThanCrop(smooth(noise(side, seed), side), factor);
  const strength = missing / (sizeInside(speckle, shown) + 1e-6);
  const share = drawn.map((value, i) => (shown[i] ?? 0) * (gain * value + strength * (speckle[i] ?? 0)));
  return { factor, share };
}

/** What of a plane is finer than the crop. */
function finerThanCrop(plane: Float32Array<ArrayBuffer>, factor: number): Float32Array<ArrayBuffer> {
  const side = CROP_SIZE * factor;
  for (let round = 0; round < 2; round++) {
    const coarse = enlargePlane(blockMeans(plane, side, factor), CROP_SIZE, factor);
    for (let i = 0; i < plane.length; i++) plane[i] = (plane[i] ?? 0) - (coarse[i] ?? 0);
  }
  return plane;
}

/** The detail, less 1, where the drawing shows. */
function sampleDetail(
  { side, ratio }: Detail,
  field: MeshField,
  shown: Float32Array,
  factor: number,
): Float32Array<ArrayBuffer> {
  const across = enlargePlane(field.x, CROP_SIZE, factor);
  const down = enlargePlane(field.y, CROP_SIZE, factor);
  const out = new Float32Array(across.length);
  for (let i = 0; i < out.length; i++) {
    if (shown[i] === 0) continue;
    out[i] = valueAt(ratio, side, (across[i] ?? 0) * side - 0.5, (down[i] ?? 0) * side - 0.5) - 1;
  }
  return out;
}

/** Nearly normal noise that a seed decides: three uniform numbers each. */
function noise(side: number, seed: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(side * side);
  for (let at = 0; at < out.length; at++) {
    const bits = rank(seed, at);
    const total = (bits & 1023) + ((bits >>> 10) & 1023) + ((bits >>> 20) & 1023);
    out[at] = (total / 1023 - 1.5) * 2;
  }
  return out;
}

/** How large a plane's values are inside the drawing, but for what is finest: photographs keep little of that. */
function sizeInside(plane: Float32Array, shown: Float32Array): number {
  const seen = smooth(plane, Math.sqrt(plane.length));
  let [sum, count] = [0, 0];
  for (let i = 0; i < seen.length; i += SAMPLE_STEP) {
    if ((shown[i] ?? 0) <= INSIDE) continue;
    sum += Math.abs(seen[i] ?? 0);
    count++;
  }
  return sum / Math.max(count, 1);
}

/** A plane without what is finest: a binomial kernel of three, both ways, the border repeated. */
function smooth(plane: Float32Array, side: number): Float32Array<ArrayBuffer> {
  const last = side - 1;
  const across = new Float32Array(plane.length);
  for (let row = 0; row < plane.length; row += side) {
    let before = plane[row]!;
    let own = before;
    for (let x = 0; x < side; x++) {
      const after = plane[row + Math.min(x + 1, last)]!;
      across[row + x] = (before + 2 * own + after) / 4;
      before = own;
      own = after;
    }
  }
  const out = new Float32Array(plane.length);
  for (let y = 0, at = 0; y < side; y++) {
    const up = y > 0 ? -side : 0;
    const down = y < last ? side : 0;
    for (let x = 0; x < side; x++, at++) {
      out[at] = (across[at + up]! + 2 * across[at]! + across[at + down]!) / 4;
    }
  }
  return out;
}
