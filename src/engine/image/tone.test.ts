import { expect, it } from 'vitest';
import { drawPixels } from '../testing/photos';
import { inToneOf } from './tone';

const grey = drawPixels(64, 64, (x) => [x * 4, x * 4, x * 4]);
const sepia = drawPixels(64, 64, (x) => [x * 3 + 40, x * 3 + 10, x * 3]);
const coloured = drawPixels(64, 64, (x, y) => [x * 4, y * 4, 100]);
const red = drawPixels(64, 64, () => [200, 60, 60]);

it('keeps black and white what is drawn on a black and white photo', () => {
  const { data } = inToneOf(grey, red);
  expect([...data.subarray(0, 4)]).toEqual([102, 102, 102, 255]);
});

it('keeps sepia sepia', () => {
  const [r = 0, g = 0, b = 0] = inToneOf(sepia, red).data;
  expect([r - g, g - b]).toEqual([30, 10]);
});

it('leaves colour photos and untouched pixels as they are', () => {
  expect(inToneOf(coloured, red)).toBe(red);
  expect(inToneOf(grey, grey).data).toEqual(grey.data);
});
