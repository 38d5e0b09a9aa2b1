/** What of the translated face shows: nothing where the photo keeps its own features. */
import { keptSigns as outline } from '../constants.json';
import type { VirtualFace } from '../types';
import { CROP_SIZE } from '../geometry/alignment';
import { gaussianBlur } from './blur';
import { SIGN_GRID } from './kept-shares';

/** The outline of what is kept is a level of the shares' blur: crop pixels, and the levels of nothing and of whole. */
const OUTLINE = { sigma: outline.outlineSigma, nothing: outline.nothing, whole: outline.whole } as const;

/**
 * The translated face's opacity, [256, 256] in 0..1: that of the virtual face drawn, but for kept signs. Training uses
 * the same.
 *
 * @param shares - [32, 32] in 0..1, how much of each cell stays the photo's own
 */
export function faceOpacity(
  shares: Float32Array,
  { opacity }: Pick<VirtualFace, 'opacity'>,
): Float32Array<ArrayBuffer> {
  const kept = keptFace(shares);
  return opacity.map((drawn, i) => drawn * (1 - (kept[i] ?? 0)));
}

/**
 * How much of the photo's own face shows for its signs, [256, 256] in 0..1: whole some 6 crop pixels beyond a long edge
 * of what is kept and gone after 11, so that no cell's edge shows.
 */
export function keptFace(shares: Float32Array): Float32Array {
  const plane = new Float32Array(CROP_SIZE * CROP_SIZE);
  const cell = CROP_SIZE / SIGN_GRID;
  for (let i = 0; i < plane.length; i++) {
    const row = Math.floor(Math.floor(i / CROP_SIZE) / cell);
    plane[i] = shares[row * SIGN_GRID + Math.floor((i % CROP_SIZE) / cell)] ?? 0;
  }
  return gaussianBlur(plane, CROP_SIZE, OUTLINE.sigma).map((level) => {
    const share = Math.min(Math.max((level - OUTLINE.nothing) / (OUTLINE.whole - OUTLINE.nothing), 0), 1);
    return share * share * (3 - 2 * share);
  });
}

/** Lays a face over the photo's own crop, both [3, 256, 256], with an opacity [256, 256]. */
export function layOver(
  own: Float32Array,
  face: Float32Array,
  opacity: Float32Array,
): Float32Array<ArrayBuffer> {
  return own.map((kept, i) => {
    const shown = opacity[i % opacity.length] ?? 0;
    return kept + shown * ((face[i] ?? 0) - kept);
  });
}
