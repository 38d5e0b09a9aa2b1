/** How a photo's own mesh takes a person's shape. Training: rofi/people/draw.py. */
import { shape as shapes } from '../constants.json';
import { EYE_POINTS, pointOf } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';
import type { Point } from '../types';
import { straighten } from './turn';

/**
 * Shapes are a little stronger than their donors', or every composed person would be nearer the mean than people are.
 * Shape moves nothing within `EYE_KEPT` of an eye point, and the outline by a part; both fade, 0..1 of the crop.
 */
const STRENGTH = shapes.strength;
const EYE_KEPT = shapes.eyeKept;
const EYE_FADE = shapes.eyeFade;
const OUTLINE_WEIGHT = shapes.outlineWeight;
const OUTLINE_FADE = shapes.outlineFade;

/** The patient's landmarks, [468, 2], with a person's shape: its landmarks less the mean shape. */
export type Mover = (shape: Float32Array) => Float32Array<ArrayBuffer>;

/**
 * Moves the patient's mesh to persons' shapes, never the eyes, the outline only in part; the head stays turned.
 *
 * @param modes - of the atlas: how landmarks move as heads turn
 */
export function moverOf(landmarks: Float32Array, { mean, oval }: FaceMesh, modes: Float32Array): Mover {
  const eyes = EYE_POINTS.map((index) => pointOf(landmarks, index));
  const outline = oval.map((index) => pointOf(landmarks, index));
  const straight = straighten(landmarks, mean, modes);
  const weights = Float32Array.from({ length: landmarks.length / 2 }, (_, i) => {
    const point = pointOf(landmarks, i);
    const fromEyes = clampToUnit((distanceTo(eyes, point) - EYE_KEPT) / EYE_FADE);
    // Fading towards the outline: a cheek that moves past it would fold.
    const inner = clampToUnit(distanceTo(outline, point) / OUTLINE_FADE);
    return fromEyes * (OUTLINE_WEIGHT + (1 - OUTLINE_WEIGHT) * inner);
  });
  return (shape) =>
    Float32Array.from(landmarks, (value, axis) => {
      const target = (mean[axis] ?? 0) + STRENGTH * (shape[axis] ?? 0) - (straight[axis] ?? 0);
      return value + (weights[axis >> 1] ?? 0) * target;
    });
}

/** Distance to the nearest of some points. */
function distanceTo(points: readonly Point[], { x, y }: Point): number {
  return Math.min(...points.map((point) => Math.hypot(x - point.x, y - point.y)));
}

function clampToUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
