import { CROP_SIZE, pointOf } from '../geometry/alignment';
import type { AlignedFace, Point } from '../types';

const AREA = CROP_SIZE * CROP_SIZE;
/** Rows and columns of the crop that the mask covers. */
export const MASK = { top: 160, bottom: 240, left: 60, right: 196 } as const;

/** A crop with a mask and round glasses, as training/rofi/front/fixture.py paints them. */
export function withMaskAndGlasses({
  image,
  landmarks,
}: Pick<AlignedFace, 'image' | 'landmarks'>): Float32Array {
  const painted = image.slice();
  const paint = (at: number, colour: readonly number[]): void => {
    colour.forEach((value, channel) => (painted[channel * AREA + at] = value / 127.5 - 1));
  };
  const between = (one: number, other: number): Point => {
    const [a, b] = [pointOf(landmarks, one), pointOf(landmarks, other)];
    return { x: ((a.x + b.x) / 2) * CROP_SIZE, y: ((a.y + b.y) / 2) * CROP_SIZE };
  };
  const eyes = [between(33, 133), between(362, 263)];
  const bridge = between(133, 362);
  for (let at = 0; at < AREA; at++) {
    const [column, row] = [at % CROP_SIZE, Math.floor(at / CROP_SIZE)];
    const inRows = row >= MASK.top && row < MASK.bottom;
    if (inRows && column >= MASK.left && column < MASK.right) paint(at, [80, 140, 205]);
    const [x, y] = [column + 0.5, row + 0.5];
    const isRim = eyes.some((eye) => Math.abs(Math.hypot(x - eye.x, y - eye.y) - 25) < 1.8);
    const isBridge = Math.abs(y - bridge.y) < 1.8 && Math.abs(x - bridge.x) < 16;
    if (isRim || isBridge) paint(at, [20, 20, 20]);
  }
  return painted;
}
