import { front } from '../constants.json';
import { dilate, enlargePlane, gaussianBlur } from '../drawing/blur';
import { CROP_SIZE } from '../geometry/alignment';
import type { Tools } from '../tools';
import type { AlignedFace } from '../types';
import { FINE } from './bare-model';
import { inFront } from './regions';

/**
 * What is in front of a face: glasses, a fringe, a mask, [256, 256] in 0..1; null where nothing is. It stays the photo's
 * own, and the person is drawn behind it.
 */
export function findFront(
  face: Pick<AlignedFace, 'image' | 'landmarks'>,
  { bareFaces, mesh }: Pick<Tools, 'bareFaces' | 'mesh'>,
): Float32Array | null {
  const found = inFront(bareFaces.residual(face, mesh), face.landmarks, mesh);
  if (!found.includes(1)) return null;
  const grown = dilate(Float32Array.from(found), FINE, front.grow);
  return gaussianBlur(enlargePlane(grown, FINE, CROP_SIZE / FINE), CROP_SIZE, front.soft);
}
