import type { EyeMarks } from '../api';
import type { Point } from '../types';
import { eyeCentres, pointOf } from '../geometry/alignment';

/** Landmarks along each lid from one corner to the other, and of the iris: centre and its two sides. */
const EYES = {
  right: {
    upper: [33, 246, 161, 160, 159, 158, 157, 173, 133],
    lower: [33, 7, 163, 144, 145, 153, 154, 155, 133],
    corners: [133, 33],
    pupil: 468,
    irisSides: [469, 471],
  },
  left: {
    upper: [362, 398, 384, 385, 386, 387, 388, 466, 263],
    lower: [362, 382, 381, 380, 374, 373, 390, 249, 263],
    corners: [362, 263],
    pupil: 473,
    irisSides: [474, 476],
  },
} as const;

/** Lid margins and irises, for comparing two photos of one face. */
export const LID_POINTS = [
  ...EYES.right.upper,
  ...EYES.right.lower,
  ...EYES.left.upper,
  ...EYES.left.lower,
] as const;
export const IRIS_POINTS = [468, 469, 470, 471, 472, 473, 474, 475, 476, 477] as const;

/**
 * What the lids of both eyes are measured at: the margins where they cross the line through the pupil, across the line
 * between the eyes.
 *
 * @param landmarks - 478 points in photo pixels
 * @returns in photo pixels
 */
export function eyeMarksOf(landmarks: Float32Array): Readonly<Record<'right' | 'left', EyeMarks>> {
  const marksOf = (side: keyof typeof EYES): EyeMarks => {
    const { upper, lower, corners, pupil, irisSides } = EYES[side];
    const point = (index: number): Point => pointOf(landmarks, index);
    return {
      pupil: point(pupil),
      upper: crossing(landmarks, upper, pupil),
      lower: crossing(landmarks, lower, pupil),
      iris: [point(irisSides[0]), point(irisSides[1])],
      innerCorner: point(corners[0]),
      outerCorner: point(corners[1]),
      upperLid: upper.map(point),
      lowerLid: lower.map(point),
    };
  };
  return { right: marksOf('right'), left: marksOf('left') };
}

/** How far each eye is open, subject's right first: the lids' mean distance in widths of the eye. */
export function lidOpenings(landmarks: Float32Array): readonly [number, number] {
  const opening = ({ upper, lower }: (typeof EYES)[keyof typeof EYES]): number => {
    const gap = (one: number, other: number): number => {
      const [from, to] = [pointOf(landmarks, one), pointOf(landmarks, other)];
      return Math.hypot(to.x - from.x, to.y - from.y);
    };
    // Both lids begin and end in the eye's corners.
    const gaps = upper.slice(1, -1).map((index, i) => gap(index, lower[i + 1] ?? index));
    return (
      gaps.reduce((sum, value) => sum + value, 0) / gaps.length / gap(upper[0], upper[upper.length - 1] ?? 0)
    );
  };
  return [opening(EYES.right), opening(EYES.left)];
}

/** Where a lid's margin crosses the line through the pupil that stands on the line between the eyes. */
function crossing(landmarks: Float32Array, lid: readonly number[], pupil: number): Point {
  const [right, left] = eyeCentres(landmarks);
  const length = Math.hypot(left.x - right.x, left.y - right.y);
  const along = { x: (left.x - right.x) / length, y: (left.y - right.y) / length };
  const centre = pointOf(landmarks, pupil);
  const beside = ({ x, y }: Point): number => (x - centre.x) * along.x + (y - centre.y) * along.y;
  const margin = lid.map((index) => pointOf(landmarks, index));

  for (let i = 0; i + 1 < margin.length; i++) {
    const [from, to] = [margin[i], margin[i + 1]];
    if (!from || !to) continue;
    const [before, after] = [beside(from), beside(to)];
    if (before > 0 || after < 0 || before === after) continue;
    const share = before / (before - after);
    return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
  }
  // The pupil is beyond a corner of the lids: its nearest point of the margin counts.
  return margin.reduce((near, point) => (Math.abs(beside(point)) < Math.abs(beside(near)) ? point : near));
}
