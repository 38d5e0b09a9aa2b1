import { beforeAll, expect, it } from 'vitest';
import type { RecogniserName, Surroundings } from '../api';
import { GROWN_UP } from '../checks/recognition';
import { children } from '../constants.json';
import { findFront } from '../front/find-front';
import { CROP_SIZE } from '../geometry/alignment';
import { FRONT_SIDE } from '../networks/front';
import { suitableFor } from '../people/choose';
import { fakeTools } from '../testing/fake-tools';
import { alignedSample } from '../testing/fixtures';
import { MASK, withMaskAndGlasses } from '../testing/worn';
import type { Tools } from '../tools';
import type { AlignedFace } from '../types';
import { drawNext, toPatient, type SoughtFace } from './drawn-faces';

const KEY = new Uint8Array(32).fill(1);
/** In the middle of the mask. */
const MASKED = 176 * CROP_SIZE + 128;

let worn: AlignedFace;
beforeAll(async () => {
  const { aligned } = await alignedSample();
  worn = { ...aligned, image: withMaskAndGlasses(aligned) };
});

/** As a network sees the mask, [128, 128]. */
function inMask(): Float32Array {
  const shares = new Float32Array(FRONT_SIDE ** 2);
  for (let row = MASK.top / 2; row < MASK.bottom / 2; row++) {
    shares.fill(1, row * FRONT_SIDE + MASK.left / 2, row * FRONT_SIDE + MASK.right / 2);
  }
  return shares;
}

/** Somebody with a mask, whom recognisers know, or do not know, by a pixel of it. */
async function patient(knownByMask: boolean): Promise<readonly [SoughtFace, Tools]> {
  const embed = (image: Float32Array): Float32Array => {
    const isThere = Math.abs(image[MASKED]! - worn.image[MASKED]!) < 0.02;
    return Float32Array.of(knownByMask && isThere ? 0 : 10);
  };
  const tools = await fakeTools(worn.face.landmarks, {
    embedFace: (_, image) => Promise.resolve(embed(image)),
    seeFront: () => Promise.resolve(inMask()),
  });
  const nobody = Float32Array.of(0);
  const face: SoughtFace = {
    aligned: worn,
    signs: { scores: new Float32Array(1024) },
    embeddings: { recogniser: nobody, mobilefacenet: nobody },
    age: GROWN_UP,
    suitable: suitableFor(tools.atlas.donors[0]!.coordinates, tools.atlas),
    shown: new Map(),
    kept: null,
    front: await findFront(worn, tools),
    left: [0, 1],
    tried: 0,
  };
  return [face, tools];
}

it('a mask stays in front of whoever is drawn', async () => {
  const { front, virtual, left } = await drawNext(...(await args(false)));
  expect(front).not.toBeNull();
  expect(left).toEqual([1]);
  for (let row = MASK.top + 12; row < MASK.bottom - 40; row++) {
    const at = row * CROP_SIZE + 128;
    expect(virtual.image[at]).toBeCloseTo(worn.image[at]!, 1);
    expect(virtual.opacity[at]).toBeLessThan(0.05);
  }
});

it('a mask by which everybody is taken for the patient is drawn over', async () => {
  const { front, virtual, left } = await drawNext(...(await args(true)));
  expect(front).toBeNull();
  expect(left).toEqual([1]);
  expect(virtual.opacity[MASKED]).toBeGreaterThan(0.9);
});

it('where only the face is to be left, whatever is in front of it is drawn over', async () => {
  const [face, tools] = await patient(false);
  const frontWith = async (surroundings: Surroundings): Promise<Float32Array | null> => {
    const output = { format: 'png', size: 'original', sealOriginal: true } as const;
    const options = { faces: [0], signThreshold: 0.9, keepBothEyes: false, surroundings, output };
    return (await toPatient(face, options, tools)).front;
  };
  expect(await frontWith('people')).not.toBeNull();
  expect(await frontWith('faces')).toBeNull();
});

it('what is kept for its signs is kept before recognisers as well', async () => {
  const [face, tools] = await patient(true);
  const kept = new Float32Array(CROP_SIZE ** 2).fill(1, MASKED - 4, MASKED + 5);
  const bare = { ...face, front: null };
  expect((await drawNext(bare, KEY, tools)).margin).toBeGreaterThan(0);
  expect((await drawNext({ ...bare, kept }, KEY, tools)).margin).toBeLessThan(0);
});

it('more is looked for where less is asked, of a child', async () => {
  const [face, tools] = await patient(false);
  const triedOn = async (age: number): Promise<number> => {
    // Drawings are seen at 10, a third more than what is asked away.
    const least = (name: RecogniserName): number =>
      tools.recognisers.find((recogniser) => recogniser.name === name)!.threshold *
      (age < GROWN_UP ? children.least[name] : 1);
    const known = (name: RecogniserName): Float32Array => Float32Array.of(10 - 1.33 * least(name));
    const embeddings = { recogniser: known('recogniser'), mobilefacenet: known('mobilefacenet') };
    return (await drawNext({ ...face, front: null, age, embeddings }, KEY, tools)).tried;
  };
  expect(await triedOn(GROWN_UP)).toBe(1);
  expect(await triedOn(1)).toBe(2);
});

async function args(knownByMask: boolean): Promise<Parameters<typeof drawNext>> {
  const [face, tools] = await patient(knownByMask);
  return [face, KEY, tools];
}
