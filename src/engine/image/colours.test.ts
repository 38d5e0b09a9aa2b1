import { zlibSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { crc32 } from '../../crc32';
import type { ColourProfile } from '../../formats/colours/profile';
import { readColours } from '../../formats/readers';
import { readCodec } from '../testing/codecs';
import { drawPixels } from '../testing/photos';
import { encodeJpeg, encodePng, useCodecs } from './codecs';
import { decodePhoto } from './decode';
import { toSrgb } from './to-srgb';

/** Display P3 with a parametric curve, and with a plain gamma of 1.8. */
const DISPLAY_P3 = Buffer.from(
  'AAABzAAAAAAEMAAAbW50clJHQiBYWVogB+oAAQABAAAAAAAAYWNzcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPbWAAEAAAAA0y0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJZGVzYwAAAPAAAABdY3BydAAAAVAAAAAMd3RwdAAAAVwAAAAUclhZWgAAAXAAAAAUZ1hZWgAAAYQAAAAUYlhZWgAAAZgAAAAUclRSQwAAAawAAAAgZ1RSQwAAAawAAAAgYlRSQwAAAawAAAAgZGVzYwAAAAAAAAADUDMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAdGV4dAAAAABDQzAAWFlaIAAAAAAAAPbWAAEAAAAA0y1YWVogAAAAAAAAg98AAD2/////u1hZWiAAAAAAAABKvwAAsTcAAAq5WFlaIAAAAAAAACg4AAARCwAAyLlwYXJhAAAAAAADAAAAAmZmAADypwAADVkAABPQAAAKWw==',
  'base64',
);
const GAMMA = Buffer.from(
  'AAABvAAAAAAEMAAAbW50clJHQiBYWVogB+oAAQABAAAAAAAAYWNzcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPbWAAEAAAAA0y0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJZGVzYwAAAPAAAABdY3BydAAAAVAAAAAMd3RwdAAAAVwAAAAUclhZWgAAAXAAAAAUZ1hZWgAAAYQAAAAUYlhZWgAAAZgAAAAUclRSQwAAAawAAAAOZ1RSQwAAAawAAAAOYlRSQwAAAawAAAAOZGVzYwAAAAAAAAADUDMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAdGV4dAAAAABDQzAAWFlaIAAAAAAAAPbWAAEAAAAA0y1YWVogAAAAAAAAg98AAD2/////u1hZWiAAAAAAAABKvwAAsTcAAAq5WFlaIAAAAAAAACg4AAARCwAAyLljdXJ2AAAAAAAAAAEBzQAA',
  'base64',
);
type Colour = readonly [number, number, number];
const COLOURS: readonly Colour[] = [
  [200, 100, 80],
  [128, 128, 128],
  [90, 60, 50],
  [230, 180, 160],
  [60, 140, 90],
];
const picture = drawPixels(COLOURS.length, 1, (x) => COLOURS[x] ?? [0, 0, 0]);

beforeAll(() => {
  useCodecs(readCodec);
});

async function pngWith(profile: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const png = await encodePng(picture);
  const data = Buffer.concat([Buffer.from('iCCPP3\0\0', 'latin1'), zlibSync(profile)]);
  const chunk = Buffer.alloc(data.length + 8);
  chunk.writeUInt32BE(data.length - 4);
  data.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(data), data.length + 4);
  return Uint8Array.from([...png.subarray(0, 33), ...chunk, ...png.subarray(33)]);
}

/** In segments of 200 bytes, the last one first: readers go by their numbers. */
async function jpegWith(profile: Uint8Array): Promise<Uint8Array> {
  const jpeg = await encodeJpeg(picture);
  const count = Math.ceil(profile.length / 200);
  const segments = Array.from({ length: count }, (_, i) => {
    const part = profile.subarray(200 * i, 200 * (i + 1));
    const head = Buffer.from('\xff\xe2\0\0ICC_PROFILE\0', 'latin1');
    head.writeUInt16BE(part.length + 16, 2);
    return Buffer.concat([head, Uint8Array.of(i + 1, count), part]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...segments.reverse(), jpeg.subarray(2)]);
}

function webpWith(profile: Uint8Array): Uint8Array {
  const head = Buffer.from('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x20\0\0\0\0\0\0\0\0\0ICCP\0\0\0\0', 'latin1');
  head.writeUInt32LE(profile.length, head.length - 4);
  return Buffer.concat([head, profile]);
}

describe('colour profiles', () => {
  // What LittleCMS 2 gives for the same profile and colours, relative colorimetric.
  it.each([
    [
      'a parametric curve',
      DISPLAY_P3,
      [
        [215, 93, 73],
        [128, 128, 128],
        [95, 58, 48],
        [239, 177, 156],
        [0, 142, 85],
      ],
    ],
    [
      'a gamma',
      GAMMA,
      [
        [224, 113, 93],
        [146, 146, 146],
        [115, 75, 63],
        [243, 191, 173],
        [31, 160, 105],
      ],
    ],
  ] as const)('takes colours to sRGB, from %s', async (_, profile, expected) => {
    const { pixels } = await decodePhoto({ name: 'p3.png', bytes: await pngWith(profile) });
    expected.flat().forEach((value, i) => {
      const got = pixels.data[4 * Math.floor(i / 3) + (i % 3)] ?? -1;
      expect(Math.abs(got - value), String(i)).toBeLessThanOrEqual(1);
    });
    expect(pixels.data[3]).toBe(255);
  });

  it('is found in every container', async () => {
    const expected = readColours(await pngWith(DISPLAY_P3), 'png');
    expect(expected).not.toBeNull();
    expect(readColours(await jpegWith(DISPLAY_P3), 'jpeg')).toEqual(expected);
    expect(readColours(webpWith(DISPLAY_P3), 'webp')).toEqual(expected);
  });

  it('leaves every pixel as it is without one, with a broken one, and with sRGB by another name', async () => {
    expect(readColours(await encodePng(picture), 'png')).toBeNull();
    expect(readColours(await encodeJpeg(picture), 'jpeg')).toBeNull();
    expect(readColours(await pngWith(DISPLAY_P3.subarray(0, 300)), 'png')).toBeNull();
    const profile = readColours(webpWith(DISPLAY_P3), 'webp') as ColourProfile;
    const columns = [
      [0.43607, 0.22249, 0.01392],
      [0.38515, 0.71687, 0.09708],
      [0.14307, 0.06061, 0.7141],
    ] as const;
    expect(toSrgb(picture, { ...profile, columns })).toBe(picture);
  });
});
