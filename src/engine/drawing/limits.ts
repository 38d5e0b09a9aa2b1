import { RofiError } from '../../errors';
import { pointOf } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';

const NOSE_TIP = 1;
/** Crop widths from where the nose's tip is in the mean shape: a quarter of a turn has 0.3. */
const MOST_TURN = 0.22;
const MOST_NOD = 0.16;

/**
 * Refuses a head of which the drawing would show too little of the face.
 *
 * @param landmarks - 468 points in 0..1 of the crop
 * @throws RofiError `face-turned`
 */
export function refuseTurned(landmarks: Float32Array, { mean }: FaceMesh): void {
  const [tip, straight] = [pointOf(landmarks, NOSE_TIP), pointOf(mean, NOSE_TIP)];
  if (Math.abs(tip.x - straight.x) <= MOST_TURN && Math.abs(tip.y - straight.y) <= MOST_NOD) return;
  throw new RofiError('face-turned', `nose ${tip.x - straight.x}, ${tip.y - straight.y} from straight`);
}
