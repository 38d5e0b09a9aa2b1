import { beforeAll, describe, expect, it } from 'vitest';
import { CROP_SIZE, pointOf } from '../geometry/alignment';
import { rasteriseMesh } from '../geometry/raster';
import type { Atlas } from '../people/atlas';
import { rank } from '../people/choose';
import { mixDonors } from '../people/compose';
import { blockMeans } from './blur';
import { alignedSample, meanDifference, readAtlas, type Sample } from '../testing/fixtures';
import samples from '../testing/person-samples.json';
import { canvasOf, drawPerson } from './draw-person';
import { moverOf } from './moved-landmarks';
import { fineLayer, finenessOf } from './grain';
import { refuseTurned } from './limits';
import { sampleTexture } from './sample-texture';

const AREA = CROP_SIZE * CROP_SIZE;
const EYE = Math.round(0.42 * CROP_SIZE) * CROP_SIZE + Math.round(0.35 * CROP_SIZE);
const NOBODY = new Float32Array(936);

let sample: Sample;
let atlas: Atlas;
beforeAll(async () => {
  sample = await alignedSample();
  atlas = await readAtlas();
});

/** The formula of training/rofi/people/fixture.py. */
function wave(side: number, xStep: number, yStep: number): Float32Array {
  return Float32Array.from({ length: 3 * side * side }, (_, i) => {
    const channel = Math.floor(i / (side * side));
    const x = i % side;
    const y = Math.floor(i / side) % side;
    return 2 * (0.5 + 0.4 * Math.sin(x * xStep + y * yStep + 2 * channel)) - 1;
  });
}

/** The photo's own face: its texture in 0..1, its shape. */
function ownPerson() {
  const { aligned, mesh } = sample;
  const field = rasteriseMesh(mesh.mean, aligned.landmarks, mesh.triangles, CROP_SIZE);
  const texture = sampleTexture(aligned.image, CROP_SIZE, field).map((value) => (value + 1) / 2);
  return { texture, shape: aligned.landmarks.map((value, i) => value - (mesh.mean[i] ?? 0)) };
}

describe('drawing', () => {
  it('draws what training draws', async () => {
    const { mesh } = sample;
    const other = (i: number): number => mesh.mean[i ^ 1] ?? 0;
    const landmarks = mesh.mean.map((value, i) => value + 0.015 * Math.sin(6 * other(i)));
    const person = await mixDonors(samples.parts, atlas);
    const face = { image: wave(CROP_SIZE, 0.05, 0.03), landmarks };
    const { image } = drawPerson(canvasOf(face, mesh, atlas.turnModes, null), person);
    const differences = samples.drawn.map(([place = 0, value = NaN]) =>
      Math.abs(((image[place] ?? NaN) + 1) / 2 - value),
    );
    // Where the photo's and the drawing's contrast are compared, a pixel more or less counts.
    expect(Math.max(...differences)).toBeLessThan(8 / 255);
    expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(0.5 / 255);
  });

  it("gives the photo back when the person is the photo's own", () => {
    const { aligned, mesh } = sample;
    const still = new Float32Array(atlas.turnModes.length);
    const { image } = drawPerson(canvasOf(aligned, mesh, still, null), ownPerson());
    expect(meanDifference(image, aligned.image)).toBeLessThan(0.02);
  });

  it('keeps the eyes and the surroundings, and changes the face', async () => {
    const { aligned, mesh } = sample;
    const { image, opacity } = drawPerson(
      canvasOf(aligned, mesh, atlas.turnModes, null),
      await mixDonors([1, 2, 3, 4], atlas),
    );
    expect(image[0]).toBe(aligned.image[0]);
    expect(image[EYE]).toBeCloseTo(aligned.image[EYE] ?? NaN, 1);
    expect(opacity[EYE]).toBeLessThan(0.05);
    expect(meanDifference(image, aligned.image)).toBeGreaterThan(0.01);
  });

  it("ends inside the patient's own outline", async () => {
    const { aligned, mesh } = sample;
    const wide = { ...(await mixDonors([1, 2, 3, 4], atlas)), shape: outwards(mesh.mean) };
    const { opacity } = drawPerson(canvasOf(aligned, mesh, atlas.turnModes, null), wide);
    const cheek = pointOf(aligned.landmarks, 132);
    const beside = Math.round(cheek.y * CROP_SIZE) * CROP_SIZE + Math.round((cheek.x - 0.03) * CROP_SIZE);
    expect(opacity[beside]).toBeLessThan(0.01);
  });

  it('keeps a grey photo grey', async () => {
    const { aligned, mesh } = sample;
    const plane = aligned.image.subarray(0, AREA);
    const grey = Float32Array.from({ length: 3 * AREA }, (_, i) => plane[i % AREA] ?? 0);
    const { image } = drawPerson(
      canvasOf({ image: grey, landmarks: aligned.landmarks }, mesh, atlas.turnModes, null),
      await mixDonors([1, 2, 3, 4], atlas),
    );
    for (let i = 0; i < AREA; i += 37) {
      expect(Math.abs((image[i] ?? 0) - (image[2 * AREA + i] ?? 0))).toBeLessThan(0.02);
    }
  });

  it('moves the mesh by the shape, never at the eyes, and leaves the head turned', () => {
    const { mesh } = sample;
    const shape = new Float32Array(936).fill(0.05);
    const moved = moverOf(mesh.mean, mesh, atlas.turnModes)(shape);
    const shift = (index: number): number => (moved[2 * index] ?? 0) - (mesh.mean[2 * index] ?? 0);
    expect(shift(33)).toBe(0);
    expect(shift(1)).toBeCloseTo(1.15 * 0.05, 3);
    expect(shift(152)).toBeCloseTo(1.15 * 0.05 * 0.6, 4);

    const turned = mesh.mean.map((value, i) => value + 0.06 * (atlas.turnModes[i] ?? 0));
    const after = moverOf(turned, mesh, atlas.turnModes)(NOBODY);
    expect(Math.abs((after[2] ?? 0) - (turned[2] ?? 0))).toBeLessThan(0.02);
  });

  it('draws no triangle that faces away', () => {
    const { mesh } = sample;
    const mirrored = mesh.mean.map((value, i) => (i % 2 === 0 ? 1 - value : value));
    const { covered } = rasteriseMesh(mirrored, mesh.mean, mesh.triangles, 64);
    expect(covered.every((value) => value === 0)).toBe(true);
  });
});

