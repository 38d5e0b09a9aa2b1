import { beforeAll, describe, expect, it } from 'vitest';
import { decodeJpeg, encodeJpeg, useCodecs } from '../image/codecs';
import { decodePhoto } from '../image/decode';
import { shrinkTo } from '../image/resize';
import { readCodec } from '../testing/codecs';
import { samplePhoto } from '../testing/photos';
import type { Pixels } from '../types';
import { isSamePicture } from './same-picture';

const photos: Pixels[] = [];

beforeAll(async () => {
  useCodecs(readCodec);
  for (const number of [1, 2, 3, 4, 5, 6]) photos.push((await decodePhoto(await samplePhoto(number))).pixels);
});

function headerOf({ width, height }: Pixels) {
  return { image: { width, height, sha256: '' }, faces: [] };
}

/** What a portal makes of a picture. */
async function resaved(pixels: Pixels, longestSide: number): Promise<Pixels> {
  return (await decodeJpeg(await encodeJpeg(shrinkTo(pixels, longestSide)))).pixels;
}

describe('isSamePicture', () => {
  it('knows a photo that was made smaller and compressed', async () => {
    for (const photo of photos) {
      for (const side of [1000, 500, 300]) {
        expect(isSamePicture(photo, await resaved(photo, side), headerOf(photo))).toBe(true);
      }
    }
  });

  it('tells every other photo apart, be it as large', () => {
    for (const one of photos) {
      for (const other of photos) {
        if (one === other) continue;
        const { width, height } = one;
        const stretched = stretch(other, width, height);
        expect(isSamePicture(one, stretched, headerOf(one))).toBe(false);
      }
    }
  });

  it('sees what was cut off, and what was painted beside the face', () => {
    const [photo] = photos as [Pixels];
    const cropped = leftPart(photo, 0.9);
    expect(isSamePicture(photo, cropped, headerOf(photo))).toBe(false);
    const painted = { ...photo, data: photo.data.slice() };
    painted.data.fill(0, 0, Math.round(photo.height * 0.1) * photo.width * 4);
    expect(isSamePicture(photo, painted, headerOf(photo))).toBe(false);
  });
});

it('does not look where the record says that something is covered', () => {
  const [photo] = photos as [Pixels];
  const { width, height } = photo;
  const painted = { ...photo, data: photo.data.slice() };
  for (let y = 100; y < height - 100; y++)
    painted.data.fill(0, (y * width + 100) * 4, (y * width + width / 2) * 4);
  const covered = [{ x: 100, y: 100, width: width / 2 - 100, height: height - 200 }];
  expect(isSamePicture(photo, painted, headerOf(photo))).toBe(false);
  expect(isSamePicture(photo, painted, { ...headerOf(photo), covered })).toBe(true);
});

function stretch(pixels: Pixels, width: number, height: number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  const from = new Uint32Array(pixels.data.buffer);
  const to = new Uint32Array(data.buffer);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * pixels.height) / height) * pixels.width;
    for (let x = 0; x < width; x++) {
      to[y * width + x] = from[row + Math.floor((x * pixels.width) / width)] ?? 0;
    }
  }
  return { width, height, data };
}

/** The left part of a picture. */
function leftPart(pixels: Pixels, share: number): Pixels {
  const width = Math.round(pixels.width * share);
  const data = new Uint8ClampedArray(width * pixels.height * 4);
  for (let y = 0; y < pixels.height; y++) {
    const start = y * pixels.width * 4;
    data.set(pixels.data.subarray(start, start + width * 4), y * width * 4);
  }
  return { width, height: pixels.height, data };
}
