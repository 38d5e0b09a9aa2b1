import { beforeAll, describe, expect, it } from 'vitest';
import { alignedSample } from '../testing/fixtures';
import { drawPixels } from '../testing/photos';
import type { EyeMarks } from '../api';
import type { AlignedFace, Face, Photo } from '../types';
import { CROP_SIZE, eyeCentres } from '../geometry/alignment';
import { alignFace } from '../geometry/alignment-grid';
import { closeUpOf } from './close-up';
import { placeFace, sameFace } from './faces';
import { eyeMarksOf } from './lids';
import type { FaceMesh } from '../geometry/mesh';
import { keptShares, SIGN_GRID } from '../drawing/kept-shares';
import { signMask, wholeEyes } from '../drawing/sign-map';
import { invert, transformPoint } from '../geometry/similarity';
import { tilesOf } from './tiles';

let photo: Photo;
let face: Face;
let aligned: AlignedFace;
let mesh: FaceMesh;

beforeAll(async () => {
  ({ photo, face, aligned, mesh } = await alignedSample());
});

describe('alignment', () => {
  it('puts the eye centres where the crop wants them', () => {
    const [right, left] = eyeCentres(aligned.landmarks);
    expect(right.x).toBeCloseTo(0.35, 2);
    expect(right.y).toBeCloseTo(0.42, 2);
    expect(left.x).toBeCloseTo(0.65, 2);
    expect(left.y).toBeCloseTo(0.42, 2);
  });

  it('inverts a turned and scaled transform', () => {
    const transform = { a: 0.4, b: -0.3, tx: 12, ty: -7 };
    const back = transformPoint(invert(transform), transformPoint(transform, { x: 31, y: 77 }));
    expect(back.x).toBeCloseTo(31, 9);
    expect(back.y).toBeCloseTo(77, 9);
  });

  it('samples the photo at the place the transform names', () => {
    // Red runs with x and green with y, so a crop's colour says where it came from.
    const ramp = { pixels: drawPixels(250, 250, (x, y) => [x, y, 0]) };
    const tilted = placeFace(
      0,
      [
        { x: 90, y: 100 },
        { x: 150, y: 120 },
      ],
      mesh,
    );
    const crop = alignFace(ramp, tilted);
    const at = 100 * CROP_SIZE + 120;
    const source = transformPoint(invert(crop.transform), { x: 120.5, y: 100.5 });
    expect(((crop.image[at] ?? 0) + 1) * 127.5).toBeCloseTo(source.x - 0.5, 1);
    expect(((crop.image[CROP_SIZE ** 2 + at] ?? 0) + 1) * 127.5).toBeCloseTo(source.y - 0.5, 1);
  });

  it('averages what is finer than the crop', () => {
    const stripes = { pixels: drawPixels(1200, 1200, (x) => (x % 2 === 0 ? [255, 255, 255] : [0, 0, 0])) };
    const large = placeFace(
      0,
      [
        { x: 400, y: 500 },
        { x: 800, y: 500 },
      ],
      mesh,
    );
    const { image } = alignFace(stripes, large);
    const middle = image.subarray(128 * CROP_SIZE + 60, 128 * CROP_SIZE + 196);
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThan(0.3);
  });
});

describe('sign mask', () => {
  const scores = Float32Array.from({ length: SIGN_GRID ** 2 }, (_, i) => (i === 40 ? 0.7 : 0.3));

  it('keeps what scores above the threshold', () => {
    const mask = signMask(
      keptShares(scores, wholeEyes(aligned), { signThreshold: 0.5, keepBothEyes: false }),
    );
    expect([...mask.keys()].filter((i) => mask[i] === 1)).toEqual([40]);
  });

  it('keeps both eyes whole, and not the mouth', () => {
    const mask = signMask(keptShares(scores, wholeEyes(aligned), { signThreshold: 1, keepBothEyes: true }));
    const cell = (x: number, y: number) =>
      mask[Math.floor(y * SIGN_GRID) * SIGN_GRID + Math.floor(x * SIGN_GRID)];
    expect([cell(0.35, 0.42), cell(0.65, 0.42), cell(0.5, 0.42), cell(0.5, 0.75)]).toEqual([1, 1, 0, 0]);
  });
});

