import { keptDetail as limits, landmarks as points } from '../constants.json';
import type { AlignedFace } from '../types';
import { CROP_SIZE, pointOf } from '../geometry/alignment';
import { transformPoint } from '../geometry/similarity';

/** Landmarks of the pupils. */
const PUPILS = points.pupils;
/** Points round each iris follow its pupil. */
const RING = [1, 2, 3, 4] as const;
/** A little more than an iris: a tenth of the eyes' distance, crop pixels. The least that is covered. */
const IRIS_RADIUS = limits.leastIris;
/** Round an iris as it was found, so that one that lies a little beside its landmarks is covered as well. */
const MARGIN = limits.irisMargin;
/** Over how many crop pixels the detail comes back round the iris. */
const IRIS_FADE = limits.irisFade;

/**
 * Where a protected photo shows the original's finest detail, [256, 256] in 0..1: wherever the virtual person does not
 * cover it, but never in the irises, whose pattern is as good as a fingerprint.
 *
 * @param opacity - [256, 256] in 0..1, the virtual person's
 */
export function keptDetail(
  opacity: Float32Array,
  { face, transform }: AlignedFace,
): Float32Array<ArrayBuffer> {
  const kept = new Float32Array(opacity.length);
  const irises = PUPILS.map((pupil) => {
    const [centre, ...ring] = [pupil, ...RING.map((step) => pupil + step)].map((index) =>
      transformPoint(transform, pointOf(face.landmarks, index)),
    );
    const { x = 0, y = 0 } = centre ?? {};
    const radii = ring.map((point) => Math.hypot(point.x - x, point.y - y));
    return { x, y, radius: Math.max(IRIS_RADIUS, MARGIN * Math.max(...radii)) };
  });
  for (let i = 0; i < kept.length; i++) {
    const x = (i % CROP_SIZE) + 0.5;
    const y = Math.floor(i / CROP_SIZE) + 0.5;
    let away = Infinity;
    for (const iris of irises) away = Math.min(away, Math.hypot(x - iris.x, y - iris.y) - iris.radius);
    const outside = Math.min(Math.max(away / IRIS_FADE, 0), 1);
    kept[i] = outside * (1 - (opacity[i] ?? 0));
  }
  return kept;
}
