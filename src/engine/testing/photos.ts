import { readFile } from 'node:fs/promises';
import type { Pixels, SourceFile } from '../types';

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
