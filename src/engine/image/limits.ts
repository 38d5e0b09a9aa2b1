import { RofiError } from '../../errors';
import type { Size } from '../../formats/format';
import type { ImageFormat } from '../../formats/labels';
import { readSize } from '../../formats/readers';

/** As many as telephones call 50 megapixels: 8192 × 6144. */
const MAX_PIXELS = 50.4e6;
/** The largest photo. */
export const MAX_MEGABYTES = 64;
/** A protected file holds the largest picture, as a PNG that does not compress, and the largest original. */
export const MAX_PROTECTED_MEGABYTES = 266;

/**
 * Refuses a picture from its header, before memory is spent on it. Formats whose header is not read here are refused
 * by their decoder.
 *
 * @throws RofiError `too-large`; `cannot-decode` when the header is cut off or names no size
 */
export function refuseTooLarge(bytes: Uint8Array, format: ImageFormat, maxMegabytes: number): void {
  const size = readSize(bytes, format);
  if (size !== null) refuseTooManyPixels(size, bytes.length, maxMegabytes);
}

/** @throws RofiError `too-large` */
export function refuseTooManyPixels({ width, height }: Size, bytes: number, maxMegabytes: number): void {
  const megabytes = bytes / 2 ** 20;
  if (megabytes <= maxMegabytes && width * height <= MAX_PIXELS) return;
  throw new RofiError('too-large', `${String(width)}×${String(height)}`, {
    megapixels: Math.ceil(width * height * 1e-5) / 10,
    megabytes: Math.ceil(megabytes),
    maxMegapixels: Math.floor(MAX_PIXELS / 1e6),
    maxMegabytes,
  });
}
