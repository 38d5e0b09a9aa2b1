import { cropPixels } from '../image/crop';
import { averageBlocks, MAX_FACTOR } from '../image/resize';
import type { Box, Pixels, Similarity } from '../types';
import { fromPart, invert, transformPoint } from './similarity';

/**
 * Resamples a square crop, [3, side, side] planar RGB in [-1, 1]. Where the photo is finer, whole blocks of its pixels
 * are averaged first, then bilinear samples; beyond the photo's edge its border pixels go on.
 *
 * @param transform - from photo pixels to crop pixels
 */
export function resampleCrop(pixels: Pixels, transform: Similarity, side: number): Float32Array<ArrayBuffer> {
  const fineness = 1 / Math.hypot(transform.a, transform.b);
  const factor = Math.max(1, Math.min(Math.floor(fineness + 1e-6), MAX_FACTOR));
  const part = partOf(pixels, transform, side, factor);
  const small = factor > 1 ? averageBlocks(pixels, factor, part) : cropPixels(pixels, part);
  const back = invert(fromPart(transform, part, factor));
  // As finely sampled as the picture is.
  const samples = Math.max(1, Math.ceil(Math.hypot(back.a, back.b) - 1e-6));
  return sampleMeans(samplesOf(small), back, side, samples);
}

/** The crop's bounding box in the photo, in whole blocks. */
function partOf({ width, height }: Pixels, transform: Similarity, side: number, block: number): Box {
  const back = invert(transform);
  const corners = [0, side].flatMap((x) => [0, side].map((y) => transformPoint(back, { x, y })));
  // Bilinear samples reach half a pixel beyond it, and then to the next pixel.
  const margin = Math.max(block, 2);
  const within = (values: readonly number[], size: number): readonly [from: number, length: number] => {
    const last = Math.max(0, size - block);
    const from = Math.floor(Math.min(Math.max(Math.min(...values) - margin, 0), last));
    const to = Math.min(Math.max(...values) + margin, size);
    return [from, Math.max(1, Math.floor((to - from) / block)) * Math.min(block, size)];
  };
  const [x, across] = within(
    corners.map((corner) => corner.x),
    width,
  );
  const [y, down] = within(
    corners.map((corner) => corner.y),
    height,
  );
  return { x, y, width: across, height: down };
}

/** Interleaved red, green and blue in 0..255; always floats, for one loop over two kinds of arrays takes twice as long. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

function samplesOf({ width, height, data }: Pixels): Samples {
  const samples = new Float32Array(width * height * 3);
  for (let from = 0, to = 0; to < samples.length; from += 4, to += 3) {
    samples[to] = data[from]!;
    samples[to + 1] = data[from + 1]!;
    samples[to + 2] = data[from + 2]!;
  }
  return { width, height, data: samples };
}

/**
 * Means of `samples`² bilinear samples in each crop pixel; beyond the edge its pixels go on.
 *
 * @param back - from crop pixels to the picture's
 * @param wanted - [side, side], 0 where nobody looks: there the answer is 0
 * @returns [3, side, side] planar RGB in [-1, 1]
 */
export function sampleMeans(
  { width, height, data }: Samples,
  { a, b, tx, ty }: Similarity,
  side: number,
  samples: number,
  wanted?: Uint8Array,
): Float32Array<ArrayBuffer> {
  const plane = side * side;
  const image = new Float32Array(3 * plane);
  const norm = 2 / 255 / (samples * samples);
  const [lastX, lastY, stride] = [width - 1, height - 1, width * 3];
  const step = 1 / samples;

  for (let row = 0, index = 0; row < side; row++) {
    for (let column = 0; column < side; column++, index++) {
      if (wanted?.[index] === 0) continue;
      let red = 0;
      let green = 0;
      let blue = 0;
      const u = column + 0.5 * step;
      for (let j = 0; j < samples; j++) {
        const v = row + (j + 0.5) * step;
        let across = a * u - b * v + tx - 0.5;
        let down = b * u + a * v + ty - 0.5;
        for (let i = 0; i < samples; i++, across += a * step, down += b * step) {
          const x = across < 0 ? 0 : across > lastX ? lastX : across;
          const y = down < 0 ? 0 : down > lastY ? lastY : down;
          // Whole parts of numbers that are not negative.
          const left = x | 0;
          const top = y | 0;
          const fx = x - left;
          const fy = y - top;
          const w11 = fx * fy;
          const w10 = fx - w11;
          const w01 = fy - w11;
          const w00 = 1 - fx - w01;
          const at00 = top * stride + left * 3;
          const at10 = left < lastX ? at00 + 3 : at00;
          const at01 = top < lastY ? at00 + stride : at00;
          const at11 = at01 + at10 - at00;
          red += w00 * data[at00]! + w10 * data[at10]! + w01 * data[at01]! + w11 * data[at11]!;
          green +=
            w00 * data[at00 + 1]! + w10 * data[at10 + 1]! + w01 * data[at01 + 1]! + w11 * data[at11 + 1]!;
          blue +=
            w00 * data[at00 + 2]! + w10 * data[at10 + 2]! + w01 * data[at01 + 2]! + w11 * data[at11 + 2]!;
        }
      }
      image[index] = red * norm - 1;
      image[plane + index] = green * norm - 1;
      image[2 * plane + index] = blue * norm - 1;
    }
  }
  return image;
}
