import type { Pixels } from '../types';

/** Up to this of 255 nobody sees a pixel, but its numbers are in the file. */
const UNSEEN = 8;
const WHITE = 255;

/** Paints white what is transparent: a picture erased to nothing still has its old colours there. */
export function eraseHidden(pixels: Pixels): Pixels {
  const { data } = pixels;
  if (!hasAlpha(data, UNSEEN + 1)) return pixels;
  const erased = data.slice();
  for (let i = 0; i < erased.length; i += 4) {
    if ((erased[i + 3] ?? 0) > UNSEEN) continue;
    erased.fill(WHITE, i, i + 3);
    erased[i + 3] = 0;
  }
  return { ...pixels, data: erased };
}

/** The picture on white paper, for files that know no transparency. */
export function layOnWhite(pixels: Pixels): Pixels {
  const { data } = pixels;
  if (!hasAlpha(data, WHITE)) return pixels;
  const laid = data.slice();
  for (let i = 0; i < laid.length; i += 4) {
    const alpha = (laid[i + 3] ?? 0) / 255;
    for (let channel = i; channel < i + 3; channel++) {
      laid[channel] = WHITE + alpha * ((laid[channel] ?? 0) - WHITE);
    }
    laid[i + 3] = WHITE;
  }
  return { ...pixels, data: laid };
}

function hasAlpha(data: Uint8ClampedArray, below: number): boolean {
  for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) < below) return true;
  return false;
}
