import { resampling } from '../constants.json';
import type { Box, Pixels } from '../types';

const PREVIEW_SIZE = 2048;

/** The sum of so many squared 8-bit values still fits into 16 bits. */
export const MAX_FACTOR = resampling.largestBlock;

const THUMBNAIL_SIZE = 320;

/** Small enough to keep one for each of a hundred photos, and large enough to see whether a face is covered. */
export function thumbnailOf(pixels: Pixels): Pixels {
  return shrinkTo(pixels, THUMBNAIL_SIZE);
}

/** Scales down so that the longest side is `longestSide`; a smaller picture is returned as it is. */
export function shrinkTo(pixels: Pixels, longestSide: number): Pixels {
  const longest = Math.max(pixels.width, pixels.height);
  if (longest <= longestSide) return pixels;
  const scale = longestSide / longest;
  return averageArea(
    pixels,
    Math.max(1, Math.round(pixels.width * scale)),
    Math.max(1, Math.round(pixels.height * scale)),
  );
}

/** A copy of its own for the page, small enough to keep one for every photo of a batch. */
export function previewOf(pixels: Pixels): Pixels {
  const preview = reduceTo(pixels, PREVIEW_SIZE).pixels;
  const { width, height, data } = preview;
  return preview === pixels ? { width, height, data: data.slice() } : preview;
}

/**
 * Makes a large picture about as small as asked by a whole factor: several times faster than {@link shrinkTo}.
 * Rows and columns that do not fill a last pixel are left out.
 */
export function reduceTo(
  pixels: Pixels,
  longestSide: number,
): { readonly pixels: Pixels; readonly factor: number } {
  const longest = Math.max(pixels.width, pixels.height);
  const factor = Math.min(Math.ceil(longest / longestSide), MAX_FACTOR, pixels.width, pixels.height);
  return { pixels: factor <= 1 ? pixels : averageBlocks(pixels, factor), factor };
}

/**
 * Averages blocks of `factor`² pixels, two channels in each sum.
 *
 * @param part - whole pixels inside the picture; all of it by default
 */
export function averageBlocks(pixels: Pixels, factor: number, part: Box = { x: 0, y: 0, ...pixels }): Pixels {
  const width = Math.floor(part.width / factor);
  const height = Math.floor(part.height / factor);
  const source = new Int32Array(pixels.data.buffer, pixels.data.byteOffset, pixels.width * pixels.height);
  const data = new Uint8ClampedArray(width * height * 4);
  // Two sums of 16 bits each; kept as whole numbers of 32 bits, which are quicker than larger ones.
  const even = new Int32Array(width);
  const odd = new Int32Array(width);
  const count = factor * factor;
  for (let y = 0, to = 0; y < height; y++) {
    even.fill(0);
    odd.fill(0);
    for (let row = y * factor; row < (y + 1) * factor; row++) {
      let from = (part.y + row) * pixels.width + part.x;
      for (let x = 0; x < width; x++) {
        let evenSum = 0;
        let oddSum = 0;
        for (let i = 0; i < factor; i++, from++) {
          const pixel = source[from] ?? 0;
          evenSum = (evenSum + (pixel & 0xff00ff)) | 0;
          oddSum = (oddSum + ((pixel >>> 8) & 0xff00ff)) | 0;
        }
        even[x] = (even[x] ?? 0) + evenSum;
        odd[x] = (odd[x] ?? 0) + oddSum;
      }
    }
    for (let x = 0; x < width; x++, to += 4) {
      data[to] = ((even[x] ?? 0) & 0xffff) / count;
      data[to + 1] = ((odd[x] ?? 0) & 0xffff) / count;
      data[to + 2] = ((even[x] ?? 0) >>> 16) / count;
      data[to + 3] = ((odd[x] ?? 0) >>> 16) / count;
    }
  }
  return { width, height, data };
}

/**
 * Area-averages to a smaller size, an output row at a time: two rows of floats are all it needs besides the
 * result, whatever the size of the photo.
 */
function averageArea(pixels: Pixels, width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  const tall = new Float32Array(pixels.width * 4);
  const row = new Float32Array(width * 4);
  const step = pixels.height / height;
  for (let y = 0; y < height; y++) {
    averageRows(pixels, y * step, Math.min((y + 1) * step, pixels.height), tall);
    averageColumns(tall, row);
    data.set(row, y * width * 4);
  }
  return { width, height, data };
}

/** Averages the source rows from `top` to `bottom` (fractions count) into one. */
function averageRows({ width, data }: Pixels, top: number, bottom: number, out: Float32Array): void {
  out.fill(0);
  const stride = width * 4;
  for (let y = Math.floor(top); y < bottom; y++) {
    const share = (Math.min(y + 1, bottom) - Math.max(y, top)) / (bottom - top);
    const start = y * stride;
    for (let i = 0; i < stride; i++) out[i] = (out[i] ?? 0) + (data[start + i] ?? 0) * share;
  }
}

/** Averages a row of RGBA floats into a shorter one. */
function averageColumns(row: Float32Array, out: Float32Array): void {
  const width = row.length / 4;
  const step = row.length / out.length;
  out.fill(0);
  for (let x = 0; x * 4 < out.length; x++) {
    const left = x * step;
    const right = Math.min(left + step, width);
    const to = x * 4;
    for (let source = Math.floor(left); source < right; source++) {
      const share = (Math.min(source + 1, right) - Math.max(source, left)) / step;
      const from = source * 4;
      out[to] = (out[to] ?? 0) + (row[from] ?? 0) * share;
      out[to + 1] = (out[to + 1] ?? 0) + (row[from + 1] ?? 0) * share;
      out[to + 2] = (out[to + 2] ?? 0) + (row[from + 2] ?? 0) * share;
      out[to + 3] = (out[to + 3] ?? 0) + (row[from + 3] ?? 0) * share;
    }
  }
}
