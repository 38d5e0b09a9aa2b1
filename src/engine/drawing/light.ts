/** Puts a drawn face into the photo's light. Training does the same in rofi/people/draw.py and rofi/render.py. */
import { light as limits } from '../constants.json';
import { CROP_SIZE } from '../geometry/alignment';
import { LUMA, lumaOf } from '../image/luma';
import { gaussianBlur } from './blur';
import { coarseLowPass, enlargedImage, shrunk, shrunkInside } from './low-pass';
import { matchRim } from './rim-light';

const PLANE = CROP_SIZE * CROP_SIZE;
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

/** A photo's crop, and what is told of it once for everybody who is drawn on it. */
export interface LitPhoto {
  /** [3, 256, 256] planar RGB in 0..1. */
  readonly image: Float32Array;
  /** [256, 256]: its brightness, and the finest contrast of that. */
  readonly luma: Float32Array;
  readonly finest: Float32Array;
}

/** What drawing needs to know of a crop, [3, 256, 256] planar RGB in 0..1. */
export function litPhoto(image: Float32Array): LitPhoto {
  const luma = lumaOf(image);
  return { image, luma, finest: finestOf(luma) };
}

/**
 * Gives a drawn face the photo's light and tone, and makes it as grey as the photo is. All planar RGB in 0..1.
 *
 * @param mask - [256, 256] in 0..1: where light is compared; `opacity` - where the drawing will show
 */
export function inLight(
  photo: LitPhoto,
  drawn: Float32Array,
  mask: Float32Array,
  opacity: Float32Array,
): Float32Array<ArrayBuffer> {
  const weight = shrunk(mask);
  const inside = planesOf(photo.image).map((plane) => shrunkInside(plane, mask));
  const lowPass = coarseLowPass(weight);
  const light = enlargedImage(inside.map(lowPass));
  const own = enlargedImage(planesOf(drawn).map((plane) => lowPass(shrunkInside(plane, mask))));
  const relief = lumaOf(drawn);
  const coarse = lumaOf(own);
  for (let i = 0; i < PLANE; i++) relief[i] = (relief[i] ?? 0) / ((coarse[i] ?? 0) + 1e-4);
  const wanted = matchContrast(relief, photo.luma, lumaOf(light), opacity);
  const lit = new Float32Array(3 * PLANE);
  for (let i = 0; i < PLANE; i++) {
    const shade = wanted[i] ?? 1;
    const lifted = Math.min(shade / Math.max(relief[i] ?? 0, 1e-3), MOST_LIFTED);
    const missing = shade - (relief[i] ?? 0) * lifted;
    for (let at = i; at < lit.length; at += PLANE) {
      const ratio = ((light[at] ?? 0) + OFFSET) / ((own[at] ?? 0) + OFFSET);
      const limited = Math.min(Math.max(ratio, 1 / MOST), MOST);
      lit[at] = (drawn[at] ?? 0) * limited * lifted + (light[at] ?? 0) * missing;
    }
  }
  const colour = colourContrast(photo.image, light, opacity) / (colourContrast(lit, light, opacity) + 1e-6);
  const kept = Math.min(1, colour / COLOURED);
  for (let i = 0; i < PLANE; i++) {
    for (let at = i; at < lit.length; at += PLANE) {
      const grey = (light[at] ?? 0) * (wanted[i] ?? 1);
      lit[at] = clampToUnit(grey + kept * ((lit[at] ?? 0) - grey));
    }
  }
  matchRim(planesOf(lit), inside, mask, weight);
  return sharpened(lit, photo.finest, opacity);
}

/** The drawing's relief with highlights held back, and flattened where the photo is flat or overexposed. */
function matchContrast(
  relief: Float32Array,
  photo: Float32Array,
  light: Float32Array,
  opacity: Float32Array,
): Float32Array {
  const held = new Float32Array(PLANE);
  let [there, wanted] = [0, 0];
  for (let i = 0; i < PLANE; i++) {
    const value = relief[i] ?? 0;
    const above = Math.max(value - BRIGHT, 0);
    const limited = Math.min(value, BRIGHT) + above / (1 + above / (BRIGHTEST - BRIGHT));
    held[i] = limited;
    const share = opacity[i] ?? 0;
    if (share === 0) continue;
    there += share * Math.abs(limited - 1);
    wanted += share * Math.abs((photo[i] ?? 0) / ((light[i] ?? 0) + OFFSET) - 1);
  }
  const contrast = Math.min(Math.max(wanted / (there + 1e-6), LEAST_CONTRAST), 1);
  for (let i = 0; i < PLANE; i++) held[i] = 1 + contrast * ((held[i] ?? 0) - 1);
  return held;
}

/** Raises the drawing's finest contrast to the photo's. */
function sharpened(
  lit: Float32Array<ArrayBuffer>,
  photo: Float32Array,
  opacity: Float32Array,
): Float32Array<ArrayBuffer> {
  const drawn = finestOf(lumaOf(lit));
  const gain = meanInside(photo, opacity) / (meanInside(drawn, opacity) + 1e-6);
  const more = Math.min(Math.max(gain, 1), MOST_SHARPER) - 1;
  for (let i = 0; i < PLANE; i++) {
    const factor = 1 + more * (drawn[i] ?? 0);
    for (let at = i; at < lit.length; at += PLANE) lit[at] = clampToUnit((lit[at] ?? 0) * factor);
  }
  return lit;
}

/** Contrast of brightness about its own slight blur, as a share of that. */
function finestOf(luma: Float32Array): Float32Array {
  const finest = gaussianBlur(luma, CROP_SIZE, SHARP_SIGMA);
  for (let i = 0; i < PLANE; i++) {
    const soft = finest[i] ?? 0;
    finest[i] = ((luma[i] ?? 0) - soft) / (soft + OFFSET);
  }
  return finest;
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

/** The three planes of an image, each a view. */
function planesOf(image: Float32Array): readonly Float32Array[] {
  return [0, PLANE, 2 * PLANE].map((at) => image.subarray(at, at + PLANE));
}
