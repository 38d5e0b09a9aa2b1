import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockMeans, dilate, erode, gaussianBlur } from './blur';

const SIDE = 12;

/** A plane of pseudo-random values, some rows of it empty as in a mask. */
function planeOf(seed: number, side = SIDE): Float32Array {
  return Float32Array.from({ length: side * side }, (_, i) => {
    const isEmpty = Math.floor(i / side) % 5 === 1;
    return isEmpty ? 0 : Math.sin(seed + 12.9898 * i) / 2 + 0.5;
  });
}

function mirror(index: number): number {
  const within = Math.abs(index) % (2 * (SIDE - 1));
  return within > SIDE - 1 ? 2 * (SIDE - 1) - within : within;
}

const at = (plane: Float32Array, x: number, y: number): number => plane[y * SIDE + x]!;
const places = Array.from({ length: SIDE * SIDE }, (_, i) => [i % SIDE, Math.floor(i / SIDE)] as const);

describe('filters give what their plain definitions give', () => {
  it('a Gaussian blur, wider than the plane as well', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.constantFrom(0.6, 1, 3.5, 6), (seed, sigma) => {
        const plane = planeOf(seed);
        const radius = (Math.round(8 * sigma + 1) | 1) >> 1;
        const taps = Array.from({ length: 2 * radius + 1 }, (_, i) => i - radius);
        const weights = taps.map((tap) => Math.exp((-tap * tap) / (2 * sigma * sigma)));
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const along = (value: (tap: number) => number): number =>
          taps.reduce((sum, tap, i) => sum + (weights[i]! / total) * value(tap), 0);
        const blurred = gaussianBlur(plane, SIDE, sigma);
        for (const [x, y] of places) {
          const expected = along((down) => along((right) => at(plane, mirror(x + right), mirror(y + down))));
          expect(Math.abs(at(blurred, x, y) - expected)).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('the largest and the smallest of a neighbourhood', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 7 }), (seed, radius) => {
        const plane = planeOf(seed);
        const [largest, smallest] = [dilate(plane, SIDE, radius), erode(plane, SIDE, radius)];
        for (const [x, y] of places) {
          const near = places.filter(([u, v]) => Math.abs(u - x) <= radius && Math.abs(v - y) <= radius);
          const values = near.map(([u, v]) => at(plane, u, v));
          const beyond = near.length < (2 * radius + 1) ** 2;
          expect(at(largest, x, y)).toBe(Math.max(...values));
          expect(at(smallest, x, y)).toBeCloseTo(beyond ? 0 : Math.min(...values), 12);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('means of blocks, inside a mask too', () => {
    const [plane, mask] = [planeOf(1), planeOf(2)];
    const means = blockMeans(plane, SIDE, 3, mask);
    const ones = blockMeans(plane, SIDE, 3, new Float32Array(SIDE * SIDE).fill(1));
    expect(ones).toEqual(blockMeans(plane, SIDE, 3));
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        const inside = places.filter(([x, y]) => Math.floor(x / 3) === column && Math.floor(y / 3) === row);
        const sum = inside.reduce((total, [x, y]) => total + at(plane, x, y) * at(mask, x, y), 0);
        expect(Math.abs(means[row * 4 + column]! - sum / 9)).toBeLessThan(1e-6);
      }
    }
  });
});
