import { LUMA } from './luma';
import type { Pixels } from '../types';

/** Mean distance from the colour of its lightness, in levels, up to which a picture is of one tone. */
const ONE_TONE = 2;

/** So many pixels tell whether there are colours. */
const MOST_LOOKED_AT = 1e5;

/** The colour that each lightness has in a picture, RGB interleaved. */
type Tone = Float64Array;

/**
 * Gives what was drawn on a photo of one tone, such as black and white or sepia, the photo's own colours. Other photos,
 * and pixels that nobody drew on, stay as they are.
 *
 * @param drawn - of the photo's size
 */
export function inToneOf(photo: Pixels, drawn: Pixels): Pixels {
  const tone = toneOf(photo);
  if (tone === null) return drawn;
  const data = drawn.data.slice();
  for (let i = 0; i < data.length; i += 4) {
    const same =
      data[i] === photo.data[i] && data[i + 1] === photo.data[i + 1] && data[i + 2] === photo.data[i + 2];
    if (!same) data.set(tone.subarray(3 * lightness(drawn.data, i), 3 * lightness(drawn.data, i) + 3), i);
  }
  return { ...drawn, data };
}

/** Null for a picture in which pixels of one lightness differ in colour. */
function toneOf({ data }: Pixels): Tone | null {
  const step = 4 * Math.max(1, Math.floor(data.length / 4 / MOST_LOOKED_AT));
  const sums = new Float64Array(256 * 3);
  const counts = new Float64Array(256);
  for (let i = 0; i < data.length; i += step) {
    const level = lightness(data, i);
    counts[level]! += 1;
    for (let c = 0; c < 3; c++) sums[3 * level + c]! += data[i + c]!;
  }
  const tone = sums.map((sum, i) => sum / (counts[Math.floor(i / 3)] ?? 1));
  const most = ONE_TONE * (data.length / step) * 3;
  let apart = 0;
  // Of most photos a few rows tell.
  for (let i = 0; i < data.length && apart <= most; i += step) {
    const level = lightness(data, i);
    for (let c = 0; c < 3; c++) apart += Math.abs(data[i + c]! - tone[3 * level + c]!);
  }
  return apart <= most ? filled(tone, counts) : null;
}

/** Levels that the picture does not have get what lies between their neighbours. */
function filled(tone: Tone, counts: Float64Array): Tone {
  const known = Array.from(counts.keys()).filter((level) => (counts[level] ?? 0) > 0);
  return tone.map((value, i) => {
    const level = Math.floor(i / 3);
    if ((counts[level] ?? 0) > 0) return value;
    const below = known.findLast((other) => other < level);
    const above = known.find((other) => other > level);
    const at = (other: number): number => tone[3 * other + (i % 3)] ?? 0;
    if (below === undefined) return at(above ?? 0) + level - (above ?? 0);
    if (above === undefined) return at(below) + level - below;
    return at(below) + ((level - below) / (above - below)) * (at(above) - at(below));
  });
}

/** Luma, 0..255 (ITU-R BT.601). */
function lightness(data: Uint8ClampedArray, i: number): number {
  return Math.round(LUMA[0] * (data[i] ?? 0) + LUMA[1] * (data[i + 1] ?? 0) + LUMA[2] * (data[i + 2] ?? 0));
}
