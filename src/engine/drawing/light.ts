/** Puts a drawn face into the photo's light. Training does the same in rofi/people/draw.py and rofi/render.py. */
import { light as limits } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { enlargePlane, gaussianBlur, shrinkMasked } from './blur';
import { LUMA, lumaAt } from '../image/luma';

const PLANE = CROP_SIZE * CROP_SIZE;
/** Light is compared on a coarser grid, blurred there by so many of its pixels. */
const GRID = limits.grid;
const SIGMA = limits.sigma;
/** Keeps the ratio of dark shades finite, in 0..1 of white. */
const OFFSET = limits.offset;
const MOST = limits.most;
/** A photo with less than this share of the drawing's own colour contrast is taken to be grey, in that measure. */
const COLOURED = limits.coloured;
/** Highlights of a donor's skin this much brighter than their surroundings are held back, to this much at most. */
const BRIGHT = limits.bright;
const BRIGHTEST = limits.brightest;
/** A flat or overexposed photo lowers the drawing's contrast to its own, but not below this share. */
const LEAST_CONTRAST = limits.leastContrast;
/** Dark shades are made so many times brighter in their own colour; what is missing then comes in the light's. */
const MOST_LIFTED = limits.mostLifted;
/** The drawing's finest contrast may be raised so far to match the photo's; finest is what this blur takes away. */
const MOST_SHARPER = limits.mostSharper;
const SHARP_SIGMA = limits.sharpSigma;
const INSIDE = limits.inside;

/**
 * Gives a drawn face the photo's light and tone, and makes it as grey as the photo is. All planar RGB in 0..1.
 *
 * @param mask - [256, 256] in 0..1: where light is compared; `opacity` - where the drawing will show
 */
export function inLight(
  photo: Float32Array,
  drawn: Float32Array,
  mask: Float32Array,
  opacity: Float32Array,
): Float32Array<ArrayBuffer> {
  const lowPass = lowPassInside(mask);
  const light = perChannel(photo, lowPass);
  const own = perChannel(drawn, lowPass);
  const relief = new Float32Array(PLANE);
  for (let i = 0; i < PLANE; i++) relief[i] = lumaAt(drawn, i) / (lumaAt(own, i) + 1e-4);
  const wanted = matchContrast(relief, photo, light, opacity);
  const lit = new Float32Array(3 * PLANE);
  for (let i = 0; i < lit.length; i++) {
    const ratio = ((light[i] ?? 0) + OFFSET) / ((own[i] ?? 0) + OFFSET);
    const at = i % PLANE;
    const lifted = Math.min((wanted[at] ?? 1) / Math.max(relief[at] ?? 0, 1e-3), MOST_LIFTED);
    const missing = (wanted[at] ?? 1) - (relief[at] ?? 0) * lifted;
    lit[i] = (drawn[i] ?? 0) * Math.min(Math.max(ratio, 1 / MOST), MOST) * lifted + (light[i] ?? 0) * missing;
  }
  const colour = colourContrast(photo, light, opacity) / (colourContrast(lit, light, opacity) + 1e-6);
  const kept = Math.min(1, colour / COLOURED);
  for (let i = 0; i < PLANE; i++) {
    for (let at = i; at < lit.length; at += PLANE) {
      const grey = (light[at] ?? 0) * (wanted[i] ?? 1);
      lit[at] = clampToUnit(grey + kept * ((lit[at] ?? 0) - grey));
    }
  }
  return sharpened(lit, photo, opacity);
}

/** The drawing's relief with highlights held back, and flattened where the photo is flat or overexposed. */
function matchContrast(
  relief: Float32Array,
  photo: Float32Array,
  light: Float32Array,
  opacity: Float32Array,
): Float32Array {
  const held = relief.map((value) => {
    const above = Math.max(value - BRIGHT, 0);
    return Math.min(value, BRIGHT) + above / (1 + above / (BRIGHTEST - BRIGHT));
  });
  let [there, wanted] = [0, 0];
  for (let i = 0; i < PLANE; i++) {
    const share = opacity[i] ?? 0;
    there += share * Math.abs((held[i] ?? 0) - 1);
    wanted += share * Math.abs(lumaAt(photo, i) / (lumaAt(light, i) + OFFSET) - 1);
  }
  const contrast = Math.min(Math.max(wanted / (there + 1e-6), LEAST_CONTRAST), 1);
  return held.map((value) => 1 + contrast * (value - 1));
}

/** Raises the drawing's finest contrast to the photo's. */
function sharpened(
  lit: Float32Array<ArrayBuffer>,
  photo: Float32Array,
  opacity: Float32Array,
): Float32Array<ArrayBuffer> {
  const drawn = finest(lit);
  const gain = meanInside(finest(photo), opacity) / (meanInside(drawn, opacity) + 1e-6);
  const more = Math.min(Math.max(gain, 1), MOST_SHARPER) - 1;
  return lit.map((value, i) => clampToUnit(value * (1 + more * (drawn[i % PLANE] ?? 0))));
}

/** Contrast of an image about its own slight blur, as a share of that. */
function finest(image: Float32Array): Float32Array {
  const luma = new Float32Array(PLANE);
  for (let i = 0; i < PLANE; i++) luma[i] = lumaAt(image, i);
  const soft = gaussianBlur(luma, CROP_SIZE, SHARP_SIGMA);
  return luma.map((value, i) => (value - (soft[i] ?? 0)) / ((soft[i] ?? 0) + OFFSET));
}

function meanInside(plane: Float32Array, opacity: Float32Array): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < PLANE; i++) {
    if ((opacity[i] ?? 0) <= INSIDE) continue;
    sum += Math.abs(plane[i] ?? 0);
    count++;
  }
  return sum / Math.max(count, 1);
}

function clampToUnit(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

/** How much the colour, apart from brightness, varies about the low-passed one inside a weight. */
function colourContrast(image: Float32Array, light: Float32Array, weight: Float32Array): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < PLANE; i++) {
    const share = weight[i] ?? 0;
    if (share === 0) continue;
    const red = (image[i] ?? 0) / ((light[i] ?? 0) + OFFSET);
    const green = (image[PLANE + i] ?? 0) / ((light[PLANE + i] ?? 0) + OFFSET);
    const blue = (image[2 * PLANE + i] ?? 0) / ((light[2 * PLANE + i] ?? 0) + OFFSET);
    const luma = LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;
    sum += (share * (Math.abs(red - luma) + Math.abs(green - luma) + Math.abs(blue - luma))) / 3;
    total += share;
  }
  return sum / (total + 1e-6);
}

/** Low-pass of a plane inside the mask: both blurred on a coarse grid, and divided. */
function lowPassInside(mask: Float32Array): (plane: Float32Array) => Float32Array {
  const factor = CROP_SIZE / GRID;
  const ones = new Float32Array(PLANE).fill(1);
  const weight = gaussianBlur(shrinkMasked(ones, mask, CROP_SIZE, factor), GRID, SIGMA);
  return (plane) => {
    const low = gaussianBlur(shrinkMasked(plane, mask, CROP_SIZE, factor), GRID, SIGMA);
    for (let i = 0; i < low.length; i++) low[i] = (low[i] ?? 0) / ((weight[i] ?? 0) + 1e-4);
    return enlargePlane(low, GRID, factor);
  };
}

function perChannel(
  image: Float32Array,
  filter: (plane: Float32Array) => Float32Array,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(image.length);
  for (let at = 0; at < image.length; at += PLANE) out.set(filter(image.subarray(at, at + PLANE)), at);
  return out;
}