describe('placed faces', () => {
  it('lays the mean shape on two eye centres', () => {
    const eyes = [
      { x: 300, y: 420 },
      { x: 360, y: 400 },
    ] as const;
    const [right, left] = eyeCentres(placeFace(3, eyes, mesh).landmarks);
    expect(right.x).toBeCloseTo(300, 1);
    expect(right.y).toBeCloseTo(420, 1);
    expect(left.x).toBeCloseTo(360, 1);
    expect(left.y).toBeCloseTo(400, 1);
  });

  it('knows a face again only where it was', () => {
    const shifted = face.landmarks.map((value) => value + 2);
    const elsewhere = face.landmarks.map((value) => value + 500);
    expect(sameFace(face, [elsewhere, shifted])).toBe(shifted);
    expect(sameFace(face, [elsewhere])).toBeNull();
  });
});

describe('close-up', () => {
  it('shows the face upright, and lays what is found there back into the photo', () => {
    const closeUp = closeUpOf(photo.pixels, face.landmarks);
    expect(closeUp.pixels).toMatchObject({ width: 384, height: 384 });
    // The right eye's place in the aligned crop, with a margin of 64 px all round.
    const [right] = eyeCentres(face.landmarks);
    const [x, y] = closeUp.toPhoto(Float32Array.of(0.35 * CROP_SIZE + 64, 0.42 * CROP_SIZE + 64));
    expect(x).toBeCloseTo(right.x, 2);
    expect(y).toBeCloseTo(right.y, 2);
    const shown = closeUp.pixels.data[4 * ((64 + 200) * 384 + 64 + 100)] ?? 0;
    const expected = ((aligned.image[200 * CROP_SIZE + 100] ?? 0) + 1) * 127.5;
    expect(Math.abs(shown - expected)).toBeLessThanOrEqual(1);
  });
});

describe('tiles', () => {
  it('cover the photo, overlap by half and keep only whole faces', () => {
    const coarse = tilesOf(photo.pixels, 960);
    expect(coarse).toHaveLength(6);
    expect(Math.max(...coarse.map((tile) => tile.x + tile.width))).toBe(photo.pixels.width);
    expect(coarse.some((tile) => tile.holds(face.landmarks))).toBe(true);
    expect(coarse.every((tile) => tile.holds(face.landmarks))).toBe(false);
  });
});

describe('lid measures', () => {
  it('are marked across the line between the eyes, however the head is held', () => {
    // Two eyes 200 px apart, irises 39 px wide: 1 mm is 3.333 px. The head is tilted by 20 degrees.
    const landmarks = new Float32Array(956);
    const turn = { a: Math.cos(0.35), b: Math.sin(0.35), tx: 500, ty: 300 };
    const put = (index: number, x: number, y: number): void => {
      const point = transformPoint(turn, { x, y });
      landmarks.set([point.x, point.y], 2 * index);
    };
    const eye = (
      x: number,
      corners: number[],
      upper: number[],
      lower: number[],
      iris: number[],
      mrd1: number,
    ) => {
      corners.forEach((index, i) => put(index, x + (i === 0 ? -50 : 50), 0));
      upper.forEach((index, i) => put(index, x - 45 + 15 * i, -mrd1));
      lower.forEach((index, i) => put(index, x - 45 + 15 * i, 20));
      put(iris[0] ?? 0, x, 0);
      put(iris[1] ?? 0, x - 19.5, 0);
      put(iris[2] ?? 0, x + 19.5, 0);
    };
    eye(
      0,
      [33, 133],
      [246, 161, 160, 159, 158, 157, 173],
      [7, 163, 144, 145, 153, 154, 155],
      [468, 471, 469],
      15,
    );
    eye(
      200,
      [362, 263],
      [398, 384, 385, 386, 387, 388, 466],
      [382, 381, 380, 374, 373, 390, 249],
      [473, 476, 474],
      5,
    );
    // The eye centres follow the lids; equal lids keep the line between them level.
    put(386, 200, -15);
    // Photographed without the tilt again.
    const back = invert(turn);
    const { right, left } = eyeMarksOf(landmarks);
    const offset = (eye: EyeMarks, mark: 'upper' | 'lower') => {
      const [pupil, margin] = [transformPoint(back, eye.pupil), transformPoint(back, eye[mark])];
      return [margin.x - pupil.x, margin.y - pupil.y];
    };
    const found = [offset(right, 'upper'), offset(right, 'lower'), offset(left, 'lower')].flat();
    [0, -15, 0, 20, 0, 20].forEach((expected, i) => expect(found[i]).toBeCloseTo(expected, 3));
  });
});
