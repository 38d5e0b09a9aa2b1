/** Brings a drawing's rim into the light of the photo beside it. Training does the same in rofi/people/draw.py. */
import { light } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { enlargePlane, erode, gaussianBlur } from './blur';
import { coarseLowPassInside, FACTOR, GRID, shrunk } from './low-pass';

const PLANE = CROP_SIZE * CROP_SIZE;
const OFFSET = light.offset;
/** How far the rim reaches in, how softly it ends, and the blur of its light, in pixels of light's grid. */
const DEPTH = light.rim.depth;
const FADE = light.rim.fade;
const SIGMA = light.rim.sigma;
/** So far the rim may be made brighter or darker. */
const MOST = light.rim.most;

/**
 * Makes a drawing's rim as bright as the photo is there, in place: where the face ends, a seam is seen.
 *
 * @param lit - the drawing, as `image` [3, 256, 256] planar RGB in 0..1
 * @param mask - [256, 256] in 0..1: what is drawn
 */
export function matchRim(lit: Float32Array, image: Float32Array, mask: Float32Array): void {
  const weight = shrunk(mask);
  const lowPass = coarseLowPassInside(mask, weight, SIGMA);
  const inner = gaussianBlur(erode(weight, GRID, DEPTH), GRID, FADE);
  for (let start = 0; start < lit.length; start += PLANE) {
    const plane = lit.subarray(start, start + PLANE);
    const own = lowPass(plane);
    const there = lowPass(image.subarray(start, start + PLANE));
    const factor = own.map((value, i) => {
      const ratio = ((there[i] ?? 0) + OFFSET) / (value + OFFSET);
      return 1 + (1 - (inner[i] ?? 0)) * (Math.min(Math.max(ratio, 1 / MOST), MOST) - 1);
    });
    const wide = enlargePlane(factor, GRID, FACTOR);
    for (let i = 0; i < PLANE; i++) plane[i] = (plane[i] ?? 0) * (wide[i] ?? 1);
  }
}
