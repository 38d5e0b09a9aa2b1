/** What light is like, without what it falls on. Training does the same in rofi/render.py. */
import { light } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { blockMeans, enlargeInto, enlargePlane, gaussianBlur } from './blur';

/** Made on a coarser grid, blurred there by so many of its pixels. */
export const GRID = light.grid;
const FACTOR = CROP_SIZE / GRID;
const SIGMA = light.sigma;

/** Low-pass of a plane [256, 256] inside a mask: both blurred on a coarse grid, and divided. */
export function lowPassInside(mask: Float32Array): (plane: Float32Array) => Float32Array {
  const lowPass = coarseLowPass(shrunk(mask));
  return (plane) => enlarged(lowPass(shrunkInside(plane, mask)));
}

/** The same on the coarse grid. `weight` - the mask there; planes are {@link shrunkInside} it */
export function coarseLowPass(weight: Float32Array, sigma = SIGMA): (inside: Float32Array) => Float32Array {
  const known = gaussianBlur(weight, GRID, sigma);
  return (inside) => {
    const low = gaussianBlur(inside, GRID, sigma);
    for (let i = 0; i < low.length; i++) low[i] = low[i]! / (known[i]! + 1e-4);
    return low;
  };
}

/** A mask [256, 256] on the coarse grid. */
export function shrunk(mask: Float32Array): Float32Array {
  return blockMeans(mask, CROP_SIZE, FACTOR);
}

/** What of a plane [256, 256] is inside a mask, on the coarse grid. */
export function shrunkInside(plane: Float32Array, mask: Float32Array): Float32Array {
  return blockMeans(plane, CROP_SIZE, FACTOR, mask);
}

/** A plane of the coarse grid as one of the crop's. */
export function enlarged(coarse: Float32Array): Float32Array {
  return enlargePlane(coarse, GRID, FACTOR);
}

/** Planes of the coarse grid as those of one image of the crop's size. */
export function enlargedImage(planes: readonly Float32Array[]): Float32Array {
  const area = CROP_SIZE * CROP_SIZE;
  const image = new Float32Array(planes.length * area);
  for (const [i, plane] of planes.entries()) {
    enlargeInto(image.subarray(i * area, (i + 1) * area), plane, GRID, FACTOR);
  }
  return image;
}
