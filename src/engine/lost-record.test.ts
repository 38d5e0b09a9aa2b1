import { beforeAll, describe, expect, it } from 'vitest';
import { extractRecord } from '../record/container';
import { createKey } from '../record/key';
import { readRecord } from '../record/record';
import { ssim } from './checks/restoration';
import { alignEyes, eyeCentres, shiftBetween } from './geometry/alignment';
import { resampleCrop } from './geometry/resampling';
import { decodeJpeg, encodeJpeg, encodePng, useCodecs } from './image/codecs';
import { decodePixels } from './image/decode';
import { inspectPhoto } from './inspect';
import { protectPhoto } from './protect';
import { restoreFace } from './restoration/restore-face';
import { readFace, unsealFace } from './sealed-code/read-face';
import { FINE } from './sealed-code/seal';
import { StepClock } from './worker/step-clock';
import { readCodec } from './testing/codecs';
import { fakeTools } from './testing/fake-tools';
import { enlarged, samplePhoto } from './testing/photos';
import sampleLandmarks from './testing/sample1-landmarks.json';
import { nodeRuntime } from './testing/runtime';
import { Networks, type Tools } from './tools';
import type { Pixels, Similarity } from './types';

const key = new Uint8Array(32).fill(7);
/** As large as a face is in a telephone's portrait. */
const FACTOR = 3;
const FACE = { x: 700, y: 300, width: 460, height: 480 };
const landmarks = sampleLandmarks.map((value, i) => FACTOR * (value - (i % 2 === 0 ? FACE.x : FACE.y)));
/** Whoever has the pixels alone finds the eyes a little beside where they were. */
const beside = alignEyes(
  eyeCentres(Float32Array.from(landmarks, (value, i) => value + (i % 2 === 0 ? -5 : 6))),
);
let tools: Tools;
let original: Pixels;
let protectedPixels: Pixels;
let alignment: Similarity;

beforeAll(async () => {
  useCodecs(readCodec);
  const networks = new Networks(nodeRuntime(), { milliseconds: 0 }, () => Promise.resolve());
  tools = { ...(await fakeTools(Float32Array.from(landmarks))), networks };
  const clock = new StepClock(() => undefined);
  const sample = await samplePhoto(1);
  const { pixels } = await decodeJpeg(sample.bytes);
  const bytes = await encodePng(enlarged(pixels, FACE, FACTOR));
  const inspected = await inspectPhoto({ name: 'portrait.png', bytes }, tools, clock);
  const output = { format: 'png', size: 'original', sealOriginal: true } as const;
  const options = { faces: [0], signThreshold: 0.5, keepBothEyes: false, output, key };
  const { file, proof } = await protectPhoto(inspected, options, tools, clock);
  expect(proof.faces[0]?.restoredSsim).toBeGreaterThan(0.9);
  const { faces } = await readRecord(extractRecord(file.bytes));
  alignment = faces[0]!.transform;
  original = inspected.photo.pixels;
  protectedPixels = await decodePixels(file.bytes, 'png');
});

describe('pixels without a record, with the real networks', () => {
  it('lead to the alignment of protection, without any key', () => {
    const { transform, reading } = readFace(protectedPixels, beside);
    expect(shiftBetween(transform, alignment)).toBeLessThan(0.2);
    // Of 63: nearly all that a drawn face has room for; where colours fade on their way into the photo it is half as much.
    expect(reading.header!.shares[FINE]).toBeGreaterThan(30);
  });

  it('give the face back to their key', async () => {
    expect(await rebuilt(protectedPixels)).toBeGreaterThan(0.9);
  });

  it('give a face back after JPEG as well', async () => {
    const { pixels } = await decodeJpeg(await encodeJpeg(protectedPixels));
    expect(await rebuilt(pixels)).toBeGreaterThan(0.7);
  });

  it('answer to no other key, be it a bit that differs', async () => {
    const face = readFace(protectedPixels, alignment);
    const bitOff = key.with(31, key[31]! ^ 1);
    for (const other of [bitOff, createKey()]) {
      expect(await unsealFace(face, other)).toEqual({ kind: 'other-key' });
    }
  });

  it('answer to nothing where nothing is hidden', async () => {
    expect(await unsealFace(readFace(original, alignment), key)).toEqual({ kind: 'nothing' });
  });
});

/** How much the rebuilt face is like the original. */
async function rebuilt(pixels: Pixels): Promise<number> {
  const face = readFace(pixels, beside);
  const unsealed = await unsealFace(face, key);
  if (unsealed.kind !== 'picture') throw new Error(unsealed.kind);
  const { image } = await restoreFace(face, unsealed, tools);
  return ssim(image, resampleCrop(original, face.transform, 256));
}
