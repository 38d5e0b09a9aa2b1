import { beforeAll, describe, expect, it } from 'vitest';
import { readCodec } from '../testing/codecs';
import { drawPixels, samplePhoto } from '../testing/photos';
import type { Pixels } from '../types';
import { encodeJpeg, encodePng, useCodecs } from './codecs';
import { decodePhoto, decodePixels } from './decode';
import { applyOrientation } from './orientation';
import { reduceTo, shrinkTo } from './resize';

const SMALL = drawPixels(3, 2, (x, y) => [x * 80, y * 200, 40]);
const latin1 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (c) => c.charCodeAt(0));
const photo = (bytes: Uint8Array): Promise<unknown> => decodePhoto({ name: 'photo', bytes });

beforeAll(() => {
  useCodecs(readCodec);
});

describe('decodePhoto', () => {
  it('decodes a real photo and lists nothing it does not have', async () => {
    const decoded = await decodePhoto(await samplePhoto(1));
    expect(decoded).toMatchObject({ format: 'jpeg', pixels: { width: 1920, height: 1280 } });
  });

  it.each([
    ['empty-file', ''],
    ['not-an-image', 'hello, world'],
    ['unsupported-format', '\0\0\0\x18ftypheic\0\0\0\0'],
    ['unsupported-format', 'GIF89a'],
    ['cannot-decode', '\xff\xd8\xff\xe0\0\x10JFIF'],
    ['cannot-decode', '\x89PNG\r\n\x1a\n\0\0'],
    ['cannot-decode', 'RIFF\x10\0\0\0WEBPVP8 '],
  ])('refuses with %s', async (code, content) => {
    await expect(photo(latin1(content))).rejects.toMatchObject({ code });
  });

  it('names the format it cannot read', async () => {
    await expect(photo(latin1('\0\0\0\x18ftypheic'))).rejects.toMatchObject({ values: { format: 'HEIC' } });
  });

  it.each([0.3, 0.9, 0.9999])('refuses a JPEG cut at %f of its length', async (share) => {
    const { bytes } = await samplePhoto(2);
    const cut = bytes.subarray(0, Math.floor(bytes.length * share));
    await expect(photo(cut)).rejects.toMatchObject({ code: 'cannot-decode' });
  });

  it('refuses a cut PNG and decodes the next one', async () => {
    const png = await encodePng(drawPixels(64, 64, (x, y) => [x * y, x, y]));
    await expect(photo(png.subarray(0, png.length - 40))).rejects.toMatchObject({ code: 'cannot-decode' });
    await expect(photo(png)).resolves.toMatchObject({ pixels: { width: 64, height: 64 } });
  });

  it('refuses 60 megapixels from the header alone', async () => {
    const png = await encodePng(SMALL);
    new DataView(png.buffer).setUint32(16, 10_000);
    new DataView(png.buffer).setUint32(20, 6_000);
    await expect(photo(png)).rejects.toMatchObject({ code: 'too-large', values: { megapixels: 60 } });
  });

  it('turns the photo upright and lists EXIF and comments', async () => {
    const jpeg = await encodeJpeg(drawPixels(16, 8, (x) => [x < 8 ? 250 : 5, 0, 0]));
    const exif = '\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0';
    const marked = Uint8Array.from([
      ...jpeg.subarray(0, 2),
      ...latin1(`${exif}\xff\xfe\0\x06Anna`),
      ...jpeg.subarray(2),
    ]);
    const decoded = await decodePhoto({ name: 'photo', bytes: marked });
    expect(decoded.pixels).toMatchObject({ width: 8, height: 16 });
    expect(decoded.pixels.data[0]).toBeGreaterThan(200);
    expect(decoded.pixels.data[15 * 8 * 4]).toBeLessThan(50);
    expect(decoded.metadata).toContainEqual({ group: 'comment', name: 'Comment', value: 'Anna' });
    expect(decoded.metadata).toContainEqual(expect.objectContaining({ group: 'exif', name: 'Orientation' }));
  });
});

describe('encoding', () => {
  it('returns the very pixels from a PNG', async () => {
    const decoded = await decodePixels(await encodePng(SMALL), 'png');
    expect([...decoded.data]).toEqual([...SMALL.data]);
  });

  it('keeps single-pixel colour in a JPEG', async () => {
    const stripes = drawPixels(32, 32, (x) => (x % 2 === 0 ? [200, 60, 60] : [60, 60, 200]));
    const decoded = await decodePixels(await encodeJpeg(stripes), 'jpeg');
    const worst = decoded.data.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - (stripes.data[i] ?? 0))),
      0,
    );
    expect(worst).toBeLessThan(30);
  });
});

describe('applyOrientation', () => {
  // The upright picture "ab/cd/ef" as EXIF says a camera may have stored it.
  const stored: readonly (readonly [orientation: number, rows: string])[] = [
    [1, 'ab/cd/ef'],
    [2, 'ba/dc/fe'],
    [3, 'fe/dc/ba'],
    [4, 'ef/cd/ab'],
    [5, 'ace/bdf'],
    [6, 'bdf/ace'],
    [7, 'fdb/eca'],
    [8, 'eca/fdb'],
  ];
  it.each(stored)('turns orientation %i upright', (orientation, rows) => {
    expect(rowsOf(applyOrientation(pixelsOf(rows), orientation))).toBe('ab/cd/ef');
  });
});

describe('reduceTo', () => {
  it('averages whole blocks, each channel for itself', () => {
    const { pixels, factor } = reduceTo(
      drawPixels(35, 20, (x, y) => [x < 16 ? 0 : 250, x % 2 === 0 ? 255 : 155, y < 8 ? 10 : 250]),
      10,
    );
    expect(factor).toBe(4);
    expect(pixels).toMatchObject({ width: 8, height: 5 });
    expect([...pixels.data.subarray(0, 4)]).toEqual([0, 205, 10, 255]);
    expect([...pixels.data.subarray(-4)]).toEqual([250, 205, 250, 255]);
  });
});

describe('shrinkTo', () => {
  it('averages areas and keeps the mean', () => {
    const shrunk = shrinkTo(
      drawPixels(100, 40, (x) => [x < 50 ? 0 : 200, 10, y(x)]),
      10,
    );
    expect(shrunk).toMatchObject({ width: 10, height: 4 });
    expect([...shrunk.data.subarray(0, 4)]).toEqual([0, 10, y(0), 255]);
    expect(shrunk.data[9 * 4]).toBe(200);
  });
  const y = (x: number): number => Math.floor(x / 10) * 20;

  it('leaves a small picture alone', () => {
    expect(shrinkTo(SMALL, 1024)).toBe(SMALL);
  });
});

function pixelsOf(rows: string): Pixels {
  const lines = rows.split('/');
  return drawPixels(lines[0]?.length ?? 0, lines.length, (x, y) => [lines[y]?.charCodeAt(x) ?? 0, 0, 0]);
}

function rowsOf(pixels: Pixels): string {
  const letters = Array.from({ length: pixels.width * pixels.height }, (_, i) =>
    String.fromCharCode(pixels.data[i * 4] ?? 0),
  );
  return Array.from({ length: pixels.height }, (_, y) =>
    letters.slice(y * pixels.width, (y + 1) * pixels.width).join(''),
  ).join('/');
}
