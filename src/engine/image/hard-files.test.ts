/** Files that other programs trip over, made here, and what each must give. A new one is a row. */
import * as magick from '@imagemagick/magick-wasm';
import { MagickFormat, type IMagickImage } from '@imagemagick/magick-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { concat, encodeText, uint32 } from '../../bytes';
import { crc32 } from '../../crc32';
import { listChunks } from '../../formats/png/chunks';
import { readCodec } from '../testing/codecs';
import { drawPixels, samplePhoto } from '../testing/photos';
import type { Photo, Pixels } from '../types';
import { compiled, encodeJpeg, encodePng, useCodecs } from './codecs';
import { decodePhoto } from './decode';
import { layOnWhite } from './transparency';

/** Skin and eye colours in blocks. */
const PICTURE = drawPixels(64, 48, (x, y) => [120 + x, 90 + 2 * y, (x >> 3) * 20]);
type Bytes = Uint8Array<ArrayBuffer>;
type Row = readonly [name: string, make: () => Promise<Bytes>, tolerance: number];

beforeAll(() => {
  useCodecs(readCodec);
});

const decode = (bytes: Uint8Array): Promise<Photo> => decodePhoto({ name: 'photo', bytes });

describe('shown as they are meant', () => {
  const rows: readonly Row[] = [
    ['a JPEG without its end marker', async () => (await jpeg()).slice(0, -2), 1],
    ['a JPEG with stray bytes between segments', async () => insert(await jpeg(), 20, [1, 2, 3, 0xfe]), 1],
    ['a JPEG with a comment of length 0', async () => insert(await jpeg(), 20, [0xff, 0xfe, 0, 0]), 1],
    ['a JPEG with a warning that means nothing', async () => strayAtEnd(await jpeg()), 1],
    [
      'a CMYK JPEG',
      () => written(MagickFormat.Jpeg, (image) => void (image.colorSpace = magick.ColorSpace.CMYK)),
      4,
    ],
    ['a TIFF', () => written(MagickFormat.Tiff), 0],
    ['a BMP', () => written(MagickFormat.Bmp), 0],
    ['a JPEG 2000', () => written(MagickFormat.Jp2), 3],
    ['a JPEG XL', () => written(MagickFormat.Jxl), 3],
    ['a PNG without its end', async () => (await encodePng(PICTURE)).slice(0, -12), 0],
    ['a PNG with a spoiled profile', () => pngWith(chunk('iCCP', Uint8Array.of(65, 0, 0, 1, 2, 3))), 0],
    [
      'a PNG with two profiles',
      () => pngWith(chunk('iCCP', Uint8Array.of(65, 0, 0)), chunk('iCCP', Uint8Array.of(66, 0, 0))),
      0,
    ],
    ['a PNG with a gamma cut short', () => pngWith(chunk('gAMA', Uint8Array.of(0, 1))), 0],
    [
      'a PNG with a chunk whose checksum is wrong',
      () => pngWith(chunk('tEXt', encodeText('a\0b')).fill(0, -4)),
      0,
    ],
    ['a PNG in linear light', () => pngOf(linear, chunk('gAMA', uint32(100_000))), 2],
    [
      'a PNG whose cICP says Display P3 of grey',
      () => pngOf(PICTURE_GREY, chunk('cICP', Uint8Array.of(12, 13, 0, 1))),
      1,
    ],
    [
      'a PNG with all it takes to be sRGB',
      () => pngWith(chunk('sRGB', Uint8Array.of(0)), chunk('gAMA', uint32(45_455))),
      0,
    ],
  ];
  it.each(rows)('%s', async (name, make, tolerance) => {
    const { pixels } = await decode(await make());
    expect(distance(pixels, name.includes('grey') ? PICTURE_GREY : PICTURE)).toBeLessThanOrEqual(tolerance);
  });

  it('the first frame of an animated PNG, and says that there are more', async () => {
    const { pixels, animated } = await decode(await animatedPng());
    expect(animated).toBe(true);
    expect(distance(pixels, PICTURE)).toBe(0);
  });
});

