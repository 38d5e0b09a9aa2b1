import { cropPixels } from '../image/crop';
import type { Box, Pixels } from '../types';
import { pointOf } from '../geometry/alignment';

/** An overlapping part of a picture. */
export interface Tile extends Box {
  readonly cut: () => Pixels;
  /** Whether a face lies in it whole, and not cut off by an edge that is not the picture's own. */
  readonly holds: (landmarks: Float32Array) => boolean;
}

/** Square tiles that overlap by half at least, so that any face of half their side lies whole in one of them. */
export function tilesOf(pixels: Pixels, side: number): Tile[] {
  const width = Math.min(side, pixels.width);
  const height = Math.min(side, pixels.height);
  return startsOf(pixels.height, height).flatMap((y) =>
    startsOf(pixels.width, width).map((x) => {
      const box = { x, y, width, height };
      return {
        ...box,
        cut: () => cropPixels(pixels, box),
        holds: (landmarks: Float32Array) => holds(pixels, box, landmarks),
      };
    }),
  );
}

/** How many parts of a length, overlapping by half at least, a side has. */
export function tileCount(side: number, length: number): number {
  return Math.max(Math.ceil((side - length) / (length / 2)), 0) + 1;
}

/** Where these parts begin. */
function startsOf(side: number, length: number): number[] {
  const steps = tileCount(side, length) - 1;
  return Array.from({ length: steps + 1 }, (_, i) => Math.floor((i * (side - length)) / Math.max(steps, 1)));
}

function holds(photo: Pixels, { x, y, width, height }: Box, landmarks: Float32Array): boolean {
  for (let i = 0; i < landmarks.length / 2; i++) {
    const point = pointOf(landmarks, i);
    const inside =
      (x === 0 || point.x > x) &&
      (y === 0 || point.y > y) &&
      (x + width >= photo.width || point.x < x + width) &&
      (y + height >= photo.height || point.y < y + height);
    if (!inside) return false;
  }
  return true;
}
