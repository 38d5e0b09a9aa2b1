/** What of the translated face shows: nothing where the photo keeps its own features. */
import type { VirtualFace } from '../types';
import { CROP_SIZE } from '../geometry/alignment';
import { dilate, enlargePlane } from './blur';
import { SIGN_GRID } from './sign-map';

/**
 * The translated face's opacity, [256, 256] in 0..1: that of the virtual face drawn, but for kept signs. Training uses
 * the same.
 *
 * @param mask - [32, 32], 1 where the photo's own features stay
 */
export function faceOpacity(mask: Float32Array, { opacity }: VirtualFace): Float32Array<ArrayBuffer> {
  const kept = keptSigns(mask);
  return Float32Array.from(opacity, (drawn, i) => drawn * (1 - (kept[i] ?? 0)));
}

/** Whole in the kept cells, fading over a cell and a half round them, so that no block's edge shows. */
function keptSigns(mask: Float32Array): Float32Array {
  const around = dilate(mask, SIGN_GRID, 1);
  const both = mask.map((kept, i) => kept + (around[i] ?? 0));
  return enlargePlane(both, SIGN_GRID, CROP_SIZE / SIGN_GRID).map((twice) => {
    const share = Math.min((twice * 2) / 3, 1);
    return share * share * (3 - 2 * share);
  });
}

/** Lays a face over the photo's own crop, both [3, 256, 256], with an opacity [256, 256]. */
export function layOver(
  own: Float32Array,
  face: Float32Array,
  opacity: Float32Array,
): Float32Array<ArrayBuffer> {
  return Float32Array.from(own, (kept, i) => {
    const shown = opacity[i % opacity.length] ?? 0;
    return kept + shown * ((face[i] ?? 0) - kept);
  });
}
