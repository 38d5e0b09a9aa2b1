/** What the marks on a face come to in millimetres, and what that is worth. Pure arithmetic on photo pixels. */
import type { EyeMarks, MeasuredFace } from '../engine/api';
import type { Point } from '../engine/types';

/** Mean horizontal diameter of the visible iris, which hardly differs between adults. */
const IRIS_MILLIMETRES = 11.7;

/** How far a measure may be off, millimetres: half the width of its limits of agreement, or the wider of the two. */
const METHOD_ERROR = {
  /** Marks placed by hand, as published for MRD1: −0.66 to 0.71. */
  placed: 0.7,
  /** Marks as the landmarks put them, measured on drawn lids: they follow a drooping lid by a fifth only. */
  found: 5.9,
} as const;
/** A margin cannot be placed better than to about one pixel. */
const PIXEL_ERROR = 1;

export type Side = 'right' | 'left';
export const sides: readonly Side[] = ['right', 'left'];

/** What of an eye can be moved by hand. */
export type EyePoints = Pick<EyeMarks, 'pupil' | 'upper' | 'lower' | 'iris' | 'innerCorner'>;
export type FacePoints = Readonly<Record<Side, EyePoints>>;

/** How pixels become millimetres: by the irises, or by two points on something of known length. */
export type Ruler =
  | { readonly kind: 'iris' }
  | { readonly kind: 'points'; readonly from: Point; readonly to: Point; readonly millimetres: number };

export interface EyeMeasures {
  /** From the pupil's middle up to the upper lid. */
  readonly mrd1: number;
  /** From the pupil's middle down to the lower lid. */
  readonly mrd2: number;
  readonly fissure: number;
  /** White below the iris; 0 where the lid covers its edge. */
  readonly scleralShow: number;
  /** Photo pixels. */
  readonly irisPixels: number;
}

export interface LidMeasures {
  readonly right: EyeMeasures;
  readonly left: EyeMeasures;
  /** Between the eyes' inner corners. */
  readonly intercanthal: number;
  readonly millimetresPerPixel: number;
  /** How far each of them may be off, millimetres. */
  readonly error: number;
}

/**
 * @param eyes - eye centres, subject's right first: what is up stands on the line between them
 * @param placed - whether somebody has seen to it that the marks lie on lids and pupils
 * @returns millimetres, unless said otherwise; NaN where the ruler has no length
 */
export function measureLids(
  points: FacePoints,
  eyes: MeasuredFace['eyes'],
  ruler: Ruler,
  placed: boolean,
): LidMeasures {
  const scale = millimetresPerPixel(points, ruler);
  const [right, left] = eyes;
  const span = distance(right, left);
  // Downwards in the picture is up in numbers.
  const up = { x: (left.y - right.y) / span, y: -(left.x - right.x) / span };
  const above = (point: Point, pupil: Point): number =>
    ((point.x - pupil.x) * up.x + (point.y - pupil.y) * up.y) * scale;
  const measure = ({ pupil, upper, lower, iris }: EyePoints): EyeMeasures => {
    const mrd1 = above(upper, pupil);
    const mrd2 = -above(lower, pupil);
    const irisPixels = distance(...iris);
    return {
      mrd1,
      mrd2,
      fissure: mrd1 + mrd2,
      scleralShow: Math.max(0, mrd2 - (irisPixels * scale) / 2),
      irisPixels,
    };
  };
  return {
    right: measure(points.right),
    left: measure(points.left),
    intercanthal: distance(points.right.innerCorner, points.left.innerCorner) * scale,
    millimetresPerPixel: scale,
    error: Math.hypot(METHOD_ERROR[placed ? 'placed' : 'found'], PIXEL_ERROR * scale),
  };
}

function millimetresPerPixel(points: FacePoints, ruler: Ruler): number {
  if (ruler.kind === 'points') return ruler.millimetres / distance(ruler.from, ruler.to);
  return (2 * IRIS_MILLIMETRES) / (distance(...points.right.iris) + distance(...points.left.iris));
}

/** Two measures that differ by less than this do not differ, as far as the method can tell, millimetres. */
export function leastDifference(one: LidMeasures, other: LidMeasures = one): number {
  return Math.hypot(one.error, other.error);
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