describe('refused', () => {
  it.each([0.5, 0.9])('a JPEG cut at %f after a harmless warning', async (share) => {
    const { bytes } = await samplePhoto(2);
    const cut = strayEarly(bytes.slice(0, bytes.length * share));
    await expect(decode(cut)).rejects.toMatchObject({ code: 'cannot-decode', values: { format: 'JPEG' } });
  });

  it('a JPEG whose end was never written', async () => {
    const { bytes } = await samplePhoto(2);
    const padded = bytes.slice().fill(0, bytes.length * 0.6);
    await expect(decode(padded)).rejects.toMatchObject({ code: 'cannot-decode' });
  });

  it.each([
    ['Photoshop (PSD)', '8BPS'],
    ['PDF', '%PDF-1.7'],
    ['SVG', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['MP4', '\0\0\0\x18ftypisom\0\0\0\0'],
    ['RAW', '\0\0\0\x18ftypcrx \0\0\0\0'],
    ['Word', 'PK\x03\x04........word/document.xml'],
    ['ZIP', 'PK\x03\x04........notes.txt'],
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0'],
  ])('%s by its name', async (format, content) => {
    const bytes = Uint8Array.from(content, (letter) => letter.charCodeAt(0));
    await expect(decode(bytes)).rejects.toMatchObject({ code: 'unsupported-format', values: { format } });
  });

  it('more pixels than telephones have, and not as many as they call 50 megapixels', async () => {
    const sized = async (width: number, height: number): Promise<Bytes> => {
      const png = await encodePng(PICTURE);
      png.set([...uint32(width), ...uint32(height)], 16);
      return png;
    };
    await expect(decode(await sized(8192, 6144))).rejects.toMatchObject({ code: 'cannot-decode' });
    await expect(decode(await sized(9000, 6000))).rejects.toMatchObject({
      code: 'too-large',
      values: { megapixels: 54, maxMegapixels: 50 },
    });
  });
});

describe('what is transparent', () => {
  const hidden: Pixels = { ...PICTURE, data: PICTURE.data.slice() };
  for (let i = 3; i < hidden.data.length / 2; i += 4) hidden.data[i] = i % 8 === 3 ? 0 : 8;

  it('is of one colour, and seen pixels are as they were', async () => {
    const { pixels } = await decode(await encodePng(hidden));
    const half = hidden.data.length / 2;
    expect(new Set(pixels.data.subarray(0, half).filter((_, i) => i % 4 < 3))).toEqual(new Set([255]));
    expect(pixels.data.subarray(half)).toEqual(PICTURE.data.subarray(half));
    expect((await decode(await encodePng(pixels))).pixels.data).toEqual(pixels.data);
  });

  it('lies on white where a format knows no transparency', () => {
    const laid = layOnWhite({ width: 1, height: 1, data: Uint8ClampedArray.of(0, 100, 255, 51) });
    expect([...laid.data]).toEqual([204, 224, 255, 255]);
    expect(layOnWhite(PICTURE)).toBe(PICTURE);
  });
});

describe('what is listed as left out', () => {
  it.each([
    ['comment', 'Größe', async () => insert(await jpeg(), 20, [0xff, 0xfe, 0, 9, ...encodeText('Größe')])],
    ['trailing', '28 B', async () => concat(await jpeg(), encodeText('....ftypmp42'), new Uint8Array(16))],
    [
      'xmp',
      'Jane',
      async () => insert(await jpeg(), 20, segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${XMP}`)),
    ],
    ['other', '4 B', async () => insert(await jpeg(), 20, segment(0xe5, 'Jane'))],
    ['animation', '2', animatedPng],
  ] as const)('%s: %s', async (group, value, make) => {
    const { metadata } = await decode(await make());
    expect(metadata).toContainEqual(expect.objectContaining({ group, value }));
  });

  it('is not padding', async () => {
    expect((await decode(concat(await jpeg(), new Uint8Array(1000)))).metadata).toEqual([]);
  });
});

const XMP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="Jane"/></rdf:RDF></x:xmpmeta>';

const PICTURE_GREY = drawPixels(64, 48, (x) => [40 + 3 * x, 40 + 3 * x, 40 + 3 * x]);

const linear = drawPixels(64, 48, (x, y) => {
  const light = (value: number): number => 255 * ((value / 255 + 0.055) / 1.055) ** 2.4;
  return [light(120 + x), light(90 + 2 * y), light((x >> 3) * 20)];
});

const jpeg = (): Promise<Bytes> => encodeJpeg(PICTURE);

function insert(bytes: Uint8Array, at: number, more: readonly number[]): Bytes {
  return Uint8Array.from([...bytes.subarray(0, at), ...more, ...bytes.subarray(at)]);
}

/** Coded bytes too many, before the end marker. */
function strayAtEnd(bytes: Uint8Array): Bytes {
  return insert(bytes, bytes.length - 2, [1, 2, 3, 4]);
}

/** A newer JFIF than decoders know: their first warning. */
function strayEarly(bytes: Uint8Array): Bytes {
  const changed = Uint8Array.from(bytes);
  changed[11] = 2;
  return changed;
}

function segment(marker: number, text: string): readonly number[] {
  const content = encodeText(text);
  return [0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 0xff, ...content];
}

function chunk(name: string, data: Uint8Array): Bytes {
  const typed = concat(encodeText(name), data);
  return concat(uint32(data.length), typed, uint32(crc32(typed)));
}

async function pngOf(pixels: Pixels, ...chunks: readonly Uint8Array[]): Promise<Bytes> {
  const png = await encodePng(pixels);
  return concat(png.subarray(0, 33), ...chunks, png.subarray(33));
}

const pngWith = (...chunks: readonly Uint8Array[]): Promise<Bytes> => pngOf(PICTURE, ...chunks);

/** A grey picture for readers without animation; for others {@link PICTURE} and another one. */
async function animatedPng(): Promise<Bytes> {
  const data = async (pixels: Pixels): Promise<Uint8Array> => {
    const png = await encodePng(pixels);
    return concat(
      ...listChunks(png)
        .filter(({ name }) => name === 'IDAT')
        .map(({ start, end }) => png.subarray(start, end)),
    );
  };
  const control = (number: number): Uint8Array =>
    chunk(
      'fcTL',
      concat(uint32(number), uint32(64), uint32(48), new Uint8Array(8), Uint8Array.of(0, 1, 0, 10, 0, 0)),
    );
  const still = await encodePng(PICTURE_GREY);
  return concat(
    still.subarray(0, 33),
    chunk('acTL', concat(uint32(2), uint32(0))),
    still.subarray(33, -12),
    control(0),
    chunk('fdAT', concat(uint32(1), await data(PICTURE))),
    control(2),
    chunk('fdAT', concat(uint32(3), await data(PICTURE_GREY))),
    still.subarray(-12),
  );
}

/** The picture written by the library. */
async function written(
  format: MagickFormat,
  change: (image: IMagickImage) => void = () => undefined,
): Promise<Bytes> {
  await magick.initializeImageMagick(await compiled('wide'));
  return magick.ImageMagick.read(await encodePng(PICTURE), (image) => {
    image.hasAlpha = false;
    change(image);
    image.quality = 98;
    return image.write(format, (bytes) => Uint8Array.from(bytes));
  });
}

/** Mean difference of colour channels, in levels. */
function distance(one: Pixels, other: Pixels): number {
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  let sum = 0;
  for (let i = 0; i < one.data.length; i++) sum += Math.abs((one.data[i] ?? 0) - (other.data[i] ?? 0));
  return sum / (one.width * one.height * 3);
}
