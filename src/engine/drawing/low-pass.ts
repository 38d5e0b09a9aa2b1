/** What light is like, without what it falls on. Training does the same in rofi/render.py. */
import { light } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { enlargePlane, gaussianBlur, shrinkMasked } from './blur';

/** Made on a coarser grid, blurred there by so many of its pixels. */
export const GRID = light.grid;
export const FACTOR = CROP_SIZE / GRID;
const SIGMA = light.sigma;
const EVERYWHERE = new Float32Array(CROP_SIZE * CROP_SIZE).fill(1);

/** Low-pass of a plane [256, 256] inside a mask: both blurred on a coarse grid, and divided. */
export function lowPassInside(mask: Float32Array): (plane: Float32Array) => Float32Array {
  const coarse = coarseLowPassInside(mask, shrunk(mask), SIGMA);
  return (plane) => enlargePlane(coarse(plane), GRID, FACTOR);
}

/** The same on the coarse grid. `weight` - the mask there. */
export function coarseLowPassInside(
  mask: Float32Array,
  weight: Float32Array,
  sigma: number,
): (plane: Float32Array) => Float32Array {
  const known = gaussianBlur(weight, GRID, sigma);
  return (plane) => {
    const low = gaussianBlur(shrinkMasked(plane, mask, CROP_SIZE, FACTOR), GRID, sigma);
    for (let i = 0; i < low.length; i++) low[i] = (low[i] ?? 0) / ((known[i] ?? 0) + 1e-4);
    return low;
  };
}

/** A mask [256, 256] on the coarse grid. */
export function shrunk(mask: Float32Array): Float32Array {
  return shrinkMasked(EVERYWHERE, mask, CROP_SIZE, FACTOR);
}
