import { beforeAll, describe, expect, it } from 'vitest';
import type { JobNews, ProtectOptions, ProtectResult, Step } from '../api';
import { useCodecs } from '../image/codecs';
import { INSPECT_STEPS, inspectPhoto, type InspectedPhoto } from '../inspect';
import { PROTECT_STEPS, protectPhoto } from '../protect';
import { restorePhoto } from '../restore';
import { StepClock } from './step-clock';
import { readCodec } from '../testing/codecs';
import { fakeTools } from '../testing/fake-tools';
import { samplePhoto } from '../testing/photos';
import landmarks from '../testing/sample1-landmarks.json';
import type { Tools } from '../tools';

const OPTIONS: ProtectOptions = {
  faces: [0],
  signThreshold: 0.5,
  keepBothEyes: true,
  output: { format: 'png', size: 'original', sealOriginal: true },
};

let tools: Tools;
let inspected: InspectedPhoto;
let result: ProtectResult;
const news: Record<'inspect' | 'protect', JobNews[]> = { inspect: [], protect: [] };

beforeAll(async () => {
  useCodecs(readCodec);
  let strangers = 0;
  const embedFace = () => Promise.resolve(new Float32Array(128).fill(strangers++));
  tools = await fakeTools(Float32Array.from(landmarks), { embedFace });
  inspected = await inspectPhoto(
    await samplePhoto(1),
    tools,
    new StepClock((one) => void news.inspect.push(one)),
  );
  const clock = new StepClock((one) => void news.protect.push(one));
  result = await protectPhoto(inspected, OPTIONS, tools, clock);
});

/** Steps in the order in which they began, each once in a row. */
function began(told: readonly JobNews[]): readonly Step[] {
  return told
    .flatMap((one) => ('step' in one ? [one.step] : []))
    .filter((step, i, steps) => step !== steps[i - 1]);
}

describe('the steps of a job', () => {
  it('begin in the order in which they were told, none of them left out', () => {
    expect(began(news.inspect)).toEqual(INSPECT_STEPS);
    expect(began(news.protect)).toEqual(PROTECT_STEPS);
  });

  it('are none where the sealed original comes back, which needs no networks', async () => {
    const told: JobNews[] = [];
    const noNetworks = () => Promise.reject(new Error('networks were asked for'));
    const clock = new StepClock((one) => void told.push(one));
    await restorePhoto(result.file, result.key, { mode: 'auto', allowWrongKey: false }, noNetworks, clock);
    expect(told).toEqual([]);
  });

  it('are those through the pixels where these are asked for', async () => {
    const told: JobNews[] = [];
    const open = () => {
      told.push({ step: 'load-networks' });
      return Promise.resolve(tools);
    };
    const clock = new StepClock((one) => void told.push(one));
    await restorePhoto(result.file, result.key, { mode: 'neural', allowWrongKey: false }, open, clock);
    expect(told[0]).toEqual({ plan: began(told) });
  });
});
