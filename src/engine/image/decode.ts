import { RofiError } from '../../errors';
import { asRofiError } from '../as-rofi-error';
import type { ImageFormat, Photo, Pixels, SourceFile } from '../types';
import { readColourProfile, toSrgb } from './colour-profile';
import { decodeJpeg, decodePng, decodeWebp } from './codecs';
import { readDimensions, type Dimensions } from './dimensions';
import { sniffFormat } from './format';
import { listMetadata, readOrientation } from './metadata';
import { applyOrientation } from './orientation';

export const MAX_MEGAPIXELS = 50;
export const MAX_MEGABYTES = 64;
/** A protected file holds the largest picture, as a PNG that does not compress, and the largest original. */
export const MAX_PROTECTED_MEGABYTES = MAX_MEGABYTES + 4 * MAX_MEGAPIXELS;

const DECODERS: Readonly<Record<ImageFormat, (bytes: Uint8Array) => Promise<Pixels>>> = {
  jpeg: decodeJpeg,
  png: decodePng,
  webp: decodeWebp,
};

/**
 * Decodes a chosen file off-canvas, takes its colours to sRGB, turns it upright and lists the metadata that will not be carried over.
 *
 * @throws RofiError `empty-file`, `not-an-image`, `unsupported-format`, `too-large`, `cannot-decode`,
 * `out-of-memory`
 */
export async function decodePhoto(source: SourceFile, maxMegabytes = MAX_MEGABYTES): Promise<Photo> {
  const { bytes } = source;
  const format = sniffFormat(bytes);
  refuseTooLarge(bytes, readDimensions(bytes, format), maxMegabytes);
  const stored = await decodePixels(bytes, format);
  // A header may say anything.
  refuseTooLarge(bytes, stored, maxMegabytes);
  const profile = readColourProfile(bytes, format);
  return {
    source,
    format,
    pixels: applyOrientation(profile ? toSrgb(stored, profile) : stored, readOrientation(bytes)),
    metadata: listMetadata(bytes),
  };
}

/**
 * Decodes pixels as stored, without orientation: enough for files this product wrote itself.
 *
 * @throws RofiError `cannot-decode`, `out-of-memory`
 */
export async function decodePixels(bytes: Uint8Array, format: ImageFormat): Promise<Pixels> {
  try {
    return await DECODERS[format](bytes);
  } catch (thrown) {
    throw asRofiError(thrown, 'cannot-decode');
  }
}

function refuseTooLarge(bytes: Uint8Array, { width, height }: Dimensions, maxMegabytes: number): void {
  const megabytes = bytes.length / 2 ** 20;
  const megapixels = (width * height) / 1e6;
  if (megabytes <= maxMegabytes && megapixels <= MAX_MEGAPIXELS) return;
  throw new RofiError('too-large', `${String(width)}×${String(height)}`, {
    megapixels: Math.ceil(megapixels),
    megabytes: Math.ceil(megabytes),
    maxMegapixels: MAX_MEGAPIXELS,
    maxMegabytes,
  });
}
