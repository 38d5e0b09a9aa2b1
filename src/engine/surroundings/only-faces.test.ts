import { expect, it } from 'vitest';
import { boundingBox } from '../landmarks/faces';
import { alignedSample } from '../testing/fixtures';
import type { Pixels, Point } from '../types';
import { onlyFaces } from './only-faces';

const PLAIN = [214, 214, 214, 255];

function at({ data, width }: Pixels, { x, y }: Point): readonly number[] {
  const pixel = (Math.round(y) * width + Math.round(x)) * 4;
  return [...data.subarray(pixel, pixel + 4)];
}

it('leaves what lies within a face’s outline, and a plain colour round it', async () => {
  const { photo, face } = await alignedSample();
  const { pixels } = photo;
  const shown = onlyFaces(pixels, [face]);
  const landmark = (index: number): Point => ({
    x: face.landmarks[2 * index]!,
    y: face.landmarks[2 * index + 1]!,
  });
  for (const inside of [1, 9, 33, 263, 13]) {
    const place = landmark(inside);
    expect(at(shown, place), `landmark ${inside}`).toEqual(at(pixels, place));
  }
  const box = boundingBox(face.landmarks);
  const { x, y } = landmark(10);
  for (const outside of [
    { x: 0, y: 0 },
    { x: pixels.width - 1, y: pixels.height - 1 },
    { x, y: y - 0.12 * box.height },
    { x: box.x - 0.1 * box.width, y: box.y + box.height / 2 },
  ]) {
    expect(at(shown, outside)).toEqual(PLAIN);
  }
});

it('leaves nothing where there is no face, and transparency as it is', () => {
  const data = Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 0);
  expect([...onlyFaces({ width: 2, height: 1, data }, []).data]).toEqual([...PLAIN, 214, 214, 214, 0]);
});
