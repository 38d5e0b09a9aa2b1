import { cropPixels } from '../image/crop';
import type { Box, Pixels } from '../types';
import { pointOf } from './alignment';

/** An overlapping part of a picture. */
export interface Tile extends Box {
  readonly cut: () => Pixels;
  /** Whether a face lies in it whole, and not cut off by an edge that is not the picture's own. */
  readonly holds: (landmarks: Float32Array) => boolean;
}

/** Overlapping tiles, `count` a side, each twice its share, so that any face lies whole in one of them. */
export function tilesOf(pixels: Pixels, count: number): Tile[] {
  const width = Math.ceil((2 * pixels.width) / (count + 1));
  const height = Math.ceil((2 * pixels.height) / (count + 1));
  return Array.from({ length: count * count }, (_, i) => {
    const x = Math.floor(((i % count) * (pixels.width - width)) / (count - 1));
    const y = Math.floor((Math.floor(i / count) * (pixels.height - height)) / (count - 1));
    const box = { x, y, width, height };
    return {
      ...box,
      cut: () => cropPixels(pixels, box),
      holds: (landmarks) => holds(pixels, box, landmarks),
    };
  });
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
