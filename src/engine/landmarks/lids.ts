import type { LidMeasures } from '../api';
import type { Point } from '../types';
import { eyeCentres, pointOf } from '../geometry/alignment';

/** Mean horizontal diameter of the visible iris, which hardly differs between adults. */
const IRIS_MILLIMETRES = 11.7;

/** Landmarks along each lid from one corner to the other, and of the iris: centre and its two sides. */
const EYES = {
  right: {
    upper: [33, 246, 161, 160, 159, 158, 157, 173, 133],
    lower: [33, 7, 163, 144, 145, 153, 154, 155, 133],
    pupil: 468,
    irisSides: [469, 471],
  },
  left: {
    upper: [362, 398, 384, 385, 386, 387, 388, 466, 263],
    lower: [362, 382, 381, 380, 374, 373, 390, 249, 263],
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
 * Margin reflex distance 1 and palpebral fissure of both eyes, through the pupil's centre and across the line
 * between the eyes, in millimetres scaled by the iris.
 *
 * @param landmarks - 478 points in photo pixels
 */
export function measureLids(landmarks: Float32Array): {
  readonly right: LidMeasures;
  readonly left: LidMeasures;
} {
  const iris = (irisWidth(landmarks, 'right') + irisWidth(landmarks, 'left')) / 2;
  const millimetres = IRIS_MILLIMETRES / iris;
  const measure = (side: keyof typeof EYES): LidMeasures => {
    const { upper, lower, pupil } = EYES[side];
    const above = heightAt(landmarks, upper, pupil);
    return {
      mrd1: above * millimetres,
      palpebralFissure: (above - heightAt(landmarks, lower, pupil)) * millimetres,
    };
  };
  return { right: measure('right'), left: measure('left') };
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

function irisWidth(landmarks: Float32Array, side: keyof typeof EYES): number {
  const [from, to] = EYES[side].irisSides.map((index) => pointOf(landmarks, index));
  return from && to ? Math.hypot(to.x - from.x, to.y - from.y) : NaN;
}

/** How far a lid's margin is above the pupil's centre, in pixels across the line between the eyes. */
function heightAt(landmarks: Float32Array, lid: readonly number[], pupil: number): number {
  const [right, left] = eyeCentres(landmarks);
  const length = Math.hypot(left.x - right.x, left.y - right.y);
  const along = { x: (left.x - right.x) / length, y: (left.y - right.y) / length };
  const centre = pointOf(landmarks, pupil);
  const margin = lid.map((index) => turned(pointOf(landmarks, index), centre, along));

  for (let i = 0; i + 1 < margin.length; i++) {
    const [from, to] = [margin[i], margin[i + 1]];
    if (!from || !to || from.x > 0 || to.x < 0 || from.x === to.x) continue;
    return from.y + ((to.y - from.y) * from.x) / (from.x - to.x);
  }
  // The pupil is beyond a corner of the lids: its nearest point of the margin counts.
  return margin.reduce((near, point) => (Math.abs(point.x) < Math.abs(near.x) ? point : near), {
    x: Infinity,
    y: 0,
  }).y;
}

/** A point seen from the pupil: x towards the subject's left eye, y upwards. */
function turned(point: Point, centre: Point, along: Point): Point {
  const dx = point.x - centre.x;
  const dy = point.y - centre.y;
  return { x: dx * along.x + dy * along.y, y: dx * along.y - dy * along.x };
}
