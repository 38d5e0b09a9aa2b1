/** Where on a face hair and glasses are looked for. Training: rofi/front/regions.py. */
import { pointOf } from '../geometry/alignment';

/** Whether a place, 0..1 of the crop, lies in it. */
export type Zone = (x: number, y: number) => boolean;

const BROWS = [105, 334] as const;
const CHEEKS = [117, 346] as const;
const MOUTH_CORNER = 61;
/** The corners of the right and left eye, from right to left, and the middles of their lower lids. */
const RIGHT_EYE = [33, 133] as const;
const LEFT_EYE = [362, 263] as const;
const LOWER_LIDS = [145, 374] as const;
const CHEEKBONES = [50, 280] as const;

/** Forehead and temples. */
export function hairZone(landmarks: Float32Array): Zone {
  const [right, left] = BROWS.map((brow) => pointOf(landmarks, brow).y - 0.015);
  const [from, to] = CHEEKS.map((cheek) => pointOf(landmarks, cheek).x);
  const mouth = pointOf(landmarks, MOUTH_CORNER).y;
  return (x, y) => y < (x < 0.5 ? right! : left!) || ((x < from! - 0.03 || x > to! + 0.03) && y < mouth);
}

/** Where glasses are, and of it the places below the right and the left eye and between the eyes. */
export function glassesZones(landmarks: Float32Array): {
  readonly around: Zone;
  readonly places: readonly [Zone, Zone, Zone];
} {
  const at = (index: number): { x: number; y: number } => pointOf(landmarks, index);
  const top = Math.min(...BROWS.map((brow) => at(brow).y)) - 0.04;
  const bottom = mean(CHEEKBONES.map((cheek) => at(cheek).y)) + 0.04;
  const lid = mean(LOWER_LIDS.map((lower) => at(lower).y)) + 0.03;
  const [[outerRight, innerRight], [innerLeft, outerLeft]] = [RIGHT_EYE.map(at), LEFT_EYE.map(at)];
  const corner = outerRight!.y;
  const isLow = (y: number): boolean => y > lid && y < bottom;
  return {
    around: (x, y) => {
      const isNose = x > innerRight!.x + 0.02 && x < innerLeft!.x - 0.02 && y > corner + 0.07;
      return y > top && y < bottom && !isNose;
    },
    places: [
      (x, y) => isLow(y) && x > outerRight!.x - 0.02 && x < innerRight!.x + 0.01,
      (x, y) => isLow(y) && x > innerLeft!.x - 0.01 && x < outerLeft!.x + 0.02,
      (x, y) =>
        x > innerRight!.x + 0.01 && x < innerLeft!.x - 0.01 && y > at(BROWS[0]).y + 0.03 && y < corner + 0.06,
    ],
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
