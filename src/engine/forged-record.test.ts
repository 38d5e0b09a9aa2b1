import { beforeAll, describe, expect, it } from 'vitest';
import { embedRecord, extractRecord } from '../record/container';
import { canonicalJson } from '../record/canonical-json';
import { readRecord } from '../record/record';
import { withNewDigest } from '../record/testing';
import type { ProtectOptions, ProtectResult } from './api';
import { encodePng, useCodecs } from './image/codecs';
import { decodePixels } from './image/decode';
import { inspectPhoto, type InspectedPhoto } from './inspect';
import { protectPhoto } from './protect';
import { checkOriginal } from './restoration/original';
import { restorePhoto, summarise } from './restore';
import { StepClock } from './worker/step-clock';
import { readCodec } from './testing/codecs';
import { fakeTools } from './testing/fake-tools';
import { samplePhoto } from './testing/photos';
import landmarks from './testing/sample1-landmarks.json';
import type { Tools } from './tools';
import type { Pixels, SourceFile } from './types';

const OPTIONS: ProtectOptions = {
  faces: [0],
  signThreshold: 0.5,
  keepBothEyes: true,
  output: { format: 'png', size: 'original', sealOriginal: true },
};
const AUTO = { mode: 'auto', allowWrongKey: false } as const;
const NEURAL = { mode: 'neural', allowWrongKey: false } as const;

let tools: Tools;
let inspected: InspectedPhoto;
let result: ProtectResult;
let pixels: Pixels;

beforeAll(async () => {
  useCodecs(readCodec);
  let strangers = 0;
  const embedFace = () => Promise.resolve(new Float32Array(128).fill(strangers++));
  tools = await fakeTools(Float32Array.from(landmarks), { embedFace });
  inspected = await inspectPhoto(await samplePhoto(1), tools, silent());
  result = await protectPhoto(inspected, OPTIONS, tools, silent());
  pixels = await decodePixels(result.file.bytes, 'png');
});

describe('a record made without the key', () => {
  it('is damage, and never vouches for other pixels', async () => {
    const forged = await forge(painted(pixels));
    // Without the key it reads like any other.
    await expect(summarise(forged)).resolves.toMatchObject({ kind: 'pixels-only', keyId: result.keyId });
    await expect(restore(forged, AUTO)).rejects.toMatchObject({ code: 'damaged-file' });
    await expect(checkOriginal(forged, result.key)).rejects.toMatchObject({ code: 'damaged-file' });
  });

  it('is as good as none on the way through the pixels', async () => {
    const forged = await forge(painted(pixels));
    await expect(restore(forged, NEURAL)).resolves.toMatchObject({
      keyFits: 'pixels',
      pictures: { check: { pixelsChanged: null } },
    });
  });
});

describe('a record of pixels only', () => {
  it('vouches for its pixels once its key has opened it', async () => {
    const output = { ...OPTIONS.output, sealOriginal: false } as const;
    const { file, key } = await protectPhoto(inspected, { ...OPTIONS, output }, tools, silent());
    const restored = await restore(file, NEURAL, key);
    expect(restored).toMatchObject({ keyFits: 'record', pictures: { check: { pixelsChanged: false } } });
  });
});

describe('an original in another picture', () => {
  it('comes back, and is not called the picture’s own', async () => {
    const upsideDown = { ...pixels, data: pixels.data.slice() };
    new Uint32Array(upsideDown.data.buffer).reverse();
    const grafted = await withRecordOf(upsideDown);
    expect(await restore(grafted, AUTO)).toMatchObject({ method: 'exact' });
    const check = await checkOriginal(grafted, result.key);
    expect(check).toMatchObject({ pixelsChanged: true, samePicture: false });
  });

  it('is the picture’s own where only the face was painted over', async () => {
    const check = await checkOriginal(await withRecordOf(painted(pixels)), result.key);
    expect(check).toMatchObject({ pixelsChanged: true, samePicture: true });
  });

  it('is without doubt where no pixel has changed', async () => {
    await expect(checkOriginal(result.file, result.key)).resolves.toMatchObject({
      pixelsChanged: false,
      samePicture: true,
    });
  });
});

describe('a name from whoever made the file', () => {
  it('is made fit to be saved', async () => {
    const source = { ...inspected.photo.source, name: '../../x\u202egpj.hta' };
    const photo = { ...inspected, photo: { ...inspected.photo, source } };
    const { file, key } = await protectPhoto(photo, OPTIONS, tools, silent());
    expect((await restore(file, AUTO, key)).file.name).toBe('-..-xgpj.hta.jpg');
  });
});

describe('protectPhoto', () => {
  it('refuses faces that it does not know, and protects nobody else in their place', async () => {
    const protect = protectPhoto(inspected, { ...OPTIONS, faces: [0, 7] }, tools, silent());
    await expect(protect).rejects.toMatchObject({ code: 'internal' });
  });
});

/** A picture with a black square in the middle of the face, such as a sign that somebody painted in. */
function painted({ width, height, data }: Pixels): Pixels {
  const changed = data.slice();
  const [x, y] = [Math.round(landmarks[2] ?? 0), Math.round(landmarks[3] ?? 0)];
  for (let row = y; row < y + 20; row++) changed.fill(0, (row * width + x) * 4, (row * width + x + 20) * 4);
  return { width, height, data: changed };
}

async function withRecordOf(picture: Pixels): Promise<SourceFile> {
  return { name: 'x.png', bytes: embedRecord(await encodePng(picture), extractRecord(result.file.bytes)) };
}

/** What somebody makes who has a protected file and no key: another picture, and a header that says it is right. */
async function forge(picture: Pixels): Promise<SourceFile> {
  const { pixelsDigest } = await import('../record/record');
  const { width, height } = picture;
  const image = { width, height, sha256: await pixelsDigest(picture) };
  const header = await readRecord(extractRecord(result.file.bytes));
  const json = canonicalJson({ ...header, contents: 'pixels-only', image });
  const body = Buffer.concat([
    Buffer.from('ROFI\0\x01'),
    uint32(json.length),
    json,
    uint32(16),
    Buffer.alloc(48),
  ]);
  return { name: 'x.png', bytes: embedRecord(await encodePng(picture), await withNewDigest(body)) };
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function restore(file: SourceFile, options: typeof AUTO | typeof NEURAL, key = result.key) {
  return restorePhoto(file, key, options, () => Promise.resolve(tools), silent());
}

function silent(): StepClock {
  return new StepClock(() => undefined);
}
