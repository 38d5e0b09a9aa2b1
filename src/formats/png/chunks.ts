/** The chunks a PNG consists of (PNG specification, section 5). */
import { concat, encodeText, uint32, viewOf } from '../../bytes';
import { crc32 } from '../../crc32';
import { letters } from '../letters';
import { refuseTooMany, type ImagePart } from '../parts';
import { SIGNATURE } from './label';

/** Bytes before the first chunk. */
export const SIGNATURE_LENGTH = SIGNATURE.length;

/**
 * Chunks in the file's order, the last one as far as it goes, and `trailing` for bytes after IEND.
 *
 * @throws RofiError `damaged-file` for more chunks than any picture has
 */
export function listChunks(image: Uint8Array): readonly ImagePart[] {
  const view = viewOf(image);
  const parts: ImagePart[] = [];
  let offset = SIGNATURE_LENGTH;
  while (parts.at(-1)?.name !== 'IEND' && offset + 8 <= image.length) {
    const start = offset + 8;
    const end = Math.min(start + view.getUint32(offset), image.length);
    parts.push({ name: letters(image, offset + 4, 4), start, end });
    refuseTooMany(parts);
    offset = end + 4;
  }
  if (offset < image.length) parts.push({ name: 'trailing', start: offset, end: image.length });
  return parts;
}

/** Whether a chunk is all there and fits its checksum. */
export function isIntact(image: Uint8Array, { start, end }: ImagePart): boolean {
  return end + 4 <= image.length && crc32(image.subarray(start - 4, end)) === viewOf(image).getUint32(end);
}

/** What the first intact chunk of a name holds; null when there is none. */
export function contentOf(image: Uint8Array, parts: readonly ImagePart[], wanted: string): Uint8Array | null {
  const part = parts.find((candidate) => candidate.name === wanted && isIntact(image, candidate));
  return part ? image.subarray(part.start, part.end) : null;
}

/** A whole chunk: length, name, data, checksum. */
export function encodeChunk(name: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const typed = concat(encodeText(name), data);
  return concat(uint32(data.length), typed, uint32(crc32(typed)));
}
