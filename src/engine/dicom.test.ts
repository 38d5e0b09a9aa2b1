/** A photo that comes and goes as a DICOM file, all the way. */
import { beforeAll, describe, expect, it } from 'vitest';
import { withdrawClaims } from '../dicom/protected-file';
import { readDicom } from '../dicom/read';
import { TAG } from '../dicom/tags';
import { JPEG_BASELINE, PRIVATE_WORDS, patientPhoto, type Stored } from '../dicom/testing';
import type { DataSet } from '../dicom/types';
import { text } from '../dicom/values';
import { bytesElement, textElement } from '../dicom/write';
import { fromHex } from '../bytes';
import type { ProtectOptions, ProtectResult } from './api';
import { encodeJpeg, useCodecs } from './image/codecs';
import { cropPixels } from './image/crop';
import { decodePhoto } from './image/decode';
import { srgbProfile } from '../formats/colours/srgb';
import { inspectionOf, inspectPhoto } from './inspect';
import { protectPhoto } from './protect';
import { checkOriginal } from './restoration/original';
import { restorePhoto, summarise } from './restore';
import { readCodec } from './testing/codecs';
import { fakeTools } from './testing/fake-tools';
import { drawPixels, samplePhoto } from './testing/photos';
import landmarks from './testing/sample1-landmarks.json';
import type { Tools } from './tools';
import type { Photo, Pixels, SourceFile } from './types';
import { StepClock } from './worker/step-clock';

const LOSSLESS = '1.2.840.10008.1.2.4.70';
/** Written by DCMTK's `dcmcjpeg +e1`, of the picture below; it does not say that it is in RGB. */
const LOSSLESS_JPEG =
  'ffd8ffc30011080008001003001100011100021100ffc400190001010101010100000000000000000000000406050708ffda000c0300' +
  '0001000200010000f09f13f9fef2f2f2f6f2f2f2f2f6f2f2f2f2f6f2f2f2f1d95e5e5e5ede5e5e5e5ede5e5e5e5ede5e5e5e3b2bcbcbcb' +
  'dbcbcbcbcbdbcbcbcbcbdbcbcbcbc7657979797b797979797b797979797b79797978ecaf2f2f2f6f2f2f2f2f6f2f2f2f2f6f2f2f2f1d95' +
  'e5e5e5ede5e5e5e5ede5e5e5e5ede5e5e5e3b2bcbcbcbdbcbcbcbcbdbcbcbcbcbdbcbcbcbc7657979797b797979797b797979797b797979' +
  '79fffffd9';
const DRAWN = drawPixels(16, 8, (x, y) => [10 + 15 * x, 20 + 25 * y, (x >> 2) * 60]);

/** A photo's part with its face: every pixel more takes time. */
const PART = { x: 500, y: 100, width: 800, height: 800 };
const inPart = Float32Array.from(landmarks, (value, i) => value - (i % 2 === 0 ? PART.x : PART.y));

let tools: Tools;
let portrait: Pixels;

beforeAll(async () => {
  useCodecs(readCodec);
  let count = 0;
  const embedFace = () => Promise.resolve(new Float32Array(128).fill(count++));
  tools = await fakeTools(inPart, { embedFace });
  portrait = cropPixels((await decodePhoto(await samplePhoto(1))).pixels, PART);
});

const source = (stored: Stored, frame?: number): SourceFile => ({
  name: 'IM0001',
  bytes: patientPhoto(stored),
  ...(frame !== undefined && { frame }),
});

function rgb({ width, height, data }: Pixels): Stored {
  const pixels = Uint8Array.from(data.filter((_, i) => i % 4 !== 3));
  return { width, height, photometric: 'RGB', pixels };
}

function jpeg({ width, height }: Pixels, bytes: Uint8Array): Stored {
  return { width, height, photometric: 'YBR_FULL_422', pixels: [bytes], transferSyntax: JPEG_BASELINE };
}

