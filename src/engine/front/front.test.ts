import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { dilate } from '../drawing/blur';
import { CROP_SIZE, pointOf } from '../geometry/alignment';
import { alignFace } from '../geometry/alignment-grid';
import type { FaceMesh } from '../geometry/mesh';
import { fillPolygon } from '../geometry/raster';
import { useCodecs } from '../image/codecs';
import { decodePhoto } from '../image/decode';
import { facesFrom } from '../landmarks/faces';
import { readCodec } from '../testing/codecs';
import { readBareFaces, readFaceMesh } from '../testing/fixtures';
import samples from '../testing/front-samples.json';
import photo from '../testing/protection-samples.json';
import { withMaskAndGlasses } from '../testing/worn';
import type { AlignedFace } from '../types';
import { BareFaces } from './bare-faces';
import { FINE } from './bare-model';
import { findFront } from './find-front';
import { inFront } from './regions';
import { partsOf, whole } from './parts';
import { solve } from './solve';

const AREA = CROP_SIZE * CROP_SIZE;
/** Landmarks round the lips. */
const LIPS = [61, 40, 37, 0, 267, 270, 291, 321, 314, 17, 84, 91] as const;

let bareFaces: BareFaces;
let mesh: FaceMesh;
let bare: AlignedFace;
let worn: AlignedFace;
beforeAll(async () => {
  useCodecs(readCodec);
  [bareFaces, mesh] = [await readBareFaces(), await readFaceMesh()];
  const file = await readFile(new URL(`../../../public/samples/${photo.sample}`, import.meta.url));
  const { pixels } = await decodePhoto({ name: photo.sample, bytes: new Uint8Array(file) });
  const [face] = facesFrom([Float32Array.from(photo.landmarks)]);
  bare = alignFace({ pixels }, face!);
  worn = { ...bare, image: withMaskAndGlasses(bare) };
});

describe('what is in front of a face', () => {
  it('differs from a bare face as training finds it', () => {
    const { away } = bareFaces.residual(worn, mesh);
    const off = samples.residual.map(([at, value]) => Math.abs(away[at!]! - value!));
    expect(off.sort((a, b) => a - b)[Math.floor(0.95 * off.length)]).toBeLessThan(0.3);
  });

  it('is found where training finds it', () => {
    const found = inFront(bareFaces.residual(worn, mesh), worn.landmarks, mesh);
    const count = found.reduce((sum, is) => sum + is, 0);
    expect(Math.abs(count - samples.inFront)).toBeLessThan(0.03 * samples.inFront);
    const front = findFront(worn, { bareFaces, mesh })!;
    samples.rows.forEach((wanted, row) => {
      const length = AREA / FINE;
      const values = front.subarray(row * length, (row + 1) * length);
      expect(
        Math.abs(values.reduce((sum, value) => sum + value, 0) / length - wanted),
        `row ${row}`,
      ).toBeLessThan(0.03);
    });
  });

  it('is nothing on a bare face, and of a cap the cap alone', () => {
    expect(findFront(bare, { bareFaces, mesh })).toBeNull();
    const brows = Math.floor(
      Math.min(...[105, 334].map((brow) => pointOf(bare.landmarks, brow).y)) * CROP_SIZE,
    );
    const cloth = [-0.55, -0.25, 0.1];
    const capped = bare.image.map((value, i) =>
      i % AREA < (brows - 12) * CROP_SIZE ? cloth[Math.floor(i / AREA)]! : value,
    );
    const front = findFront({ ...bare, image: capped }, { bareFaces, mesh })!;
    expect(front.some((share) => share > 0.9)).toBe(true);
    expect(Math.max(...front.subarray((brows - 4) * CROP_SIZE))).toBeLessThan(0.01);
  });

  it('is no lipstick, also where paint joins it to the rim', () => {
    const at = LIPS.flatMap((index) => {
      const { x, y } = pointOf(bare.landmarks, index);
      return [x, y];
    });
    const lips = dilate(fillPolygon(Float32Array.from(at), CROP_SIZE), CROP_SIZE, 3);
    const corner = pointOf(bare.landmarks, 61);
    const isStreak = (i: number): boolean =>
      i % CROP_SIZE < corner.x * CROP_SIZE + 4 &&
      Math.abs(Math.floor(i / CROP_SIZE) - corner.y * CROP_SIZE) < 5;
    const purple = [-0.25, -0.9, -0.25];
    const image = bare.image.map((value, i) =>
      lips[i % AREA]! > 0.5 || isStreak(i % AREA) ? purple[Math.floor(i / AREA)]! : value,
    );
    expect(findFront({ ...bare, image }, { bareFaces, mesh })).toBeNull();
  });

  it('is nothing where hard light leaves half the face in the dark', () => {
    const image = bare.image.map((value, i) => (i % CROP_SIZE < 128 ? value : (value + 1) * 0.15 - 1));
    expect(findFront({ ...bare, image }, { bareFaces, mesh })).toBeNull();
  });

  it('is told by the file that training wrote, and by no other', () => {
    expect(() => BareFaces.parse(new Uint8Array(20))).toThrow(
      expect.objectContaining({ code: 'model-corrupt' }) as Error,
    );
  });
});

it('parts hang together by their corners, and have what they enclose', () => {
  const mask = Uint8Array.from(
    '1110000' + '1010000' + '1110000' + '0001000' + '0000000' + '0000011' + '0000000',
    Number,
  );
  const [ring, other] = partsOf(mask, 7);
  expect(ring).toHaveLength(9);
  expect(other).toHaveLength(2);
  expect(whole(ring!, 7)).toHaveLength(10);
});

it('a positive definite system is solved', () => {
  const solution = solve(
    [Float64Array.of(4), Float64Array.of(2, 5), Float64Array.of(0, 1, 3)],
    Float64Array.of(2, 6, 7),
  );
  // 4x + 2y = 2, 2x + 5y + z = 6, y + 3z = 7.
  const [x, y, z] = solution;
  expect(4 * x! + 2 * y!).toBeCloseTo(2);
  expect(2 * x! + 5 * y! + z!).toBeCloseTo(6);
  expect(y! + 3 * z!).toBeCloseTo(7);
});
