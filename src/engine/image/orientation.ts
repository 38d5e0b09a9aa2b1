import type { Pixels } from '../types';

/**
 * EXIF orientation as the linear map from upright to stored pixels: stored x (or y) = upright x·p + y·q,
 * counted from the far edge where the factor is negative.
 */
const STORED_FROM_UPRIGHT: Readonly<
  Record<number, readonly [xx: number, xy: number, yx: number, yy: number]>
> = {
  2: [-1, 0, 0, 1],
  3: [-1, 0, 0, -1],
  4: [1, 0, 0, -1],
  5: [0, 1, 1, 0],
  6: [0, 1, -1, 0],
  7: [0, -1, -1, 0],
  8: [0, -1, 1, 0],
};

/** Turns stored pixels upright. Orientation 1 and unknown values leave them as they are. */
export function applyOrientation(pixels: Pixels, orientation: number): Pixels {
  const map = STORED_FROM_UPRIGHT[orientation];
  if (map === undefined) return pixels;
  const [xx, xy, yx, yy] = map;
  const swapped = xx === 0;
  const width = swapped ? pixels.height : pixels.width;
  const height = swapped ? pixels.width : pixels.height;

  const stored = new Uint32Array(pixels.data.buffer, pixels.data.byteOffset, pixels.width * pixels.height);
  const upright = new Uint32Array(width * height);
  const startX = xx + xy < 0 ? pixels.width - 1 : 0;
  const startY = yx + yy < 0 ? pixels.height - 1 : 0;
  const stepX = xx + yx * pixels.width;
  const stepY = xy + yy * pixels.width;
  for (let y = 0, to = 0; y < height; y++) {
    let from = startY * pixels.width + startX + y * stepY;
    for (let x = 0; x < width; x++, to++, from += stepX) upright[to] = stored[from] ?? 0;
  }
  return { width, height, data: new Uint8ClampedArray(upright.buffer) };
}
