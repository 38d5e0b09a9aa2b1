import { describe, expect, it } from 'vitest';
import { CROP_SIZE } from '../geometry/alignment';
import { faceOpacity, layOver } from './overlay';
import { SIGN_GRID } from './sign-map';

const image = new Float32Array(3 * CROP_SIZE ** 2);
const everywhere = new Float32Array(CROP_SIZE ** 2).fill(1);

/** The opacity along row `y` when one cell, from pixel 80 to 88 both ways, keeps its signs. */
function opacityAlong(y: number, drawn = everywhere): (x: number) => number {
  const mask = new Float32Array(SIGN_GRID ** 2);
  mask[10 * SIGN_GRID + 10] = 1;
  const opacity = faceOpacity(mask, { image, opacity: drawn });
  return (x) => opacity[y * CROP_SIZE + x] ?? NaN;
}

describe('overlay', () => {
  it('shows the photo in kept cells, and the face again a cell and a half away', () => {
    const at = opacityAlong(84);
    for (const x of [80, 84, 87]) expect(at(x)).toBe(0);
    for (const x of [66, 101]) expect(at(x)).toBe(1);
  });

  it('fades as training does', () => {
    const at = opacityAlong(84);
    // The same numbers stand in training/tests/test_render.py.
    expect([88, 90, 93, 96, 99].map((x) => Number(at(x).toFixed(4)))).toEqual([
      0.0103, 0.12, 0.4376, 0.7944, 0.9949,
    ]);
  });

  it('shows nothing where nothing is drawn', () => {
    expect(opacityAlong(84, new Float32Array(CROP_SIZE ** 2))(128)).toBe(0);
  });

  it('lays one picture over another', () => {
    const own = Float32Array.of(0, 0, 0, 1, 1, 1);
    const face = Float32Array.of(1, 1, 1, 0, 0, 0);
    expect([...layOver(own, face, Float32Array.of(0, 0.5, 1))]).toEqual([0, 0.5, 1, 1, 0.5, 0]);
  });
});
