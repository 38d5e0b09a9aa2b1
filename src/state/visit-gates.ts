/** What in a photo stands in the way of measuring its lids, each with a sentence in the catalogue. */
import type { EyeMarks, MeasuredFace } from '../engine/api';

export type Gate =
  | 'small'
  | 'turned'
  | 'raised'
  | 'turn-unknown'
  | 'gaze-aside'
  | 'gaze-up-down'
  | 'dark'
  | 'bright'
  | 'uneven';
/** What two visits differ in that moves lids by itself. */
export type PairGate = 'other-turn' | 'other-gaze' | 'other-size';

/** Pixels between the eyes' centres: below, one pixel is half a millimetre. */
export const LEAST_EYE_DISTANCE = 150;
const MOST_TURN = 10;
const MOST_GAZE = 15;
const DARK = 0.15;
const BRIGHT = 0.9;
const UNEVEN = 1.8;
const OTHER_SIZE = 2;
/** Millimetres of the eyeball's radius, and from corner to corner. */
const EYEBALL = 12;
const EYE_WIDTH = 30;

export function eyeDistance({ eyes: [right, left] }: Pick<MeasuredFace, 'eyes'>): number {
  return Math.hypot(left.x - right.x, left.y - right.y);
}

/** Degrees both eyes together look aside (positive: towards the picture's right) and up from their lids' corners. */
export function gazeOf({ right, left, eyes }: MeasuredFace): { readonly aside: number; readonly up: number } {
  const [one, other] = eyes;
  const span = eyeDistance({ eyes });
  const along = { x: (other.x - one.x) / span, y: (other.y - one.y) / span };
  const offset = ({ pupil, innerCorner, outerCorner }: EyeMarks) => {
    const middle = { x: (innerCorner.x + outerCorner.x) / 2, y: (innerCorner.y + outerCorner.y) / 2 };
    const width = Math.hypot(innerCorner.x - outerCorner.x, innerCorner.y - outerCorner.y);
    const [x, y] = [(pupil.x - middle.x) / width, (pupil.y - middle.y) / width];
    return { aside: x * along.x + y * along.y, up: x * along.y - y * along.x };
  };
  const [first, second] = [offset(right), offset(left)];
  const degrees = (share: number): number => {
    const sine = (share * EYE_WIDTH) / EYEBALL;
    return (Math.asin(Math.min(1, Math.max(-1, sine))) * 180) / Math.PI;
  };
  // An eye that squints looks elsewhere than the other: only what both do together is gaze.
  return { aside: degrees((first.aside + second.aside) / 2), up: degrees((first.up + second.up) / 2) };
}

export function gatesOf(face: MeasuredFace): readonly Gate[] {
  const { yaw, pitch, brightness } = face;
  const gaze = gazeOf(face);
  const [dim, light] = [Math.min(...brightness), Math.max(...brightness)];
  const found: [Gate, boolean][] = [
    ['small', eyeDistance(face) < LEAST_EYE_DISTANCE],
    ['turn-unknown', yaw === null || pitch === null],
    ['turned', Math.abs(yaw ?? 0) > MOST_TURN],
    ['raised', Math.abs(pitch ?? 0) > MOST_TURN],
    ['gaze-aside', Math.abs(gaze.aside) > MOST_GAZE],
    ['gaze-up-down', Math.abs(gaze.up) > MOST_GAZE],
    ['dark', dim < DARK],
    ['bright', light > BRIGHT],
    ['uneven', dim >= DARK && light / dim > UNEVEN],
  ];
  return found.flatMap(([gate, holds]) => (holds ? [gate] : []));
}

export function pairGatesOf(one: MeasuredFace, other: MeasuredFace): readonly PairGate[] {
  const apart = (a: number | null, b: number | null): number => Math.abs((a ?? 0) - (b ?? 0));
  const [gaze, otherGaze] = [gazeOf(one), gazeOf(other)];
  const size = eyeDistance(one) / eyeDistance(other);
  const found: [PairGate, boolean][] = [
    ['other-turn', apart(one.yaw, other.yaw) > MOST_TURN || apart(one.pitch, other.pitch) > MOST_TURN],
    [
      'other-gaze',
      apart(gaze.aside, otherGaze.aside) > MOST_GAZE || apart(gaze.up, otherGaze.up) > MOST_GAZE,
    ],
    ['other-size', size > OTHER_SIZE || size < 1 / OTHER_SIZE],
  ];
  return found.flatMap(([gate, holds]) => (holds ? [gate] : []));
}
