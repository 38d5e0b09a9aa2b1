/** Pixels that are stored as they are (PS3.5, 8; PS3.3, C.7.6.3). */
import { viewOf } from '../bytes';
import { RofiError } from '../errors';
import { TAG } from './tags';
import type { DataSet, PhotoDescription } from './types';
import { broken, uint16 } from './values';

type Stored = Pick<PhotoDescription, 'width' | 'height' | 'photometric'>;

/** How many bytes each frame takes. */
export function bytesAFrame({ width, height, photometric }: Stored): number {
  if (photometric === 'YBR_FULL_422') return 2 * width * height;
  return width * height * (photometric === 'RGB' || photometric === 'YBR_FULL' ? 3 : 1);
}

/**
 * A frame as RGBA, row by row from the top.
 *
 * @param bytes - as many as {@link bytesAFrame} says
 * @throws RofiError `cannot-decode`, `dicom-coding`
 */
export function toRgba(bytes: Uint8Array, stored: Stored, dataSet: DataSet): Uint8ClampedArray<ArrayBuffer> {
  const { photometric } = stored;
  if (photometric === 'PALETTE COLOR') return fromPalette(bytes, dataSet);
  if (photometric.startsWith('MONOCHROME')) return fromGrey(bytes, photometric, dataSet);
  if (photometric === 'YBR_FULL_422') return fromHalvedChroma(bytes, stored);
  const count = stored.width * stored.height;
  const planes = uint16(dataSet, TAG.planar) === 1;
  const [step, next] = planes ? [1, count] : [3, 1];
  const out = opaque(count);
  const put = photometric === 'RGB' ? putRgb : putYbr;
  for (let i = 0; i < count; i++) {
    const at = i * step;
    put(out, i, bytes[at] ?? 0, bytes[at + next] ?? 0, bytes[at + 2 * next] ?? 0);
  }
  return out;
}

function opaque(count: number): Uint8ClampedArray<ArrayBuffer> {
  return new Uint8ClampedArray(4 * count).fill(255);
}

function putRgb(out: Uint8ClampedArray, pixel: number, red: number, green: number, blue: number): void {
  out[4 * pixel] = red;
  out[4 * pixel + 1] = green;
  out[4 * pixel + 2] = blue;
}

/** BT.601 over the full range. */
function putYbr(out: Uint8ClampedArray, pixel: number, y: number, cb: number, cr: number): void {
  putRgb(
    out,
    pixel,
    y + 1.402 * (cr - 128),
    y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128),
    y + 1.772 * (cb - 128),
  );
}

/** Two lumas, then the chroma of both. */
function fromHalvedChroma(bytes: Uint8Array, { width, height }: Stored): Uint8ClampedArray<ArrayBuffer> {
  if (width % 2 === 1) throw broken('an odd width of halved chroma');
  const out = opaque(width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const pair = 4 * (pixel >> 1);
    putYbr(out, pixel, bytes[pair + (pixel & 1)] ?? 0, bytes[pair + 2] ?? 0, bytes[pair + 3] ?? 0);
  }
  return out;
}

function fromGrey(bytes: Uint8Array, photometric: string, dataSet: DataSet): Uint8ClampedArray<ArrayBuffer> {
  const bits = uint16(dataSet, TAG.bitsStored) ?? 8;
  const most = 2 ** Math.min(Math.max(bits, 1), 8) - 1;
  const out = opaque(bytes.length);
  bytes.forEach((value, pixel) => {
    const level = (255 * (value & most)) / most;
    const shown = photometric === 'MONOCHROME1' ? 255 - level : level;
    putRgb(out, pixel, shown, shown, shown);
  });
  return out;
}

function fromPalette(bytes: Uint8Array, dataSet: DataSet): Uint8ClampedArray<ArrayBuffer> {
  const [red, green, blue] = [
    table(dataSet, TAG.redTable, TAG.redEntries),
    table(dataSet, TAG.greenTable, TAG.greenEntries),
    table(dataSet, TAG.blueTable, TAG.blueEntries),
  ];
  const out = opaque(bytes.length);
  bytes.forEach((value, pixel) => {
    putRgb(out, pixel, red[value] ?? 0, green[value] ?? 0, blue[value] ?? 0);
  });
  return out;
}

/** The 8-bit level of each stored value, from a table of 8 or 16 bits that begins at some value. */
function table(dataSet: DataSet, description: number, content: number): Uint8Array {
  const entries = uint16(dataSet, description) || 2 ** 16;
  const first = uint16(dataSet, description, 1) ?? 0;
  const bits = uint16(dataSet, description, 2);
  const data = dataSet.get(content)?.value;
  if (data === undefined)
    throw new RofiError('dicom-coding', 'no plain palette', { coding: 'PALETTE COLOR' });
  // Eight bits stand packed, or in words of their own.
  const words = data.length >= 2 * entries;
  if (!words && data.length < entries) throw broken('palette cut off');
  const view = viewOf(data);
  const level = (i: number): number => {
    const value = words ? view.getUint16(2 * i, true) : view.getUint8(i);
    return words && bits === 16 ? value >> 8 : value & 0xff;
  };
  return Uint8Array.from({ length: 256 }, (_, value) =>
    level(Math.min(Math.max(value - first, 0), entries - 1)),
  );
}
