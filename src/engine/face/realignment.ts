import type { AlignedFace, Pixels, Similarity } from '../types';
import { alignEyes, alignFaceWith, CROP_SIZE, eyeCentres } from './alignment';
import { invert, transformPoint } from './similarity';

/** Half a crop pixel costs the restorer about 2 dB, a quarter half a dB. */
const TOLERANCE = 0.5;

const QUARTERS = [0.25 * CROP_SIZE, 0.75 * CROP_SIZE] as const;

/**
 * Aligns a face by its eyes as they are found once the virtual face is drawn: whoever restores a file that lost its
 * record has only those. The same face when they are where they were, or are not found.
 *
 * @param pixels - the original photo
 * @param landmarks - the face as the drawn photo shows it, in its pixels
 */
export function realign(aligned: AlignedFace, pixels: Pixels, landmarks: Float32Array | null): AlignedFace {
  if (landmarks === null) return aligned;
  const transform = alignEyes(eyeCentres(landmarks));
  const settled = shiftBetween(aligned.transform, transform) <= TOLERANCE;
  return settled ? aligned : alignFaceWith(pixels, aligned.face, transform);
}

/** How far two alignments lay the photo apart, crop pixels: the mean over four points round the middle of the crop. */
function shiftBetween(one: Similarity, other: Similarity): number {
  const back = invert(one);
  const shifts = QUARTERS.flatMap((x) =>
    QUARTERS.map((y) => {
      const moved = transformPoint(other, transformPoint(back, { x, y }));
      return Math.hypot(moved.x - x, moved.y - y);
    }),
  );
  return shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
}
