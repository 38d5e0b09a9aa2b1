import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { dilate } from '../drawing/blur';
import { CROP_SIZE, pointOf } from '../geometry/alignment';
import { alignFace } from '../geometry/alignment-grid';
import { fillPolygon } from '../geometry/raster';
import { useCodecs } from '../image/codecs';
import { decodePhoto } from '../image/decode';
import { lumaPlane } from '../image/luma';
import { facesFrom } from '../landmarks/faces';
import { FRONT_SIDE, seeFront } from '../networks/front';
import { readCodec } from '../testing/codecs';
import { fakeTools } from '../testing/fake-tools';
import samples from '../testing/front-samples.json';
import photo from '../testing/protection-samples.json';
import { diskLibrary, nodeRuntime } from '../testing/runtime';
import { withMaskAndGlasses } from '../testing/worn';
import type { Tools } from '../tools';
import type { AlignedFace } from '../types';
import { findFront } from './find-front';
import { partsOf } from './parts';

const AREA = CROP_SIZE * CROP_SIZE;
/** Landmarks round the lips. */
const LIPS = [61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91] as const;

let tools: Tools;
let bare: AlignedFace;
let worn: AlignedFace;
beforeAll(async () => {
  useCodecs(readCodec);
  const file = await readFile(new URL(`../../../public/samples/${photo.sample}`, import.meta.url));
  const { pixels } = await decodePhoto({ name: photo.sample, bytes: new Uint8Array(file) });
  const [face] = facesFrom([Float32Array.from(photo.landmarks)]);
  bare = alignFace({ pixels }, face!);
  worn = { ...bare, image: withMaskAndGlasses(bare) };
  const runtime = nodeRuntime(diskLibrary());
  tools = await fakeTools(bare.face.landmarks, { seeFront: (image) => seeFront(runtime, image) });
});

describe('what is in front of a face', () => {
  it('is found where training finds it', async () => {
    const front = (await findFront(worn, tools))!;
    samples.rows.forEach((wanted, row) => {
      const length = AREA / FRONT_SIDE;
      const values = front.subarray(row * length, (row + 1) * length);
      expect(
        Math.abs(values.reduce((sum, value) => sum + value, 0) / length - wanted),
        `row ${row}`,
      ).toBeLessThan(0.03);
    });
  });

  it('is nothing on a bare face, and of a cap the cap alone', async () => {
    expect(await findFront(bare, tools)).toBeNull();
    const brows = Math.floor(
      Math.min(...[105, 334].map((brow) => pointOf(bare.landmarks, brow).y)) * CROP_SIZE,
    );
    const cloth = [-0.55, -0.25, 0.1];
    const capped = bare.image.map((value, i) =>
      i % AREA < (brows - 12) * CROP_SIZE ? cloth[Math.floor(i / AREA)]! : value,
    );
    const front = (await findFront({ ...bare, image: capped }, tools))!;
    // Between the cheeks: beside them hair hangs from under it.
    const middle = (row: number): Float32Array => front.subarray(row * CROP_SIZE + 90, row * CROP_SIZE + 166);
    expect(Math.min(...middle(brows - 30))).toBeGreaterThan(0.9);
    for (let row = brows - 4; row < CROP_SIZE - 80; row++) {
      expect(Math.max(...middle(row)), `row ${row}`).toBeLessThan(0.01);
    }
  });

  it('is no lipstick, also where paint joins it to the rim', async () => {
    const at = LIPS.flatMap((index) => {
      const { x, y } = pointOf(bare.landmarks, index);
      return [x, y];
    });
    const lips = dilate(fillPolygon(Float32Array.from(at), CROP_SIZE), CROP_SIZE, 3);
    const corner = pointOf(bare.landmarks, 61);
    const isStreak = (i: number): boolean =>
      i % CROP_SIZE < corner.x * CROP_SIZE + 4 &&
      Math.abs(Math.floor(i / CROP_SIZE) - corner.y * CROP_SIZE) < 5;
    const purple = [0.95, 0.3, 0.75];
    const luma = lumaPlane(bare.image);
    const image = bare.image.map((value, i) =>
      lips[i % AREA]! > 0.5 || isStreak(i % AREA)
        ? 2 * luma[i % AREA]! * purple[Math.floor(i / AREA)]! - 1
        : value,
    );
    expect(await findFront({ ...bare, image }, tools)).toBeNull();
  });

  it('is nothing where hard light leaves half the face in the dark', async () => {
    const lightAt = (column: number): number => 0.15 + 0.85 * Math.min(Math.max((134 - column) / 12, 0), 1);
    const image = bare.image.map((value, i) => (value + 1) * lightAt(i % CROP_SIZE) - 1);
    expect(await findFront({ ...bare, image }, tools)).toBeNull();
  });

  it('is what the network is sure of in enough pixels of the face, with all that hangs together with these', async () => {
    const shares = new Float32Array(FRONT_SIDE ** 2);
    const paint = (row: number, from: number, to: number, share: number): void => {
      for (let y = row; y < row + 4; y++) shares.fill(share, y * FRONT_SIDE + from, y * FRONT_SIDE + to);
    };
    paint(50, 50, 80, 0.8);
    paint(80, 50, 80, 0.8);
    paint(80, 50, 58, 0.99);
    // Beside the face, as all that is behind it is.
    paint(2, 2, 60, 0.99);
    const seen = await fakeTools(bare.face.landmarks, { seeFront: () => Promise.resolve(shares) });
    const front = (await findFront(bare, seen))!;
    expect(front[163 * CROP_SIZE + 150]).toBeCloseTo(1, 2);
    expect(front[103 * CROP_SIZE + 130]).toBe(0);
    expect(front[7 * CROP_SIZE + 60]).toBe(0);
  });
});

it('parts hang together by their corners', () => {
  const mask = Uint8Array.from(
    '1110000' + '1010000' + '1110000' + '0001000' + '0000000' + '0000011' + '0000000',
    Number,
  );
  expect(partsOf(mask, 7).map((part) => part.length)).toEqual([9, 2]);
});