describe('a DICOM file', () => {
  it('shows what its JPEG does', async () => {
    const file = await samplePhoto(1);
    const shown = await decodePhoto(file);
    const photo = await decodePhoto(source(jpeg(shown.pixels, file.bytes)));
    expect(photo).toMatchObject({ format: 'dicom', frames: 1, burnedIn: false, animated: false });
    expect(Buffer.from(photo.pixels.data).equals(Buffer.from(shown.pixels.data))).toBe(true);
    expect(photo.metadata).toContainEqual({ group: 'dicom', name: 'Patient ID', value: 'MRN-4711' });
    expect(photo.metadata).toEqual(expect.arrayContaining([...shown.metadata]));
  });

  it('shows lossless JPEG as it is', async () => {
    const pixels = [fromHex(LOSSLESS_JPEG)!];
    const stored = { ...rgb(DRAWN), pixels, transferSyntax: LOSSLESS };
    expect((await decodePhoto(source(stored))).pixels.data).toEqual(DRAWN.data);
  });

  it('shows the frame that is asked for', async () => {
    const other = drawPixels(16, 8, (x, y) => [x, y, 7]);
    const pixels = Buffer.concat([rgb(DRAWN).pixels, rgb(other).pixels] as Uint8Array[]);
    const stored = { ...rgb(DRAWN), pixels, frames: 2 };
    expect((await decodePhoto(source(stored, 1))).pixels.data).toEqual(other.data);
    expect(await decodePhoto(source(stored))).toMatchObject({ frames: 2, pixels: { data: DRAWN.data } });
  });

  it('is taken to sRGB by its own profile', async () => {
    const profiled = (profile: Uint8Array): Promise<Photo> =>
      decodePhoto(source({ ...rgb(DRAWN), others: [bytesElement(TAG.profile, 'OB', profile)] }));
    expect((await profiled(srgbProfile())).pixels.data).toEqual(DRAWN.data);
    const swapped = srgbProfile();
    const names = Buffer.from(swapped.buffer);
    names.write('bXYZ', names.indexOf('rXYZ'));
    names.write('rXYZ', names.lastIndexOf('bXYZ'));
    expect((await profiled(swapped)).pixels.data).not.toEqual(DRAWN.data);
    expect((await profiled(Uint8Array.of(1, 2))).pixels.data).toEqual(DRAWN.data);
  });

  it('is refused with a code when its picture is broken or too large', async () => {
    const broken = { ...rgb(DRAWN), pixels: [Uint8Array.of(1, 2, 3, 4)], transferSyntax: JPEG_BASELINE };
    await expect(decodePhoto(source(broken))).rejects.toMatchObject({
      code: 'cannot-decode',
      values: { format: expect.stringMatching(/JPEG|DICOM/) as string },
    });
    const huge = { ...rgb(DRAWN), width: 65_535, height: 65_535 };
    await expect(decodePhoto(source(huge))).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe.each(['native', 'jpeg'])('a %s portrait', (kind) => {
  let given: SourceFile;
  let result: ProtectResult;
  let dataSet: DataSet;

  beforeAll(async () => {
    given = source(kind === 'jpeg' ? jpeg(portrait, await encodeJpeg(portrait)) : rgb(portrait));
    result = await protect(given);
    ({ dataSet } = readDicom(result.file.bytes));
  });

  it('is protected as DICOM, without anything of the patient', () => {
    expect(result).toMatchObject({ mime: 'application/dicom', proof: { verdict: 'protected' } });
    expect(result.proof.sealedOriginalMatches).toBe(true);
    expect(result.file.name).toMatch(/^protected-[0-9a-f]{8}\.dcm$/);
    const latin1 = Buffer.from(result.file.bytes).toString('latin1');
    for (const word of PRIVATE_WORDS) expect(latin1, word).not.toContain(word);
    expect(text(dataSet, TAG.recognisable)).toBe('NO');
    expect(text(dataSet, TAG.lossy)).toBe(kind === 'jpeg' ? '01' : '00');
    expect(text(dataSet, TAG.photometric)).toBe(kind === 'jpeg' ? 'YBR_FULL_422' : 'RGB');
  });

  it('gives the very file back', async () => {
    expect(await summarise(result.file)).toMatchObject({ kind: 'sealed' });
    const restored = await restorePhoto(
      result.file,
      result.key,
      { mode: 'auto', allowWrongKey: false },
      () => Promise.resolve(tools),
      silent(),
    );
    expect(restored).toMatchObject({ method: 'exact', mime: 'application/dicom' });
    expect(await checkOriginal(result.file, result.key)).toMatchObject({ pixelsChanged: false });
    expect(restored.file.name).toBe('IM0001.dcm');
    expect(Buffer.from(restored.file.bytes).equals(Buffer.from(given.bytes))).toBe(true);
  });
});

it('does not claim that nobody can be recognised where somebody was left out, or has to look', async () => {
  const left = await protect(source(rgb(portrait)), {}, { extra: true });
  expect(text(readDicom(left.file.bytes).dataSet, TAG.recognisable)).toBe('YES');
  const written = { ...rgb(portrait), others: [textElement(TAG.burnedIn, 'CS', 'YES')] };
  const doubtful = await protect(source(written));
  expect(doubtful.proof).toMatchObject({ verdict: 'doubtful', findings: [{ kind: 'burned-in' }] });
  expect(Buffer.from(withdrawClaims(doubtful.file.bytes)).equals(Buffer.from(doubtful.file.bytes))).toBe(
    true,
  );
});

it('claims nothing of what a mosaic covers, a face or writing', async () => {
  const written = { ...rgb(portrait), others: [textElement(TAG.burnedIn, 'CS', 'YES')] };
  const area = { x: 0, y: 0, width: 200, height: 40 };
  for (const [stored, asked, done] of [
    [rgb(portrait), { covered: [0] }, /^Face or part of the picture covered[^;]*$/],
    [written, { areas: [area] }, /^Face replaced.*; Face or part of the picture covered/],
  ] as const) {
    const { proof, file } = await protect(source(stored), {}, asked);
    const { dataSet } = readDicom(file.bytes);
    expect(proof.verdict).toBe('covered');
    expect([text(dataSet, TAG.identityRemoved), text(dataSet, TAG.recognisable)]).toEqual(['NO', 'YES']);
    expect(dataSet.has(TAG.deidentification)).toBe(false);
    expect(text(dataSet, TAG.derivation)).toMatch(done);
  }
});

it('protects one frame of several, and compares the original by that frame', async () => {
  const { width, height, data } = portrait;
  const grey = data.map((_, i) => (i % 4 === 3 ? 255 : 90));
  const both = Buffer.concat([rgb({ width, height, data: grey }).pixels, rgb(portrait).pixels] as Buffer[]);
  const given = source({ ...rgb(portrait), pixels: both, frames: 2 }, 1);
  const { file, key } = await protect(given);
  // An archive that changes a pixel somewhere.
  const changed = file.bytes.slice();
  changed[changed.length - 10]! ^= 1;
  const restored = await restorePhoto(
    { ...file, bytes: changed },
    key,
    { mode: 'auto', allowWrongKey: false },
    () => Promise.resolve(tools),
    silent(),
  );
  // The frame that was protected is the one to be shown.
  expect(restored).toMatchObject({ method: 'exact', file: { frame: 1 } });
  const check = await checkOriginal({ ...file, bytes: changed }, key);
  expect(check).toMatchObject({ pixelsChanged: true, samePicture: true });
});

async function protect(
  given: SourceFile,
  output: Partial<ProtectOptions['output']> = {},
  { extra = false, ...asked }: Partial<ProtectOptions> & { readonly extra?: boolean } = {},
): Promise<ProtectResult> {
  const found = await inspectPhoto(given, tools, silent());
  const [face] = found.faces;
  // Somebody beside, who is not chosen.
  const others = extra ? [{ ...face!, face: { ...face!.face, id: 1 } }] : [];
  const inspected = { ...found, faces: [...found.faces, ...others] };
  expect(inspectionOf(inspected).format).toBe('dicom');
  const options: ProtectOptions = {
    faces: [0],
    signThreshold: 0.5,
    keepBothEyes: true,
    output: { format: 'dicom', size: 'original', sealOriginal: true, ...output },
    ...asked,
  };
  return protectPhoto(inspected, options, tools, silent());
}

function silent(): StepClock {
  return new StepClock(() => undefined);
}
