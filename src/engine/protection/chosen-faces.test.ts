import { expect, it } from 'vitest';
import { eyeCentres } from '../geometry/alignment';
import { SIGN_GRID } from '../drawing/kept-shares';
import { alignedSample } from '../testing/fixtures';
import { coveringsOf, type ChosenFace } from './chosen-faces';

it('covers the eyes of a small face too, but only beside a face that is replaced', async () => {
  const { photo, aligned, mesh } = await alignedSample();
  const scores = new Float32Array(SIGN_GRID ** 2);
  const face: ChosenFace = { aligned, signs: { scores } };
  const options = {
    faces: [0],
    signThreshold: 0.5,
    keepBothEyes: true,
    output: { format: 'png', size: 'original', sealOriginal: true },
  } as const;
  const { pixels } = photo;
  const small = { width: pixels.width / 20 };
  const [eye] = eyeCentres(aligned.face.landmarks);
  const staysIn = (original: { readonly width: number }, replaced: readonly ChosenFace[]): boolean =>
    coveringsOf(original, pixels, { replaced, covered: [face] }, options, { mesh })[0]!.stays(eye);
  expect(staysIn(small, [face])).toBe(false);
  expect(staysIn(small, [])).toBe(true);
  expect(staysIn(pixels, [face])).toBe(true);
});
