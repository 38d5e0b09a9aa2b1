/** The head's turn, taken out of landmarks. Training does the same in rofi/people/draw.py. */
import { landmarks as points } from '../constants.json';
import { pointOf } from '../geometry/alignment';

const NOSE_TIP = points.noseTip;

/** How far the nose's tip is from where it is in the mean shape, crop widths: the head's turn to the side. */
function turnOf(landmarks: Float32Array, mean: Float32Array): number {
  return pointOf(landmarks, NOSE_TIP).x - pointOf(mean, NOSE_TIP).x;
}

/**
 * Landmarks as if the head looked straight.
 *
 * @param modes - twice [468, 2]: how landmarks move with the turn and its square
 */
export function straighten(
  landmarks: Float32Array,
  mean: Float32Array,
  modes: Float32Array,
): Float32Array<ArrayBuffer> {
  const turn = turnOf(landmarks, mean);
  const half = modes.length / 2;
  return Float32Array.from(
    landmarks,
    (value, i) => value - turn * (modes[i] ?? 0) - turn * turn * (modes[half + i] ?? 0),
  );
}
