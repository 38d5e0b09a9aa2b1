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
  const factor = Math.min(Math.floor(fineness + 1e-6), MAX_FACTOR);
  if (factor < 2) return sample(pixels, transform, side);
  const part = partOf(pixels, transform, side, factor);
  const small = averageBlocks(cropPixels(pixels, part), factor);
  return sample(small, fromPart(transform, part, factor), side);
}

/** The crop's bounding box in the photo, in whole blocks. */
function partOf({ width, height }: Pixels, transform: Similarity, side: number, block: number): Box {
  const back = invert(transform);
  const corners = [0, side].flatMap((x) => [0, side].map((y) => transformPoint(back, { x, y })));
  const within = (values: readonly number[], size: number): readonly [from: number, length: number] => {
    const last = Math.max(0, size - block);
    const from = Math.floor(Math.min(Math.max(Math.min(...values) - block, 0), last));
    const to = Math.min(Math.max(...values) + block, size);
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

/** As finely sampled as the picture is. */
function sample(picture: Pixels, transform: Similarity, side: number): Float32Array<ArrayBuffer> {
  const back = invert(transform);
  const samples = Math.max(1, Math.ceil(Math.hypot(back.a, back.b) - 1e-6));
  return sampleMeans({ ...picture, channels: 4 }, back, side, samples);
}

/** Interleaved samples in 0..255, three or four to a pixel, of which the first three count. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
  readonly channels: 3 | 4;
}

/**
 * Means of `samples`² bilinear samples in each crop pixel; beyond the edge its pixels go on.
 *
 * @param back - from crop pixels to the picture's
 * @param wanted - [side, side], 0 where nobody looks: there the answer is 0
 * @returns [3, side, side] planar RGB in [-1, 1]
 */
export function sampleMeans(
  { width, height, data, channels }: Samples,
  { a, b, tx, ty }: Similarity,
  side: number,
  samples: number,
  wanted?: Uint8Array,
): Float32Array<ArrayBuffer> {
  const plane = side * side;
  const image = new Float32Array(3 * plane);
  const norm = 2 / 255 / (samples * samples);

  for (let row = 0, index = 0; row < side; row++) {
    for (let column = 0; column < side; column++, index++) {
      if (wanted?.[index] === 0) continue;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let j = 0; j < samples; j++) {
        const v = row + (j + 0.5) / samples;
        for (let i = 0; i < samples; i++) {
          const u = column + (i + 0.5) / samples;
          const x = Math.min(Math.max(a * u - b * v + tx - 0.5, 0), width - 1);
          const y = Math.min(Math.max(b * u + a * v + ty - 0.5, 0), height - 1);
          const left = Math.floor(x);
          const top = Math.floor(y);
          const fx = x - left;
          const fy = y - top;
          const at = (top * width + left) * channels;
          const right = left + 1 < width ? channels : 0;
          const below = top + 1 < height ? width * channels : 0;
          const w00 = (1 - fx) * (1 - fy);
          const w10 = fx * (1 - fy);
          const w01 = (1 - fx) * fy;
          const w11 = fx * fy;
          const at10 = at + right;
          const at01 = at + below;
          const at11 = at01 + right;
          red +=
            w00 * (data[at] ?? 0) +
            w10 * (data[at10] ?? 0) +
            w01 * (data[at01] ?? 0) +
            w11 * (data[at11] ?? 0);
          green +=
            w00 * (data[at + 1] ?? 0) +
            w10 * (data[at10 + 1] ?? 0) +
            w01 * (data[at01 + 1] ?? 0) +
            w11 * (data[at11 + 1] ?? 0);
          blue +=
            w00 * (data[at + 2] ?? 0) +
            w10 * (data[at10 + 2] ?? 0) +
            w01 * (data[at01 + 2] ?? 0) +
            w11 * (data[at11 + 2] ?? 0);
        }
      }
      image[index] = red * norm - 1;
      image[plane + index] = green * norm - 1;
      image[2 * plane + index] = blue * norm - 1;
    }
  }
  return image;
}
