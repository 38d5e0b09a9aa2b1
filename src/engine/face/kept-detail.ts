import type { AlignedFace, VirtualFace } from '../types';
import { CROP_SIZE, pointOf } from './alignment';
import { enlargePlane } from './blur';
import { SIGN_GRID } from './sign-map';
import { transformPoint } from './similarity';

/** Landmarks of the pupils. */
const PUPILS = [468, 473] as const;
/** A little more than an iris: a tenth of the eyes' distance, crop pixels. */
const IRIS_RADIUS = 0.1 * 0.3 * CROP_SIZE;
/** Over how many crop pixels the detail comes back round the iris. */
const IRIS_FADE = 2;

/**
 * Where a protected photo shows the original's finest detail, [256, 256] in 0..1: in the eye openings and where signs
 * are kept, but never in the irises, whose pattern is as good as a fingerprint.
 *
 * @param mask - [32, 32], 1 where the photo's own features stay
 * @param virtual - the face drawn, which says where its eye openings are the photo's own
 */
export function keptDetail(
  mask: Float32Array,
  { eyes }: VirtualFace,
  { face, transform }: AlignedFace,
): Float32Array<ArrayBuffer> {
  const kept = enlargePlane(mask, SIGN_GRID, CROP_SIZE / SIGN_GRID);
  const pupils = PUPILS.map((index) => transformPoint(transform, pointOf(face.landmarks, index)));
  for (let i = 0; i < kept.length; i++) {
    const x = (i % CROP_SIZE) + 0.5;
    const y = Math.floor(i / CROP_SIZE) + 0.5;
    const away = Math.min(...pupils.map((pupil) => Math.hypot(x - pupil.x, y - pupil.y)));
    const outside = Math.min(Math.max((away - IRIS_RADIUS) / IRIS_FADE, 0), 1);
    kept[i] = outside * Math.max(kept[i] ?? 0, eyes[i] ?? 0);
  }
  return kept;
}
