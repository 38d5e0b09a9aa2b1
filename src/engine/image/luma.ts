import { luma } from '../constants.json';

/** What red, green and blue count for brightness (ITU-R BT.601). */
export const LUMA = [luma.red, luma.green, luma.blue] as const;

/** Brightness of a planar RGB image at a pixel. */
export function lumaAt(image: Float32Array, at: number): number {
  const area = image.length / 3;
  return (
    LUMA[0] * (image[at] ?? 0) + LUMA[1] * (image[area + at] ?? 0) + LUMA[2] * (image[2 * area + at] ?? 0)
  );
}

/** Brightness of a planar RGB image. */
export function lumaOf(image: Float32Array): Float32Array<ArrayBuffer> {
  const area = image.length / 3;
  const [red, green, blue] = LUMA;
  const plane = new Float32Array(area);
  for (let i = 0; i < area; i++) {
    plane[i] = red * (image[i] ?? 0) + green * (image[area + i] ?? 0) + blue * (image[2 * area + i] ?? 0);
  }
  return plane;
}

/** Brightness in 0..1 of a planar RGB image in [-1, 1]. */
export function lumaPlane(image: Float32Array): Float32Array<ArrayBuffer> {
  const plane = lumaOf(image);
  for (let i = 0; i < plane.length; i++) plane[i] = ((plane[i] ?? 0) + 1) / 2;
  return plane;
}
