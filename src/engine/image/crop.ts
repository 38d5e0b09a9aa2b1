import type { Box, Pixels } from '../types';

/** A copy of a rectangle of whole pixels that lies inside the picture. */
export function cropPixels(pixels: Pixels, { x, y, width, height }: Box): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row++) {
    const start = ((y + row) * pixels.width + x) * 4;
    data.set(pixels.data.subarray(start, start + width * 4), row * width * 4);
  }
  return { width, height, data };
}
