import { CubicSampler } from '../geometry/cubic-sampler';
import type { MeshField } from '../geometry/raster';

/**
 * Looks a texture up at every pixel of a field that the mesh covers, with Catmull-Rom splines; 0 elsewhere.
 *
 * @param texture - [3, side, side] planar on the mean shape
 * @returns [3, field] planar
 */
export function sampleTexture(
  texture: Float32Array,
  side: number,
  { x, y, covered }: MeshField,
): Float32Array<ArrayBuffer> {
  const sampler = new CubicSampler(texture, side);
  const area = covered.length;
  const out = new Float32Array(3 * area);
  for (let i = 0; i < area; i++) {
    if (covered[i] === 0) continue;
    sampler.moveTo((x[i] ?? 0) * side - 0.5, (y[i] ?? 0) * side - 0.5);
    out[i] = sampler.red;
    out[area + i] = sampler.green;
    out[2 * area + i] = sampler.blue;
  }
  return out;
}
