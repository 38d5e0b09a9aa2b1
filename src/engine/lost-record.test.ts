import { beforeAll, describe, expect, it } from 'vitest';
import { extractRecord } from '../record/container';
import { createKey } from '../record/key';
import { readRecord } from '../record/record';
import { agreement, keyFits } from './agreement';
import { shiftBetween } from './face/alignment';
import { useCodecs } from './image/codecs';
import { decodePixels } from './image/decode';
import { inspectPhoto } from './inspect';
import { identityOf } from './key-identity';
import { protectPhoto } from './protect';
import { refineAlignment } from './refine-alignment';
import { foundFace, recordedFace, restoreFace } from './restore-face';
import { StepClock } from './step-clock';
import { readCodec } from './testing/codecs';
import { fakeTools } from './testing/fake-tools';
import { samplePhoto } from './testing/photos';
import landmarks from './testing/sample1-landmarks.json';
import { nodeRuntime } from './testing/runtime';
import { Networks, type Tools } from './tools';
import type { Pixels, Similarity } from './types';

const key = new Uint8Array(32).fill(7);
let tools: Tools;
let original: Pixels;
let protectedPixels: Pixels;
let alignment: Similarity;

beforeAll(async () => {
  useCodecs(readCodec);
  const networks = new Networks(await nodeRuntime(), { milliseconds: 0 });
  tools = { ...(await fakeTools(Float32Array.from(landmarks))), networks };
  const clock = new StepClock(() => undefined);
  const inspected = await inspectPhoto(await samplePhoto(1), tools, clock);
  const output = { format: 'png', size: 'original', sealOriginal: true } as const;
  const options = { faces: [0], signThreshold: 0.5, keepBothEyes: false, output, key };
  const { file } = await protectPhoto(inspected, options, tools, clock);
  const { faces } = await readRecord(extractRecord(file.bytes));
  alignment = faces[0]!.transform;
  original = inspected.photo.pixels;
  protectedPixels = await decodePixels(file.bytes, 'png');
});

describe('pixels without a record, with the real networks', () => {
  it('lead to the very alignment of protection', async () => {
    // Whoever has the pixels alone finds the eyes a little beside where they were.
    const beside = foundFace(Float32Array.from(landmarks, (value, i) => value + (i % 2 === 0 ? -0.7 : 0.9)));
    const identity = await identityOf(key, tools);
    const found = await refineAlignment(protectedPixels, beside, identity, tools, () => undefined);
    expect(shiftBetween(found.transform, alignment)).toBeLessThan(1e-6);
  });

  it('answer to their key alone, be it a bit that differs', async () => {
    expect(await fits(protectedPixels, key)).toBe(true);
    const bitOff = key.with(31, key[31]! ^ 1);
    for (const other of [bitOff, createKey(), createKey(), createKey()]) {
      expect(await fits(protectedPixels, other)).toBe(false);
    }
  });

  it('answer to nothing where nothing is hidden', async () => {
    expect(await fits(original, key)).toBe(false);
  });
});

async function fits(pixels: Pixels, by: Uint8Array): Promise<boolean> {
  const face = recordedFace(alignment, pixels, tools);
  return keyFits(agreement(await restoreFace(pixels, face, await identityOf(by, tools), tools)));
}
