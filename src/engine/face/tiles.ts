import type { Box, Pixels } from '../types';
import { pointOf } from './alignment';

/** Tiles a side, coarse to fine; each tile is twice its share, so that any face lies whole in one of them. */
const DIVISIONS = [3, 6] as const;

/** Tiles smaller than this show no face that could be protected. */
const MIN_TILE = 256;

/** An overlapping part of a photo. */
export interface Tile extends Box {
  readonly cut: () => Pixels;
  /** Whether a face lies in it whole, and not cut off by an edge that is not the photo's own. */
  readonly holds: (landmarks: Float32Array) => boolean;
}

/** Sets of overlapping tiles for a second look at a large photo, coarse to fine. */
export function tilesOf(pixels: Pixels): Tile[][] {
  return DIVISIONS.filter(
    (count) => (2 * Math.max(pixels.width, pixels.height)) / (count + 1) >= MIN_TILE,
  ).map((count) => {
    const width = Math.ceil((2 * pixels.width) / (count + 1));
    const height = Math.ceil((2 * pixels.height) / (count + 1));
    return Array.from({ length: count * count }, (_, i) => {
      const x = Math.floor(((i % count) * (pixels.width - width)) / (count - 1));
      const y = Math.floor((Math.floor(i / count) * (pixels.height - height)) / (count - 1));
      return tile(pixels, { x, y, width, height });
    });
  });
}

function tile(pixels: Pixels, box: Box): Tile {
  return { ...box, cut: () => cut(pixels, box), holds: (landmarks) => holds(pixels, box, landmarks) };
}

function cut(pixels: Pixels, { x, y, width, height }: Box): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * pixels.width + x) * 4;
    data.set(pixels.data.subarray(start, start + width * 4), row * width * 4);
  }
  return { width, height, data };
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
