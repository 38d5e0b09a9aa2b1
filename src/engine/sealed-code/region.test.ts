import { describe, expect, it } from 'vitest';
import { CROP_SIZE } from '../geometry/alignment';
import { CubicSampler } from '../geometry/cubic-sampler';
import type { Pixels } from '../types';
import { Region } from './region';

const [width, height] = [420, 380];
/** Turned, and half as fine again as the crop. */
const transform = { a: 0.66, b: 0.05, tx: -12.3, ty: 4.7 };

function noise(): Pixels {
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, i) => (i * 7919) % 251);
  return { width, height, data };
}

/** [256, 256]: one in the cells that a test picks, spread over the crop and at its edge. */
const coded = Uint8Array.from({ length: CROP_SIZE ** 2 }, (_, i) => {
  const [row, column] = [Math.floor(i / CROP_SIZE / 8), Math.floor((i % CROP_SIZE) / 8)];
  return Number((row * 31 + column * 17) % 23 === 0);
});

const largestDifference = (one: ArrayLike<number>, other: ArrayLike<number>): number => {
  let largest = 0;
  for (let i = 0; i < one.length; i++) largest = Math.max(largest, Math.abs(one[i]! - other[i]!));
  return largest;
};

describe('a face’s region', () => {
  it('is cut the same where it is looked at, whatever is left out', () => {
    const region = new Region(noise(), transform, 'exact');
    const whole = region.cut(transform);
    const part = region.cut(transform, coded);
    const expected = whole.map((value, i) => value * coded[i % coded.length]!);
    expect(largestDifference(part, expected)).toBe(0);
  });

  it('takes a change wherever it reaches, as if all of the crop were asked', () => {
    const change = Float32Array.from(
      { length: 3 * CROP_SIZE ** 2 },
      (_, i) => (coded[i % coded.length]! * ((i % 13) - 6)) / 40,
    );
    const photo = noise();
    const region = new Region(photo, transform, 'exact');
    region.add(change, transform);
    region.write();
    const expected = noise();
    const wanted = new CubicSampler(change, CROP_SIZE);
    const { a, b, tx, ty } = transform;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const u = a * (x + 0.5) - b * (y + 0.5) + tx;
        const v = b * (x + 0.5) + a * (y + 0.5) + ty;
        if (u < 0 || v < 0 || u >= CROP_SIZE || v >= CROP_SIZE) continue;
        wanted.moveTo(u - 0.5, v - 0.5);
        const at = (y * width + x) * 4;
        [wanted.red, wanted.green, wanted.blue].forEach((value, channel) => {
          expected.data[at + channel] = expected.data[at + channel]! + value * 127.5;
        });
      }
    }
    // Rounded once in 32 bits and once in 64.
    expect(largestDifference(photo.data, expected.data)).toBeLessThanOrEqual(1);
    expect(largestDifference(photo.data, noise().data)).toBeGreaterThan(10);
  });

  it('shows a change at once where the photo is so fine that blocks of it are changed', () => {
    const finer = { a: 0.12, b: 0.01, tx: -1, ty: -1 };
    const change = Float32Array.from({ length: 3 * CROP_SIZE ** 2 }, () => 0.05);
    const photo = noise();
    const region = new Region(photo, finer, 'exact');
    const before = region.cut(finer);
    region.add(change, finer);
    region.write();
    const after = new Region(photo, finer, 'exact').cut(finer);
    const changes = after
      .map((value, i) => value - before[i]!)
      .filter((_, i) => i % CROP_SIZE < 40 && i < 40 * CROP_SIZE);
    // Less where 0 and 255 go no further.
    expect(Math.max(...changes)).toBeCloseTo(0.05, 3);
  });
});
