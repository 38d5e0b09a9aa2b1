/** What light is like, without what it falls on. Training does the same in rofi/render.py. */
import { light } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { enlargePlane, gaussianBlur, shrinkMasked } from './blur';

const PLANE = CROP_SIZE * CROP_SIZE;
/** Made on a coarser grid, blurred there by so many of its pixels. */
const GRID = light.grid;
const SIGMA = light.sigma;

/** Low-pass of a plane [256, 256] inside a mask: both blurred on a coarse grid, and divided. */
export function lowPassInside(mask: Float32Array): (plane: Float32Array) => Float32Array {
  const factor = CROP_SIZE / GRID;
  const ones = new Float32Array(PLANE).fill(1);
  const weight = gaussianBlur(shrinkMasked(ones, mask, CROP_SIZE, factor), GRID, SIGMA);
  return (plane) => {
    const low = gaussianBlur(shrinkMasked(plane, mask, CROP_SIZE, factor), GRID, SIGMA);
    for (let i = 0; i < low.length; i++) low[i] = (low[i] ?? 0) / ((weight[i] ?? 0) + 1e-4);
    return enlargePlane(low, GRID, factor);
  };
}
