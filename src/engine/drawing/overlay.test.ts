import { describe, expect, it } from 'vitest';
import { CROP_SIZE } from '../geometry/alignment';
import { faceOpacity, layOver } from './overlay';
import { keptShares, SIGN_GRID } from './kept-shares';
import { signMask } from './sign-map';

const everywhere = new Float32Array(CROP_SIZE ** 2).fill(1);

/** The opacity along row `y` when one cell, from pixel 80 to 88 both ways, keeps its signs. */
function opacityAlong(y: number, drawn = everywhere): (x: number) => number {
  const mask = new Float32Array(SIGN_GRID ** 2);
  mask[10 * SIGN_GRID + 10] = 1;
  const opacity = faceOpacity(mask, { opacity: drawn });
  return (x) => opacity[y * CROP_SIZE + x] ?? NaN;
}

describe('overlay', () => {
  it('shows the photo in a kept cell, and the face again a cell away', () => {
    const at = opacityAlong(84);
    for (const x of [80, 84, 87]) expect(at(x)).toBe(0);
    for (const x of [70, 97]) expect(at(x)).toBe(1);
  });

  it('shows nothing of the cell that it came from', () => {
    // As far from the middle, a corner is kept as much as an edge.
    const straight = opacityAlong(84)(84 + 10);
    const diagonal = opacityAlong(Math.round(84 + 10 / Math.SQRT2))(Math.round(84 + 10 / Math.SQRT2));
    expect(Math.abs(straight - diagonal)).toBeLessThan(0.15);
  });

  it('fades as training does', () => {
    const at = opacityAlong(84);
    // The same numbers stand in training/tests/test_render.py.
    [0, 0.0464, 0.4423, 0.8344, 0.992].forEach((shown, i) => {
      expect(at(88 + 2 * i)).toBeCloseTo(shown, 3);
    });
  });

  it('shows nothing where nothing is drawn', () => {
    expect(opacityAlong(84, new Float32Array(CROP_SIZE ** 2))(128)).toBe(0);
  });

  it('keeps the cells beside a sign as far as their scores say, and no lone cell below the threshold', () => {
    const scores = new Float32Array(SIGN_GRID ** 2);
    const [sign, near, far, lone] = [330, 331, 362, 660] as const;
    scores[sign] = 0.9;
    scores[near] = 0.4;
    scores[far] = 0.2;
    scores[lone] = 0.45;
    const shares = keptShares(scores, scores, { signThreshold: 0.5, keepBothEyes: false });
    expect([sign, far, lone].map((cell) => shares[cell])).toEqual([1, 0, 0]);
    expect(shares[near]).toBeCloseTo(0.6, 6);
    expect([...signMask(shares).keys()].filter((cell) => shares[cell] === 1)).toEqual([sign]);
  });

  it('lays one picture over another', () => {
    const own = Float32Array.of(0, 0, 0, 1, 1, 1);
    const face = Float32Array.of(1, 1, 1, 0, 0, 0);
    expect([...layOver(own, face, Float32Array.of(0, 0.5, 1))]).toEqual([0, 0.5, 1, 1, 0.5, 0]);
  });
});
