import { readFile } from 'node:fs/promises';
import { cropPixels } from '../image/crop';
import type { Box, Pixels, SourceFile } from '../types';

/** One of the real photos 1–6 that come with a development dependency; none is part of this project. */
export async function samplePhoto(number: number): Promise<SourceFile> {
  const name = `sample${number}.jpg`;
  const file = new URL(`../../../node_modules/@vladmandic/face-api/demo/${name}`, import.meta.url);
  return { name, bytes: new Uint8Array(await readFile(file)) };
}

/** Pixels drawn by a function of x and y, each channel 0..255. */
export function drawPixels(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    data.set([...colour(i % width, Math.floor(i / width)), 255], i * 4);
  }
  return { width, height, data };
}

/** A part of a picture, `factor` times as large, by bilinear interpolation. */
export function enlarged(pixels: Pixels, part: Box, factor: number): Pixels {
  const { data } = cropPixels(pixels, part);
  const at = (x: number, y: number, channel: number): number => {
    const [column, row] = [Math.min(x, part.width - 1), Math.min(y, part.height - 1)];
    return data[(row * part.width + column) * 4 + channel] ?? 0;
  };
  return drawPixels(part.width * factor, part.height * factor, (column, row) => {
    const [x, y] = [Math.max(0, (column + 0.5) / factor - 0.5), Math.max(0, (row + 0.5) / factor - 0.5)];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const mixed = (channel: number): number => {
      const upper = at(left, top, channel) * (1 - x + left) + at(left + 1, top, channel) * (x - left);
      const lower = at(left, top + 1, channel) * (1 - x + left) + at(left + 1, top + 1, channel) * (x - left);
      return upper * (1 - y + top) + lower * (y - top);
    };
    return [mixed(0), mixed(1), mixed(2)];
  });
}
