import { beforeAll, describe, expect, it } from 'vitest';
import { CROP_SIZE } from '../geometry/alignment';
import { transformPoint } from '../geometry/similarity';
import { alignedSample, type Sample } from '../testing/fixtures';
import type { Box, Pixels } from '../types';
import { areaCovering, coverMask, coverPhoto, faceCovering } from './cover';
import { SIGN_GRID } from './kept-shares';

const NO_SIGNS = new Float32Array(SIGN_GRID * SIGN_GRID);

let sample: Sample;
let mask: Float32Array;
beforeAll(async () => {
  sample = await alignedSample();
  mask = coverMask(NO_SIGNS, sample.aligned, sample.mesh);
});

/** Every so many pixels tell enough. */
const STRIDE = 5;

function colours({ width, data }: Pixels, box: Box, isIn: (x: number, y: number) => boolean): Set<string> {
  const found = new Set<string>();
  for (let y = box.y; y < box.y + box.height; y += STRIDE) {
    for (let x = box.x; x < box.x + box.width; x += STRIDE) {
      const at = (y * width + x) * 4;
      if (isIn(x, y)) found.add(data.subarray(at, at + 4).join());
    }
  }
  return found;
}

describe('a covered face', () => {
  it('shows a few shades of one colour, and its eyes as they are', () => {
    const { photo, aligned } = sample;
    const covering = faceCovering(aligned, mask);
    const { pixels, boxes } = coverPhoto(photo.pixels, [covering]);
    const [box] = boxes;
    const middleX = (x: number): number =>
      covering.origin.x + (Math.floor((x + 0.5 - covering.origin.x) / covering.side) + 0.5) * covering.side;
    const middleY = (y: number): number =>
      covering.origin.y + (Math.floor((y + 0.5 - covering.origin.y) / covering.side) + 0.5) * covering.side;
    const isHidden = (x: number, y: number): boolean =>
      covering.covers({ x: middleX(x), y: middleY(y) }) && !covering.stays({ x: x + 0.5, y: y + 0.5 });
    const shades = colours(pixels, box!, isHidden);
    expect(shades.size).toBeGreaterThan(3);
    // 256 levels in steps of 24.
    expect(shades.size).toBeLessThanOrEqual(12);

    const before = photo.pixels.data;
    let [kept, changed] = [0, 0];
    for (let i = 0; i < before.length; i += 4 * STRIDE) {
      const [x, y] = [(i / 4) % pixels.width, Math.floor(i / 4 / pixels.width)];
      if (y % STRIDE > 0 || isHidden(x, y)) continue;
      if (pixels.data[i] !== before[i]) changed++;
      const { x: u, y: v } = transformPoint(aligned.transform, { x: x + 0.5, y: y + 0.5 });
      if (Math.hypot(u - 0.35 * CROP_SIZE, v - 0.42 * CROP_SIZE) < 8) kept++;
    }
    expect(changed).toBe(0);
    expect(kept).toBeGreaterThan(2);
  });

  it('reaches beyond all its landmarks', () => {
    const { aligned } = sample;
    const [box] = coverPhoto(sample.photo.pixels, [faceCovering(aligned, mask)]).boxes;
    const { face } = aligned;
    expect(box!.x).toBeLessThan(face.box.x);
    expect(box!.y).toBeLessThan(face.box.y);
    expect(box!.x + box!.width).toBeGreaterThan(face.box.x + face.box.width);
    expect(box!.y + box!.height).toBeGreaterThan(face.box.y + face.box.height);
  });

  it('keeps of a side view only the eye that is seen', () => {
    const { aligned, mesh } = sample;
    const [inner = 0] = mesh.eyes.left;
    const hidden = aligned.landmarks.slice();
    for (const index of mesh.eyes.left) hidden[2 * index] = (hidden[2 * inner] ?? 0) + 0.001 * (index % 3);
    const cells = (half: number, of: Float32Array): number =>
      of.filter((kept, cell) => kept === 1 && Math.floor((cell % SIGN_GRID) / (SIGN_GRID / 2)) === half)
        .length;
    const side = coverMask(NO_SIGNS, { landmarks: hidden }, mesh);
    expect([cells(0, mask), cells(1, mask)].every((count) => count > 2)).toBe(true);
    expect(cells(0, side)).toBe(cells(0, mask));
    expect(cells(1, side)).toBe(0);
  });

  it('keeps signs beside the eyes as well', () => {
    const shares = new Float32Array(SIGN_GRID * SIGN_GRID);
    shares.set([1, 0.4], 20 * SIGN_GRID + 11);
    const kept = coverMask(shares, sample.aligned, sample.mesh);
    expect([...kept.subarray(20 * SIGN_GRID + 10, 20 * SIGN_GRID + 13)]).toEqual([0, 1, 0]);
  });
});

describe('a covered area', () => {
  it('shows at most four blocks a side, and nothing beside it changes', () => {
    const { pixels } = sample.photo;
    const area = { x: 400.5, y: 300, width: 401, height: 380 };
    const { pixels: covered, boxes } = coverPhoto(pixels, [areaCovering(area, pixels)]);
    // Pixels whose middles are inside.
    expect(boxes).toEqual([{ x: 400, y: 300, width: 401, height: 380 }]);
    const isInside = (x: number, y: number): boolean =>
      x + 0.5 >= 400.5 && x + 0.5 < 801.5 && y >= 300 && y < 680;
    expect(colours(covered, boxes[0]!, isInside).size).toBeLessThanOrEqual(16);
    let beside = 0;
    for (let i = 0; i < pixels.data.length; i += 4) {
      const [x, y] = [(i / 4) % pixels.width, Math.floor(i / 4 / pixels.width)];
      if (!isInside(x, y) && covered.data[i] !== pixels.data[i]) beside++;
    }
    expect(beside).toBe(0);
  });

  it('is as coarse where it is small', () => {
    const { pixels } = sample.photo;
    const { side } = areaCovering({ x: 0, y: 0, width: 8, height: 8 }, pixels);
    expect(side).toBeGreaterThan(40);
  });

  it('leaves a photo alone that it lies beside', () => {
    const { pixels } = sample.photo;
    const beside = areaCovering({ x: -500, y: 0, width: 90, height: 90 }, pixels);
    const { pixels: same, boxes } = coverPhoto(pixels, [beside]);
    expect(boxes).toEqual([]);
    expect(Buffer.from(same.data.buffer).equals(Buffer.from(pixels.data.buffer))).toBe(true);
  });
});
