import { RofiError } from '../../errors';
import { pixelsDigest } from '../../record/record';
import type { RecordHeader } from '../../record/types';
import type { Glance } from '../api';
import { decodePhoto } from '../image/decode';
import { MAX_PROTECTED_MEGABYTES } from '../image/limits';
import { previewOf } from '../image/resize';
import type { Photo, Pixels, SourceFile } from '../types';
import { readHeader } from './found-record';
import type { Decode } from './last-photo';

/**
 * A protected file holds its picture and, sealed, the whole original.
 *
 * @throws RofiError what decoding throws
 */
export function decodeProtected(file: SourceFile): Promise<Photo> {
  return decodePhoto(file, MAX_PROTECTED_MEGABYTES);
}

/**
 * What a file shows, without any key.
 *
 * @throws RofiError what decoding throws, unless a record makes up for the picture
 */
export async function glance(file: SourceFile, decode: Decode = decodeProtected): Promise<Glance> {
  const header = await readHeader(file);
  const photo = header === null ? await decode(file) : await ifPossible(decode(file));
  return {
    preview: photo && previewOf(photo.pixels),
    pixelsChanged: header !== null && (photo === null || (await arePixelsChanged(photo.pixels, header))),
  };
}

/** A picture that cannot be shown is no reason to keep back what is sealed with it, or is it itself. */
export async function ifPossible(decoded: Promise<Photo>): Promise<Photo | null> {
  try {
    return await decoded;
  } catch (error) {
    if (error instanceof RofiError && error.code !== 'out-of-memory') return null;
    throw error;
  }
}

/** A photo is looked at first, and restored then. */
const digests = new WeakMap<Pixels, Promise<string>>();

/** Whether pixels are no longer those of a record. */
export async function arePixelsChanged(pixels: Pixels, { image }: RecordHeader): Promise<boolean> {
  const digest = digests.get(pixels) ?? pixelsDigest(pixels);
  digests.set(pixels, digest);
  return (await digest) !== image.sha256;
}
