import type { MeshField } from './raster';

/**
 * Looks a texture up at every pixel of a field, bilinearly, its border repeated.
 *
 * @param texture - one [side, side] plane on the mean shape
 * @returns one plane as large as the field
 */
export function warpTexture(
  texture: Float32Array,
  side: number,
  field: MeshField,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(field.covered.length);
  for (let i = 0; i < out.length; i++) {
    const x = Math.min(Math.max((field.x[i] ?? 0) * side - 0.5, 0), side - 1);
    const y = Math.min(Math.max((field.y[i] ?? 0) * side - 0.5, 0), side - 1);
    const left = Math.floor(x);
    const top = Math.floor(y);
    const right = Math.min(left + 1, side - 1);
    const above = top * side;
    const below = Math.min(top + 1, side - 1) * side;
    const upper = (texture[above + left] ?? 0) * (1 - x + left) + (texture[above + right] ?? 0) * (x - left);
    const lower = (texture[below + left] ?? 0) * (1 - x + left) + (texture[below + right] ?? 0) * (x - left);
    out[i] = upper + (lower - upper) * (y - top);
  }
  return out;
}
