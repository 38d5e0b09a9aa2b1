import { describe, expect, it } from 'vitest';
import type { AlignedFace } from '../types';
import { CROP_SIZE } from '../geometry/alignment';
import { keptDetail } from './kept-detail';

/** A face whose irises have this radius, in a photo that is the crop. */
function faceWith(radius: number): AlignedFace {
  const landmarks = new Float32Array(956);
  for (const [pupil, x] of [
    [468, 90],
    [473, 166],
  ] as const) {
    const ring = [
      [0, 0],
      [radius, 0],
      [0, radius],
      [-radius, 0],
      [0, -radius],
    ] as const;
    ring.forEach(([dx, dy], i) => landmarks.set([x + dx, 108 + dy], 2 * (pupil + i)));
  }
  return { face: { landmarks }, transform: { a: 1, b: 0, tx: 0, ty: 0 } } as unknown as AlignedFace;
}

const nothingDrawn = new Float32Array(CROP_SIZE ** 2);
const at = (kept: Float32Array, x: number): number => kept[108 * CROP_SIZE + x] ?? NaN;

describe('keptDetail', () => {
  it('shows no detail of an iris, however large it is', () => {
    for (const radius of [5, 7, 12, 20]) {
      const kept = keptDetail(nothingDrawn, faceWith(radius));
      for (let x = 90 - radius; x <= 90 + radius; x++) expect(at(kept, x)).toBe(0);
      expect(at(kept, 90 + Math.ceil(1.4 * radius) + 8)).toBe(1);
    }
  });

  it('comes back round an iris as in training', () => {
    const kept = keptDetail(nothingDrawn, faceWith(9));
    // The same numbers stand in training/tests/test_photos.py.
    [0, 0.4546, 0.9543, 1].forEach((shown, i) => expect(at(kept, 102 + i)).toBeCloseTo(shown, 3));
  });

  it('covers as much as an iris usually takes where none was found', () => {
    const kept = keptDetail(nothingDrawn, faceWith(0));
    for (let x = 84; x <= 96; x++) expect(at(kept, x)).toBe(0);
    expect(at(kept, 110)).toBe(1);
  });
});
