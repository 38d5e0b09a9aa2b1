import { describe, expect, it } from 'vitest';
import { CROP_SIZE, eyesOf } from './face/alignment';
import { placeFace } from './face/faces';
import { resampleCrop } from './face/resampling';
import { compose } from './face/similarity';
import { refineAlignment } from './refine-alignment';
import { fakeTools } from './testing/fake-tools';
import type { Pixels, Similarity } from './types';

const PLANE = CROP_SIZE * CROP_SIZE;
const TRUTH: Similarity = { a: 0.8, b: 0.1, tx: -10, ty: -60 };

/** Red tells how far right a pixel lies, green how far down. */
function chart(side: number): Pixels {
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let i = 0; i < side * side; i++) {
    data[4 * i] = (255 * (i % side)) / side;
    data[4 * i + 1] = (255 * Math.floor(i / side)) / side;
  }
  return { width: side, height: side, data };
}

function means(image: Float32Array): readonly [number, number] {
  const mean = (plane: number): number =>
    image.subarray(plane * PLANE, (plane + 1) * PLANE).reduce((sum, value) => sum + value, 0) / PLANE;
  return [mean(0), mean(1)];
}

describe('the search for the alignment', () => {
  it('comes back to where the restoration agrees best', async () => {
    const pixels = chart(400);
    const [right, down] = means(resampleCrop(pixels, TRUTH, CROP_SIZE));
    const tools = await fakeTools(placeFace(0, eyesOf(TRUTH), await meanShape()).landmarks, {
      // Adds the more to the virtual face the nearer the crop is to the truth.
      restoreIdentity: (image, virtual) => {
        const [x, y] = means(image);
        const off = ((x - right) ** 2 + (y - down) ** 2) * 160 ** 2;
        return Promise.resolve(virtual.map((value) => value + Math.max(0, 0.5 - 2 * off)));
      },
    });
    const beside = compose({ a: 1, b: 0, tx: 0.9, ty: -0.7 }, TRUTH);
    const identity = { vector: new Float32Array(512) };
    const shares: number[] = [];
    const found = await refineAlignment(
      pixels,
      { transform: beside, landmarks: null },
      identity,
      tools,
      (share) => shares.push(share),
    );
    const [x, y] = means(resampleCrop(pixels, found.transform, CROP_SIZE));
    const pixel = 0.8 / 400;
    expect(Math.abs(x - right)).toBeLessThan(0.3 * pixel);
    expect(Math.abs(y - down)).toBeLessThan(0.3 * pixel);
    expect(shares[0]).toBe(0);
    expect(Math.max(...shares)).toBeLessThan(1);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
  });

  it('leaves the face where it was found when no restoration agrees', async () => {
    const pixels = chart(400);
    const { landmarks } = placeFace(0, eyesOf(TRUTH), await meanShape());
    const tools = await fakeTools(landmarks, { restoreIdentity: (_, virtual) => Promise.resolve(virtual) });
    const identity = { vector: new Float32Array(512) };
    const face = { transform: TRUTH, landmarks: null };
    expect(await refineAlignment(pixels, face, identity, tools, () => undefined)).toBe(face);
  });
});

async function meanShape() {
  return (await fakeTools(new Float32Array())).mesh;
}
