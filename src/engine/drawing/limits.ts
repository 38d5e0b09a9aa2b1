import { RofiError } from '../../errors';
import { landmarks as points } from '../constants.json';
import { pointOf } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';

const NOSE_TIP = points.noseTip;
/** Crop widths from where the nose's tip is in the mean shape: a quarter of a turn has 0.3. */
const MOST_TURN = 0.22;
const MOST_NOD = 0.16;

/**
 * Whether a head is turned so far that a drawing would show too little of the face.
 *
 * @param landmarks - 468 points in 0..1 of the crop
 */
export function isTurned(landmarks: Float32Array, { mean }: Pick<FaceMesh, 'mean'>): boolean {
  const [tip, straight] = [pointOf(landmarks, NOSE_TIP), pointOf(mean, NOSE_TIP)];
  return !(Math.abs(tip.x - straight.x) <= MOST_TURN && Math.abs(tip.y - straight.y) <= MOST_NOD);
}

/**
 * Refuses a head of which the drawing would show too little of the face.
 *
 * @param landmarks - 468 points in 0..1 of the crop
 * @throws RofiError `face-turned`
 */
export function refuseTurned(landmarks: Float32Array, mesh: Pick<FaceMesh, 'mean'>): void {
  if (isTurned(landmarks, mesh)) throw new RofiError('face-turned', 'nose too far from straight');
}