describe('the limits', () => {
  it('refuse a head turned to the side or far down, and no other', () => {
    const { aligned, mesh } = sample;
    const nose = (x: number, y: number): Float32Array =>
      aligned.landmarks.map((value, i) =>
        i === 2 ? (mesh.mean[2] ?? 0) + x : i === 3 ? (mesh.mean[3] ?? 0) + y : value,
      );
    expect(() => refuseTurned(aligned.landmarks, mesh)).not.toThrow();
    expect(() => refuseTurned(nose(0.18, 0), mesh)).not.toThrow();
    expect(() => refuseTurned(nose(-0.29, 0), mesh)).toThrow(
      expect.objectContaining({ code: 'face-turned' }),
    );
    expect(() => refuseTurned(nose(0, 0.2), mesh)).toThrow(expect.objectContaining({ code: 'face-turned' }));
  });
});

describe('the fine layer', () => {
  it('is what training lays on', async () => {
    const { mesh } = sample;
    const landmarks = mesh.mean.map((value, i) => value + 0.015 * Math.sin(6 * (mesh.mean[i ^ 1] ?? 0)));
    const person = await mixDonors(samples.parts, atlas);
    const face = { image: wave(CROP_SIZE, 0.05, 0.03), landmarks };
    const drawn = drawPerson(canvasOf(face, mesh, atlas.turnModes, null), person);
    const detail = await atlas.detail(samples.detail);
    const { share } = fineLayer(wave(2 * CROP_SIZE, 0.9, 0.7), drawn, detail, 7, 2);
    const values = samples.grain.map(([place = 0, value = NaN]) => [share[place] ?? NaN, value] as const);
    const apart = values.map(([here, there]) => Math.abs(here - there));
    const size = values.map(([, there]) => Math.abs(there));
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
    // The sizes by which it is raised are told from every fifth pixel here.
    expect(sum(apart) / sum(size)).toBeLessThan(0.04);
  });

  it('is as rough as the photo, and changes no mean over a pixel of the crop', async () => {
    const { aligned, mesh } = sample;
    const factor = 2;
    const drawn = drawPerson(
      canvasOf(aligned, mesh, atlas.turnModes, null),
      await mixDonors([1, 2, 3, 4], atlas),
    );
    const side = CROP_SIZE * factor;
    const rough = Float32Array.from({ length: 3 * side * side }, (_, i) =>
      rank(5, i % (side * side)) % 2 === 0 ? 0.04 : -0.04,
    );
    const detail = await atlas.detail(atlas.detailed[0] ?? 0);
    const { share } = fineLayer(rough, drawn, detail, 1, factor);
    const inside = [...share.keys()].filter((i) => {
      const at = Math.floor(i / side / factor) * CROP_SIZE + Math.floor((i % side) / factor);
      return (drawn.opacity[at] ?? 0) > 0.99;
    });
    const size = inside.reduce((sum, i) => sum + Math.abs(share[i] ?? 0), 0) / inside.length;
    expect(size).toBeGreaterThan(0.01);
    const means = blockMeans(share, side, factor);
    const typical = means.reduce((sum, value) => sum + Math.abs(value), 0) / means.length;
    expect(typical).toBeLessThan(0.2 * size);
  });

  it('is made only where the photo is finer than the crop', () => {
    const at = (scale: number) => finenessOf({ a: 1 / scale, b: 0, tx: 0, ty: 0 });
    expect([0.5, 1, 1.1, 1.5, 2.1, 2.5, 9].map(at)).toEqual([1, 1, 1, 2, 2, 3, 3]);
  });
});

/** A shape that spreads the mesh away from its middle. */
function outwards(mean: Float32Array): Float32Array {
  return mean.map((value) => 0.2 * (value - 0.5));
}
