import { applyOrientation } from '../image/orientation';
import type { Pixels, Point } from '../types';
import { eyeCentres } from '../geometry/alignment';

/** How often by 90 degrees. */
export type Quarters = 0 | 1 | 2 | 3;

/** EXIF's number for a picture that is turned back by so many quarters. */
const ORIENTATIONS = [1, 6, 3, 8] as const;
const QUARTER = Math.PI / 2;

/** A picture turned, and the way back. */
export interface TurnedPicture {
  readonly pixels: Pixels;
  /** From points of the turned picture to points of the picture as it was. */
  readonly back: (point: Point) => Point;
}

/** Turns a picture clockwise. */
export function turned(pixels: Pixels, quarters: Quarters): TurnedPicture {
  const { width, height } = pixels;
  const backs: readonly ((point: Point) => Point)[] = [
    (point) => point,
    ({ x, y }) => ({ x: y, y: height - x }),
    ({ x, y }) => ({ x: width - x, y: height - y }),
    ({ x, y }) => ({ x: width - y, y: x }),
  ];
  return {
    pixels: applyOrientation(pixels, ORIENTATIONS[quarters]),
    back: backs[quarters] ?? ((point) => point),
  };
}

/** How far a face is turned clockwise in its picture, radians. */
export function rollOf(landmarks: Float32Array): number {
  const [right, left] = eyeCentres(landmarks);
  return Math.atan2(left.y - right.y, left.x - right.x);
}

/** The smaller angle between two directions, 0..π. */
export function angleBetween(one: number, other: number): number {
  return Math.abs(Math.atan2(Math.sin(one - other), Math.cos(one - other)));
}

/** So many quarters clockwise bring most of these faces upright. */
export function uprightTurn(rolls: readonly number[]): Quarters {
  const turn = Math.atan2(
    rolls.reduce((sum, roll) => sum + Math.sin(roll), 0),
    rolls.reduce((sum, roll) => sum + Math.cos(roll), 0),
  );
  const quarters = Math.round(-turn / QUARTER);
  return (((quarters % 4) + 4) % 4) as Quarters;
}
