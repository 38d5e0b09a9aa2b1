import type { Pixels } from '../types';

const PREVIEW_SIZE = 2048;

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
  const shrunk = shrinkTo(pixels, PREVIEW_SIZE);
  return shrunk === pixels ? { ...pixels, data: pixels.data.slice() } : shrunk;
}

/**
 * Area-averages to a smaller size, a source row at a time: two rows of floats are all it needs besides the
 * result, whatever the size of the photo.
 */
function averageArea(pixels: Pixels, width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  const row = new Float32Array(width * 4);
  const sum = new Float32Array(width * 4);
  const step = pixels.height / height;

  for (let y = 0; y < height; y++) {
    const top = y * step;
    const bottom = Math.min(top + step, pixels.height);
    sum.fill(0);
    for (let source = Math.floor(top); source < bottom; source++) {
      const share = (Math.min(source + 1, bottom) - Math.max(source, top)) / step;
      averageRow(pixels, source, row);
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (row[i] ?? 0) * share;
    }
    data.set(sum, y * width * 4);
  }
  return { width, height, data };
}

/** Averages one source row into `row`, four channels a pixel. */
function averageRow(pixels: Pixels, y: number, row: Float32Array): void {
  const { data, width } = pixels;
  const step = (width * 4) / row.length;
  const start = y * width * 4;
  for (let x = 0; x * 4 < row.length; x++) {
    const left = x * step;
    const right = Math.min(left + step, width);
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let source = Math.floor(left); source < right; source++) {
      const share = Math.min(source + 1, right) - Math.max(source, left);
      const at = start + source * 4;
      red += (data[at] ?? 0) * share;
      green += (data[at + 1] ?? 0) * share;
      blue += (data[at + 2] ?? 0) * share;
      alpha += (data[at + 3] ?? 0) * share;
    }
    row[x * 4] = red / step;
    row[x * 4 + 1] = green / step;
    row[x * 4 + 2] = blue / step;
    row[x * 4 + 3] = alpha / step;
  }
}
