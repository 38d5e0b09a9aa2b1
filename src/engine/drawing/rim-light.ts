/** Brings a drawing's rim into the light of the photo beside it. Training does the same in rofi/people/draw.py. */
import { light } from '../constants.json';
import { erode, gaussianBlur } from './blur';
import { coarseLowPass, enlarged, GRID, shrunkInside } from './low-pass';

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
 * @param lit - the drawing, planes [256, 256] in 0..1
 * @param photo - the photo's planes inside the mask, on the coarse grid
 * @param mask - [256, 256] in 0..1: what is drawn; `weight` - the same on the coarse grid
 */
export function matchRim(
  lit: readonly Float32Array[],
  photo: readonly Float32Array[],
  mask: Float32Array,
  weight: Float32Array,
): void {
  const lowPass = coarseLowPass(weight, SIGMA);
  const inner = gaussianBlur(erode(weight, GRID, DEPTH), GRID, FADE);
  for (const [channel, plane] of lit.entries()) {
    const factor = lowPass(shrunkInside(plane, mask));
    const there = lowPass(photo[channel]!);
    for (let i = 0; i < factor.length; i++) {
      const ratio = (there[i]! + OFFSET) / (factor[i]! + OFFSET);
      factor[i] = 1 + (1 - inner[i]!) * (Math.min(Math.max(ratio, 1 / MOST), MOST) - 1);
    }
    const wide = enlarged(factor);
    for (let i = 0; i < plane.length; i++) plane[i] = plane[i]! * wide[i]!;
  }
}
