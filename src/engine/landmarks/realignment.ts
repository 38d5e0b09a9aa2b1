import type { AlignedFace, Pixels } from '../types';
import { alignEyes, alignFaceWith, eyeCentres, shiftBetween } from '../geometry/alignment';
import { toGrid } from '../geometry/alignment-grid';

/** Half a crop pixel costs the restorer about 2 dB, a quarter half a dB. */
const TOLERANCE = 0.5;

/**
 * Aligns a face by its eyes as they are found once the virtual face is drawn: whoever restores a file that lost its
 * record has only those. The same face when they are where they were, or are not found.
 *
 * @param pixels - the original photo
 * @param landmarks - the face as the drawn photo shows it, in its pixels
 */
export function realign(aligned: AlignedFace, pixels: Pixels, landmarks: Float32Array | null): AlignedFace {
  if (landmarks === null) return aligned;
  const transform = toGrid(alignEyes(eyeCentres(landmarks)));
  const settled = shiftBetween(aligned.transform, transform) <= TOLERANCE;
  return settled ? aligned : alignFaceWith(pixels, aligned.face, transform);
}
