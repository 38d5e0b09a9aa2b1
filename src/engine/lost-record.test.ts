import { expect, it } from 'vitest';
import { extractRecord } from '../record/container';
import { readRecord } from '../record/record';
import { shiftBetween } from './face/alignment';
import { useCodecs } from './image/codecs';
import { decodePixels } from './image/decode';
import { inspectPhoto } from './inspect';
import { identityOf } from './key-identity';
import { protectPhoto } from './protect';
import { refineAlignment } from './refine-alignment';
import { foundFace } from './restore-face';
import { StepClock } from './step-clock';
import { readCodec } from './testing/codecs';
import { fakeTools } from './testing/fake-tools';
import { samplePhoto } from './testing/photos';
import landmarks from './testing/sample1-landmarks.json';
import { nodeRuntime } from './testing/runtime';
import { Networks, type Tools } from './tools';

it('finds the very alignment of protection in pixels without a record, with the real networks', async () => {
  useCodecs(readCodec);
  const networks = new Networks(await nodeRuntime(), { milliseconds: 0 });
  const tools: Tools = { ...(await fakeTools(Float32Array.from(landmarks))), networks };
  const clock = new StepClock(() => undefined);
  const inspected = await inspectPhoto(await samplePhoto(1), tools, clock);
  const key = new Uint8Array(32).fill(7);
  const output = { format: 'png', size: 'original', sealOriginal: true } as const;
  const options = { faces: [0], signThreshold: 0.5, keepBothEyes: false, output, key };
  const { file } = await protectPhoto(inspected, options, tools, clock);

  const { faces } = await readRecord(extractRecord(file.bytes));
  const pixels = await decodePixels(file.bytes, 'png');
  // Whoever has the pixels alone finds the eyes a little beside where they were.
  const beside = foundFace(Float32Array.from(landmarks, (value, i) => value + (i % 2 === 0 ? -0.7 : 0.9)));
  const found = await refineAlignment(pixels, beside, await identityOf(key, tools), tools, () => undefined);
  expect(shiftBetween(found.transform, faces[0]!.transform)).toBeLessThan(1e-6);
});
