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
