import { describe, expect, it } from 'vitest';
import { facesFrom, orderEyes, placeFace } from './faces';
import { alignEyes, CROP_SIZE, eyeCentres } from '../geometry/alignment';
import { transformPoint } from '../geometry/similarity';

/** 478 landmarks in a square of this side round a place. */
function square(x: number, y: number, side: number): Float32Array {
  return Float32Array.from({ length: 956 }, (_, i) => {
    const corner = Math.floor(i / 2) % 4;
    const high = i % 2 === 0 ? corner % 2 : Math.floor(corner / 2);
    return (i % 2 === 0 ? x : y) + (high - 0.5) * side;
  });
}

const middles = (found: readonly Float32Array[]): number[] =>
  facesFrom(found).map(({ box }) => Math.round(box.x + box.width / 2));

describe('facesFrom', () => {
  it('numbers from left to right in a row, wherever the row lies', () => {
    for (let y = 100; y < 300; y += 7) {
      // Two pixels apart in height, as no two people are alike.
      expect(middles([square(500, y + 2, 100), square(100, y, 100), square(300, y + 1, 100)])).toEqual([
        100, 300, 500,
      ]);
    }
  });

  it('numbers row by row', () => {
    const found = [
      square(100, 500, 100),
      square(500, 120, 100),
      square(120, 100, 100),
      square(400, 480, 100),
    ];
    expect(middles(found)).toEqual([120, 500, 100, 400]);
  });
});

describe('orderEyes', () => {
  const [left, right] = [
    { x: 40, y: 50 },
    { x: 160, y: 40 },
  ];

  it('keeps the face upright, whichever eye was marked first', () => {
    expect(orderEyes([right, left])).toEqual([left, right]);
    const upright = alignEyes(orderEyes([right, left]));
    expect(upright.a).toBeGreaterThan(0);
    const forehead = transformPoint(upright, { x: 100, y: 0 });
    expect(forehead.y).toBeLessThan(0.42 * CROP_SIZE);
  });

  it.each([
    ['one place', { x: 100, y: 100 }, { x: 100, y: 100 }],
    ['nearly one place', { x: 100, y: 100 }, { x: 110, y: 100 }],
    ['no place', { x: NaN, y: 0 }, { x: 100, y: 100 }],
  ])('refuses two eyes at %s', (_, one, other) => {
    expect(() => orderEyes([one, other])).toThrow(expect.objectContaining({ code: 'face-too-small' }));
  });

  it('leaves finite landmarks for every face it lets pass', () => {
    const mean = new Float32Array(936).fill(0.5);
    const { landmarks } = placeFace(0, orderEyes([right, left]), { mean });
    expect(landmarks.every(Number.isFinite)).toBe(true);
    expect(eyeCentres(landmarks)[0].x).toBeGreaterThan(0);
  });
});
