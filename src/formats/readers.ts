import { RofiError } from '../errors';
import { readBoxedColours } from './base-media/colours';
import type { Colours } from './colours/profile';
import type { FormatReader, Size } from './format';
import { listHiddenInGif } from './gif/hidden';
import { readJpegColours } from './jpeg/colours';
import { readJpegFrame } from './jpeg/frame';
import { listHiddenInJpeg } from './jpeg/hidden';
import { LABELS, type ImageFormat } from './labels';
import type { MetadataEntry } from './metadata-entry';
import { readPngColours } from './png/colours';
import { listHiddenInPng } from './png/hidden';
import { readPngSize } from './png/size';
import { readWebpColours } from './webp/colours';
import { readWebpSize } from './webp/header';
import { listHiddenInWebp } from './webp/hidden';

/** What is read of each format beside its pixels; of those that are missing only the decoder reads anything. */
const READERS: Readonly<Partial<Record<ImageFormat, FormatReader>>> = {
  jpeg: { readSize: readJpegFrame, readColours: readJpegColours, listHidden: listHiddenInJpeg },
  png: { readSize: readPngSize, readColours: readPngColours, listHidden: listHiddenInPng },
  webp: { readSize: readWebpSize, readColours: readWebpColours, listHidden: listHiddenInWebp },
  avif: { readColours: readBoxedColours },
  heic: { readColours: readBoxedColours },
  gif: { listHidden: listHiddenInGif },
};

/**
 * Reads a picture's size from its header.
 *
 * @returns null for formats whose header only their decoder reads
 * @throws RofiError `cannot-decode` when the header is cut off or names no size
 */
export function readSize(bytes: Uint8Array, format: ImageFormat): Size | null {
  const read = READERS[format]?.readSize;
  if (read === undefined) return null;
  try {
    const size = read(bytes);
    if (size.width > 0 && size.height > 0) return size;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  const values = { format: LABELS[format].name };
  throw new RofiError('cannot-decode', `the ${format} header names no size`, values);
}

/** The colours a file claims. What is broken or does not fit the picture counts as nothing, as in browsers. */
export function readColours(bytes: Uint8Array, format: ImageFormat): Colours {
  try {
    return READERS[format]?.readColours?.(bytes) ?? null;
  } catch {
    return null;
  }
}

/**
 * What lies in a file beside its picture and is no tag, as far as its format is known here: comments, further pictures,
 * videos, unknown parts.
 *
 * @throws RofiError `damaged-file` for more parts than any file has
 */
export function listHidden(bytes: Uint8Array, format: ImageFormat): readonly MetadataEntry[] {
  return READERS[format]?.listHidden?.(bytes) ?? [];
}
