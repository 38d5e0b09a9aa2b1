/** What a donor must have in common with the patient. Training has the same numbers in rofi/people/compose.py. */
import { landmarks as points, people } from '../constants.json';
import { CROP_SIZE, pointOf } from '../geometry/alignment';
import { fillPolygon } from '../geometry/raster';

const { ageOffset: AGE_OFFSET, toneOffset: TONE_OFFSET } = people;
/** Differences that count as one. */
const SCALE = people.scale;
/** Children are drawn with the faces of younger ones, for what is drawn looks older than its donors. */
const YOUNGER = people.younger;

/** Landmarks round the cheeks, where neither hair nor glasses hide the skin. */
const CHEEKS = points.cheeks;
const { mouth: MOUTH, head: HEAD } = points;

export interface Looks {
  /** In years. */
  readonly age: number;
  /** 0..1. */
  readonly male: number;
  /** Mean colour of the cheeks, each 0..1. */
  readonly tone: readonly [number, number, number];
  /** Gap of the inner lips over the mouth's inner width. */
  readonly opening: number;
  /** Width of the face over its height. */
  readonly width: number;
}

/** The squared distance of two of these says how badly two people suit each other. */
export type Coordinates = readonly number[];
/** Where age, sex and mouth opening stand in {@link Coordinates}. */
export const AGE_AT = 0;
export const SEX_AT = 1;
export const OPENING_AT = 4;

export function coordinatesOf({ age, male, tone, opening, width }: Looks): Coordinates {
  const [red, green, blue] = [log(tone[0]), log(tone[1]), log(tone[2])];
  return [
    Math.log(age + AGE_OFFSET) / SCALE.age,
    male / SCALE.male,
    (red + green + blue) / 3 / SCALE.brightness,
    (red - blue) / SCALE.warmth,
    opening / SCALE.opening,
    width / SCALE.width,
  ];
}

/** How old a patient's donors should be, in years, like the patient's age: younger by a share, for children only. */
export function soughtAge(age: number): number {
  const childhood = (YOUNGER.from - age) / (YOUNGER.from - YOUNGER.until);
  return age * (1 - YOUNGER.share * Math.min(Math.max(childhood, 0), 1));
}

function log(colour: number): number {
  return Math.log(colour + TONE_OFFSET);
}

/** Mean colour of the cheeks of a crop, [3, 256, 256] planar RGB in [-1, 1]. */
export function skinTone(image: Float32Array, landmarks: Float32Array): readonly [number, number, number] {
  const area = CROP_SIZE * CROP_SIZE;
  const masks = CHEEKS.map((cheek) =>
    fillPolygon(
      Float32Array.from(
        cheek.flatMap((index) => {
          const { x, y } = pointOf(landmarks, index);
          return [x, y];
        }),
      ),
      CROP_SIZE,
    ),
  );
  const sums = [0, 0, 0];
  let count = 0;
  for (let i = 0; i < area; i++) {
    if (!masks.some((mask) => mask[i] === 1)) continue;
    count++;
    for (let channel = 0; channel < 3; channel++) {
      sums[channel] = (sums[channel] ?? 0) + ((image[channel * area + i] ?? 0) + 1) / 2;
    }
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => sum / Math.max(count, 1));
  return [red, green, blue];
}

/** How far the mouth is open. */
export function mouthOpening(landmarks: Float32Array): number {
  return (
    distance(landmarks, MOUTH.upper, MOUTH.lower) /
    Math.max(distance(landmarks, MOUTH.right, MOUTH.left), 1e-6)
  );
}

/** How wide a face is for its height; landmarks as if it looked straight. */
export function headWidth(landmarks: Float32Array): number {
  return (
    distance(landmarks, HEAD.right, HEAD.left) / Math.max(distance(landmarks, HEAD.top, HEAD.chin), 1e-6)
  );
}

function distance(landmarks: Float32Array, one: number, other: number): number {
  const [a, b] = [pointOf(landmarks, one), pointOf(landmarks, other)];
  return Math.hypot(a.x - b.x, a.y - b.y);
}
