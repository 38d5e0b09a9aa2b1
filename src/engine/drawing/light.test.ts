import { expect, it } from 'vitest';
import { CROP_SIZE } from '../geometry/alignment';
import { lumaAt } from '../image/luma';
import { inLight, litPhoto } from './light';

const PLANE = CROP_SIZE * CROP_SIZE;
const planes = (...values: readonly [number, number, number]): Float32Array =>
  Float32Array.from({ length: 3 * PLANE }, (_, i) => values[Math.floor(i / PLANE)]!);

it('takes the dark of a nostril for dark, and not for a colour, in a photo without contrast', () => {
  const photo = planes(0.45, 0.3, 0.22);
  // Its colour varies, its brightness does not.
  for (let i = 0; i < PLANE; i++) {
    const stripe = (i % 32 < 16 ? 1 : -1) * 0.1;
    photo[i]! += stripe;
    photo[PLANE + i]! -= (stripe * 0.299) / 0.587;
  }
  const drawn = planes(0.6, 0.45, 0.38).map((value, i) => value * ((i >> 3) % 2 ? 1.3 : 0.7));
  const at = 140 * CROP_SIZE + 128;
  for (const [i, value] of [0.02, 0.0005, 0].entries()) drawn[i * PLANE + at] = value;
  const everywhere = new Float32Array(PLANE).fill(1);
  const lit = inLight(litPhoto(photo), drawn, everywhere, everywhere);
  const [red, green, blue] = [0, 1, 2].map((channel) => lit[channel * PLANE + at]!);
  expect(red! - Math.max(green!, blue!)).toBeLessThan(0.15);
  // Darker than the skin round it, as it was drawn.
  expect(lumaAt(lit, at)).toBeLessThan(0.8 * lumaAt(lit, at + 20));
});
