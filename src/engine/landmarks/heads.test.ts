import { expect, it } from 'vitest';
import { sharedArea } from '../geometry/box';
import { readFaceMesh } from '../testing/fixtures';
import { drawPixels } from '../testing/photos';
import type { Box, Pixels, Point } from '../types';
import { boundingBox, placeFace } from './faces';
import { findEverybody, type DetectFaces } from './heads';

const mesh = await readFaceMesh();
const GREY = [128, 128, 128] as const;
const RED = [255, 0, 0] as const;

function photoWith(width: number, height: number, head: Box): Pixels {
  const { x, y } = head;
  const inside = (column: number, row: number): boolean =>
    column >= x && row >= y && column < x + head.width && row < y + head.height;
  return drawPixels(width, height, (column, row) => (inside(column, row) ? RED : GREY));
}

/** A head is what is red and at least a twentieth of the picture wide; one that lies on its side, wide, is missed. */
const detect: DetectFaces = ({ width, height, data }) => {
  const corners: number[] = [];
  for (let i = 0; i < width * height; i++) {
    if ((data[4 * i] ?? 0) > 200 && (data[4 * i + 1] ?? 0) < 60)
      corners.push(i % width, Math.floor(i / width));
  }
  if (corners.length === 0) return Promise.resolve([]);
  const box = boundingBox(Float32Array.from(corners));
  const isFound = box.width > Math.max(width, height) / 20 && box.height > box.width;
  return Promise.resolve(isFound ? [box] : []);
};

const near = (box: Box | undefined, expected: Box, within: number): void => {
  for (const side of ['x', 'y', 'width', 'height'] as const)
    expect(Math.abs((box?.[side] ?? NaN) - expected[side]), side).toBeLessThanOrEqual(within);
};

it('gives a head without a mesh as a box with some room', async () => {
  const photo = photoWith(600, 500, { x: 200, y: 100, width: 100, height: 140 });
  const { faces, heads } = await findEverybody(photo, () => [], detect);
  expect(faces).toEqual([]);
  expect(heads).toHaveLength(1);
  near(heads[0], { x: 185, y: 79, width: 130, height: 182 }, 3);
});

it('keeps the room within the photo', async () => {
  const photo = photoWith(400, 400, { x: 0, y: 0, width: 100, height: 140 });
  const { heads } = await findEverybody(photo, () => [], detect);
  near(heads[0], { x: 0, y: 0, width: 114, height: 160 }, 3);
});

it('finds small heads of a large photo in tiles', async () => {
  const head = { x: 3000, y: 400, width: 130, height: 170 };
  const { heads } = await findEverybody(photoWith(4100, 1200, head), () => [], detect);
  expect(heads).toHaveLength(1);
  near(heads[0], { x: 2980, y: 374, width: 170, height: 221 }, 16);
});

it('turns a photo without faces, and one with faces as they lie', async () => {
  const photo = photoWith(600, 500, { x: 100, y: 300, width: 140, height: 100 });
  const { heads } = await findEverybody(photo, () => [], detect);
  near(heads[0], { x: 79, y: 285, width: 182, height: 130 }, 3);
  const upright = placeFace(
    0,
    [
      { x: 400, y: 100 },
      { x: 480, y: 100 },
    ],
    mesh,
  ).landmarks;
  expect((await findEverybody(photo, () => [upright], detect)).heads).toEqual([]);
});

it('does not count a face that has a mesh', async () => {
  const face = placeFace(
    0,
    [
      { x: 230, y: 160 },
      { x: 270, y: 160 },
    ],
    mesh,
  );
  const photo = photoWith(600, 500, { ...face.box, height: face.box.height * 1.1 });
  const { faces, heads } = await findEverybody(photo, () => [face.landmarks], detect);
  expect(faces).toEqual([face.landmarks]);
  expect(heads).toEqual([]);
});

it('lays a mesh where it can be laid from near', async () => {
  const photo = photoWith(600, 500, { x: 200, y: 100, width: 60, height: 90 });
  const findFaces = ({ width }: Pixels): Float32Array[] =>
    width === 600
      ? []
      : [
          placeFace(
            0,
            [
              { x: 80, y: 125 },
              { x: 100, y: 125 },
            ],
            mesh,
          ).landmarks,
        ];
  const { faces, heads } = await findEverybody(photo, findFaces, detect);
  expect(heads).toEqual([]);
  expect(faces).toHaveLength(1);
  const { x, y } = boundingBox(faces[0]!);
  // The close-up begins a box's width beside and above it.
  expect(x).toBeGreaterThan(200);
  expect(y).toBeGreaterThan(100);
});

it('finds people in the background of a large photo, where a mesh confirms them', async () => {
  const head = { x: 3000, y: 400, width: 60, height: 80 };
  const photo = photoWith(4100, 1200, head);
  const meshOf = ({ width }: Pixels): Float32Array[] => {
    if (width === 4100) return [];
    const eyes = [0.42, 0.58].map((x) => ({ x: x * width, y: 0.48 * width })) as [Point, Point];
    return [placeFace(0, eyes, mesh).landmarks];
  };
  const { faces, heads } = await findEverybody(photo, meshOf, detect);
  expect(heads).toEqual([]);
  expect(faces).toHaveLength(1);
  expect(sharedArea(boundingBox(faces[0]!), head)).toBeGreaterThan(0.5);
  expect(await findEverybody(photo, () => [], detect)).toEqual({ faces: [], heads: [] });
});
