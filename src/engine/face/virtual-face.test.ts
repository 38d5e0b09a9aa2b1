import { describe, expect, it } from 'vitest';
import { readFaceMesh } from '../testing/fixtures';
import samples from '../testing/render-samples.json';
import { CROP_SIZE } from './alignment';
import { drawTexture, virtualLandmarks } from './virtual-face';

const TEXTURE = 128;

/** The formulas of training/rofi/render_fixture.py. */
function wave(side: number, xStep: number, yStep: number): Float32Array {
  return Float32Array.from({ length: 3 * side * side }, (_, i) => {
    const channel = Math.floor(i / (side * side));
    const x = i % side;
    const y = Math.floor(i / side) % side;
    return 2 * (0.5 + 0.4 * Math.sin(x * xStep + y * yStep + 2 * channel)) - 1;
  });
}

describe('the renderer', () => {
  it('draws what training draws', async () => {
    const mesh = await readFaceMesh();
    const other = (i: number): number => mesh.mean[i ^ 1] ?? 0;
    const landmarks = mesh.mean.map((value, i) => value + 0.015 * Math.sin(6 * other(i)));
    const shape = mesh.mean.map((_, i) => 0.02 * Math.sin(4 * other(i) + 1));
    const moved = virtualLandmarks(landmarks, shape, mesh);
    const { image: drawn } = drawTexture(
      wave(CROP_SIZE, 0.05, 0.03),
      moved,
      wave(TEXTURE, 0.11, -0.07),
      mesh,
      'photo',
    );

    const differences = samples.map(([place = 0, value = NaN]) =>
      Math.abs(((drawn[place] ?? NaN) + 1) / 2 - value),
    );
    expect(Math.max(...differences)).toBeLessThan(2 / 255);
  });
});
