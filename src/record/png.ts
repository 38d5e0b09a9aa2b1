/** The record as a private ancillary chunk `roFi` of a PNG, before IEND. */
import { concat, encodeText, startsWith, uint32, viewOf } from './bytes';
import { crc32 } from './crc32';
import { damaged } from './header';
import { refuseTooMany } from './image-parts';
import type { ImagePart } from './types';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
// Ancillary, private, and not safe to copy: an editor that changes the pixels should drop it.
const CHUNK = 'roFi';
/** What the pixels need, and the record. */
const OWN = new Set(['IHDR', 'PLTE', 'tRNS', 'sRGB', 'IDAT', 'IEND', CHUNK]);

export function isPng(image: Uint8Array): boolean {
  return startsWith(image, SIGNATURE);
}

/** Chunks in the file's order, the last one as far as it goes, and `trailing` for bytes after IEND. */
export function listParts(image: Uint8Array): readonly ImagePart[] {
  const view = viewOf(image);
  const parts: ImagePart[] = [];
  let offset = SIGNATURE.length;
  while (parts.at(-1)?.name !== 'IEND' && offset + 8 <= image.length) {
    const start = offset + 8;
    const end = Math.min(start + view.getUint32(offset), image.length);
    parts.push({ name: String.fromCharCode(...image.subarray(offset + 4, start)), start, end });
    refuseTooMany(parts);
    offset = end + 4;
  }
  if (offset < image.length) parts.push({ name: 'trailing', start: offset, end: image.length });
  return parts;
}

export function isOwnPart(_: Uint8Array, { name }: ImagePart): boolean {
  return OWN.has(name);
}

export function embed(image: Uint8Array, record: Uint8Array): Uint8Array {
  const kept = listParts(image)
    .filter(({ name }) => name !== CHUNK)
    .flatMap((part) => {
      const { name, start, end } = part;
      if (name === 'trailing') return [image.subarray(start, end)];
      const chunk = image.subarray(start - 8, end + 4);
      return name === 'IEND' ? [encodeChunk(record), chunk] : [chunk];
    });
  return concat(SIGNATURE, ...kept);
}

/** The record, or null when there is none. What happened to other chunks does not matter. */
export function extract(image: Uint8Array): Uint8Array | null {
  const [chunk, second] = listParts(image).filter(({ name }) => name === CHUNK);
  if (!chunk) return null;
  if (second) throw damaged('two records');
  assertIntact(image, chunk);
  return image.slice(chunk.start, chunk.end);
}

function encodeChunk(data: Uint8Array): Uint8Array {
  const typed = concat(encodeText(CHUNK), data);
  return concat(uint32(data.length), typed, uint32(crc32(typed)));
}

function assertIntact(image: Uint8Array, { name, start, end }: ImagePart): void {
  const whole = end + 4 <= image.length;
  if (!whole || crc32(image.subarray(start - 4, end)) !== viewOf(image).getUint32(end)) {
    throw damaged(`PNG chunk ${name} has changed`);
  }
}
