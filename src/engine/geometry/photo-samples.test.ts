import { describe, expect, it } from 'vitest';
import samples from '../testing/photo-samples.json';
import type { Pixels } from '../types';
import { alignEyes, CROP_SIZE, landmarksInPhoto } from './alignment';
import { toGrid } from './alignment-grid';
import { blendFaces } from '../drawing/blending';
import { coverPhoto, faceCovering } from '../drawing/cover';
import { boundingBox } from '../landmarks/faces';
import { readFaceMesh } from '../testing/fixtures';
import { resampleCrop } from './resampling';

/** Triangle waves, as `training/rofi/photo/fixture.py` draws them. */
function drawnPhoto(): Pixels {
  const { width, height } = samples;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        const wave = (x * 3 + y * (5 - channel) + channel * 70) % 510;
        data[(y * width + x) * 4 + channel] = Math.abs(wave - 255);
      }
    }
  }
  return { width, height, data };
}

/** In every second column, as the fixture has it. */
const KEPT_DETAIL = Float32Array.from({ length: CROP_SIZE ** 2 }, (_, i) => i % 2);

describe.each(samples.cases)('a face $name', ({ eyes, transform: expected, crop, ...photos }) => {
  const photo = drawnPhoto();
  const [right, left] = eyes.map(([x = 0, y = 0]) => ({ x, y }));
  const transform = toGrid(alignEyes([right!, left!]));
  const image = resampleCrop(photo, transform, CROP_SIZE);

  it('is aligned and resampled as the measurements in training do it', () => {
    const { a, b, tx, ty } = transform;
    [a, b, tx, ty].forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
    for (const [x, y, ...colour] of crop) {
      colour.forEach((value, channel) => {
        const at = channel * CROP_SIZE * CROP_SIZE + y! * CROP_SIZE + x!;
        expect(Math.abs((image[at]! + 1) * 127.5 - value)).toBeLessThan(0.6);
      });
    }
  });

  it('is blended in as they do it', () => {
    const after = blendFaces(photo, [{ image: image.map((value) => -value), aligned: { transform } }]);
    for (const [x, y, ...colour] of photos.blended) {
      const at = (y! * photo.width + x!) * 4;
      colour.forEach((value, channel) => {
        expect(Math.abs(after.data[at + channel]! - value)).toBeLessThanOrEqual(1);
      });
    }
  });

  it('keeps the photo’s own detail as they do it', () => {
    const detail = { kept: KEPT_DETAIL, own: image };
    const face = { image: image.map((value) => -value), aligned: { transform }, detail };
    const after = blendFaces(photo, [face]);
    for (const [x, y, ...colour] of photos.detailed) {
      const at = (y! * photo.width + x!) * 4;
      colour.forEach((value, channel) => {
        expect(Math.abs(after.data[at + channel]! - value)).toBeLessThanOrEqual(1);
      });
    }
  });

  it('is covered as they do it', async () => {
    const landmarks = new Float32Array(956);
    landmarks.set(landmarksInPhoto((await readFaceMesh()).mean, transform));
    const face = { id: 0, landmarks, box: boundingBox(landmarks), origin: 'detected' } as const;
    const kept = Float32Array.from({ length: 1024 }, (_, cell) => {
      const [row, column] = [Math.floor(cell / 32), cell % 32];
      return Number(row >= 11 && row < 16 && column >= 8 && column < 14);
    });
    const after = coverPhoto(photo, [faceCovering({ face, transform }, kept)]).pixels;
    // A mean that lies on the edge of two steps may be rounded either way.
    const apart = photos.covered.filter(([x, y, ...colour]) => {
      const at = (y! * photo.width + x!) * 4;
      return colour.some((value, channel) => Math.abs(after.data[at + channel]! - value) > 1);
    });
    expect(apart.length).toBeLessThanOrEqual(2);
  });
});
