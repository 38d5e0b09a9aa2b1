import { beforeAll, describe, expect, it } from 'vitest';
import { alignedSample, meanDifference } from '../testing/fixtures';
import { drawPixels } from '../testing/photos';
import type { AlignedFace, Face, Photo, Pixels, Point } from '../types';
import { CROP_SIZE, pointOf } from '../geometry/alignment';
import { alignFace } from '../geometry/alignment-grid';
import { blendFaces, ovalAlpha } from './blending';
import { placeFace } from '../landmarks/faces';
import { keptDetail } from './kept-detail';
import type { FaceMesh } from '../geometry/mesh';
import { transformPoint } from '../geometry/similarity';

let photo: Photo;
let face: Face;
let aligned: AlignedFace;
let mesh: FaceMesh;

beforeAll(async () => {
  ({ photo, face, aligned, mesh } = await alignedSample());
});

describe('kept detail', () => {
  it('is what the virtual person does not cover, and never the irises', () => {
    const at = ({ x, y }: Point): number => Math.floor(y) * CROP_SIZE + Math.floor(x);
    const pupil = at(transformPoint(aligned.transform, pointOf(face.landmarks, 468)));
    const cheek = 150 * CROP_SIZE + 128;
    const uncovered = keptDetail(new Float32Array(CROP_SIZE ** 2), aligned);
    expect(uncovered[cheek]).toBe(1);
    expect(uncovered[pupil]).toBe(0);
    expect(Math.max(...keptDetail(new Float32Array(CROP_SIZE ** 2).fill(1), aligned))).toBe(0);
  });

  it('brings the photo back as sharp as it was where the crop alone would blur it', () => {
    const fine = drawPixels(1200, 1200, (x, y) => [(7 * x + 13 * y) % 256, (11 * x) % 256, (17 * y) % 256]);
    const large = placeFace(
      0,
      [
        { x: 400, y: 500 },
        { x: 800, y: 500 },
      ],
      mesh,
    );
    const { image, transform } = alignFace({ pixels: fine }, large);
    const shown = { image, aligned: { transform } };
    const middle = (600 * 1200 + 600) * 4;
    const worst = ({ data }: Pixels): number =>
      Math.max(
        ...fine.data
          .subarray(middle, middle + 400)
          .map((value, i) => Math.abs(value - (data[middle + i] ?? 0))),
      );
    const kept = new Float32Array(CROP_SIZE ** 2).fill(1);
    expect(worst(blendFaces(fine, [shown]))).toBeGreaterThan(50);
    expect(worst(blendFaces(fine, [{ ...shown, detail: { kept, own: image } }]))).toBeLessThanOrEqual(1);
  });
});

describe('blending', () => {
  it('gives the photo back when the crop is untouched', () => {
    const blended = blendFaces(photo.pixels, [{ aligned, image: aligned.image }]);
    const difference = meanDifference(alignFace({ pixels: blended }, face).image, aligned.image);
    expect(difference).toBeLessThan(0.01);
  });

  it('shows a crop in a finer photo as sharp as it is', () => {
    const fine = drawPixels(1200, 1200, () => [128, 128, 128]);
    const large = placeFace(
      0,
      [
        { x: 400, y: 500 },
        { x: 800, y: 500 },
      ],
      mesh,
    );
    const { transform } = alignFace({ pixels: fine }, large);
    const waves = (i: number): number => 1.2 * (i % CROP_SIZE) + 0.9 * Math.floor(i / CROP_SIZE);
    const image = Float32Array.from(aligned.image, (_, i) => 0.3 * Math.sin(waves(i)));
    const blended = blendFaces(fine, [{ aligned: { transform }, image }]);
    const seen = alignFace({ pixels: blended }, large).image;
    // On its way a quarter of it would be lost: 0.05.
    const middle = (plane: Float32Array): Float32Array => plane.subarray(128 * 256 + 80, 128 * 256 + 176);
    expect(meanDifference(middle(seen), middle(image))).toBeLessThan(0.02);
  });

  it('leaves every pixel outside the oval bit for bit', () => {
    const white = new Float32Array(aligned.image.length).fill(1);
    const { width, data } = photo.pixels;
    const blended = blendFaces(photo.pixels, [{ aligned, image: white }]);
    let [changedOutside, changedInside] = [0, 0];
    for (let i = 0; i < data.length; i++) {
      if (data[i] === blended.data[i]) continue;
      const pixel = i >> 2;
      const at = transformPoint(aligned.transform, {
        x: (pixel % width) + 0.5,
        y: Math.floor(pixel / width) + 0.5,
      });
      if (ovalAlpha(at.x / CROP_SIZE, at.y / CROP_SIZE) === 0) changedOutside++;
      else changedInside++;
    }
    expect(changedOutside).toBe(0);
    expect(changedInside).toBeGreaterThan(10_000);
  });
});
