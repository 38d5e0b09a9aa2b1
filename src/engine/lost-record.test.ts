import { beforeAll, describe, expect, it } from 'vitest';
import { extractRecord } from '../record/container';
import { createKey } from '../record/key';
import { readRecord } from '../record/record';
import { agreement, keyFits } from './agreement';
import { useCodecs } from './image/codecs';
import { decodePixels } from './image/decode';
import { inspectPhoto } from './inspect';
import { identityOf } from './key-identity';
import { protectPhoto } from './protect';
import { recordedFace, restoreFace } from './restore-face';
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
  protectedPixels = await decodePixels(file.bytes, 'png');
});

describe('the pixels of a protected photo, with the real networks', () => {
  it('answer to no key, be it their own: nothing is hidden in them', async () => {
    for (const any of [key, createKey()]) expect(await fits(any)).toBe(false);
  });
});

async function fits(by: Uint8Array): Promise<boolean> {
  const face = recordedFace(alignment, protectedPixels, tools);
  return keyFits(agreement(await restoreFace(protectedPixels, face, await identityOf(by), tools)));
}
