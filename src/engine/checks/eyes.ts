import type { FaceProof } from '../api';
import { pointOf } from '../geometry/alignment';
import { interOcularDistance } from '../landmarks/faces';
import { IRIS_POINTS, LID_POINTS } from '../landmarks/lids';

/**
 * How far eyelids and irises moved, as a fraction of the inter-ocular distance (paper, "keypoint displacement").
 *
 * @param before - and `after`: 478 landmarks in the same pixels; null where the face was not found
 */
export function eyeShift(
  before: Float32Array | null,
  after: Float32Array | null,
): Pick<FaceProof, 'eyelidShift' | 'irisShift'> {
  if (before === null || after === null) return { eyelidShift: null, irisShift: null };
  return {
    eyelidShift: meanShift(before, after, LID_POINTS),
    irisShift: meanShift(before, after, IRIS_POINTS),
  };
}

function meanShift(before: Float32Array, after: Float32Array, points: readonly number[]): number {
  const total = points.reduce((sum, index) => {
    const [from, to] = [pointOf(before, index), pointOf(after, index)];
    return sum + Math.hypot(to.x - from.x, to.y - from.y);
  }, 0);
  return total / points.length / interOcularDistance(before);
}
