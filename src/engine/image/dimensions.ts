import { viewOf } from '../../record/bytes';
import { listParts } from '../../record/jpeg';
import { RofiError } from '../../errors';
import type { ImageFormat } from '../types';
import { FORMAT_NAMES } from './format';

/** As many as telephones call 50 megapixels: 8192 × 6144. */
const MAX_PIXELS = 50.4e6;
/** The largest photo. */
export const MAX_MEGABYTES = 64;
/** A protected file holds the largest picture, as a PNG that does not compress, and the largest original. */
export const MAX_PROTECTED_MEGABYTES = 266;

/** Width and height in pixels as stored, before any orientation is applied. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** How a JPEG is coded, from its frame header. */
export interface JpegFrame extends Dimensions {
  /** Number of the start-of-frame marker: 0 baseline, 1 extended, 2 progressive, others rare. */
  readonly process: number;
  readonly bits: number;
  readonly channels: number;
}

/**
 * Refuses a picture from its header, before memory is spent on it. Formats whose header is not read here are refused
 * by their decoder.
 *
 * @throws RofiError `too-large`; `cannot-decode` when the header is cut off or names no size
 */
export function refuseTooLarge(bytes: Uint8Array, format: ImageFormat, maxMegabytes: number): void {
  if (isMeasured(format)) refuseTooManyPixels(readDimensions(bytes, format), bytes.length, maxMegabytes);
}

/** @throws RofiError `too-large` */
export function refuseTooManyPixels(
  { width, height }: Dimensions,
  bytes: number,
  maxMegabytes: number,
): void {
  const megabytes = bytes / 2 ** 20;
  if (megabytes <= maxMegabytes && width * height <= MAX_PIXELS) return;
  throw new RofiError('too-large', `${String(width)}×${String(height)}`, {
    megapixels: Math.ceil(width * height * 1e-5) / 10,
    megabytes: Math.ceil(megabytes),
    maxMegapixels: Math.floor(MAX_PIXELS / 1e6),
    maxMegabytes,
  });
}

type Measured = 'jpeg' | 'png' | 'webp';

function isMeasured(format: ImageFormat): format is Measured {
  return format in READERS;
}

/**
 * Reads the size from the header.
 *
 * @throws RofiError `cannot-decode` when the header is cut off or names no size
 */
export function readDimensions(bytes: Uint8Array, format: Measured): Dimensions {
  try {
    const size = READERS[format](bytes);
    if (size.width > 0 && size.height > 0) return size;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const values = { format: FORMAT_NAMES[format] };
  throw new RofiError('cannot-decode', `the ${format} header names no size`, values);
}

const READERS: Readonly<Record<Measured, (bytes: Uint8Array) => Dimensions>> = {
  jpeg: readJpegFrame,
  png: pngDimensions,
  webp: (bytes) => webpDimensions(viewOf(bytes)),
};

/** @throws RangeError without a frame header */
export function readJpegFrame(bytes: Uint8Array): JpegFrame {
  const frame = listParts(bytes).find(({ name }) => name.startsWith('SOF'));
  if (frame === undefined || frame.end - frame.start < 6) throw new RangeError('no frame header');
  const view = viewOf(bytes);
  const { start, name } = frame;
  return {
    process: Number(name.slice(3)),
    bits: view.getUint8(start),
    height: view.getUint16(start + 1),
    width: view.getUint16(start + 3),
    channels: view.getUint8(start + 5),
  };
}

/** @throws RangeError when another chunk comes first, as in Apple's own kind */
function pngDimensions(bytes: Uint8Array): Dimensions {
  const view = viewOf(bytes);
  if (view.getUint32(12) !== 0x49484452 /* IHDR */) throw new RangeError('the header does not come first');
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function webpDimensions(view: DataView): Dimensions {
  const chunk = view.getUint32(12);
  if (chunk === 0x56503858 /* VP8X */) {
    return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  }
  if (chunk === 0x5650384c /* VP8L */) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
