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

/** Chunks in the file's order, and `trailing` for bytes after IEND. */
export function listParts(image: Uint8Array): readonly ImagePart[] {
  const view = viewOf(image);
  const parts: ImagePart[] = [];
  let offset = SIGNATURE.length;
  while (parts.at(-1)?.name !== 'IEND') {
    if (offset + 12 > image.length) throw damaged('PNG without end');
    const start = offset + 8;
    const end = start + view.getUint32(offset);
    if (end + 4 > image.length) throw damaged('PNG chunk cut off');
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

/** The record, or null when there is none. */
export function extract(image: Uint8Array): Uint8Array | null {
  const parts = listParts(image);
  for (const part of parts) assertIntact(image, part);
  const [chunk, second] = parts.filter(({ name }) => name === CHUNK);
  if (second) throw damaged('two records');
  return chunk ? image.slice(chunk.start, chunk.end) : null;
}

function encodeChunk(data: Uint8Array): Uint8Array {
  const typed = concat(encodeText(CHUNK), data);
  return concat(uint32(data.length), typed, uint32(crc32(typed)));
}

/** Pixel data is the decoder's to check. */
function assertIntact(image: Uint8Array, { name, start, end }: ImagePart): void {
  if (name === 'IDAT' || name === 'trailing') return;
  const stored = viewOf(image).getUint32(end);
  if (crc32(image.subarray(start - 4, end)) !== stored) throw damaged(`PNG chunk ${name} has changed`);
}
