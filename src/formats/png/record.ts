/** The record as a private ancillary chunk `roFi` of a PNG, before IEND. */
import { concat } from '../../bytes';
import { RofiError } from '../../errors';
import type { RecordCarrier } from '../format';
import type { ImagePart } from '../parts';
import { encodeChunk, isIntact, listChunks, SIGNATURE_LENGTH } from './chunks';
import { PNG } from './label';

// Ancillary, private, and not safe to copy: an editor that changes the pixels should drop it.
const CHUNK = 'roFi';
/** What the pixels need, and the record. */
const OWN = new Set(['IHDR', 'PLTE', 'tRNS', 'sRGB', 'IDAT', 'IEND', CHUNK]);

/** What happened to other chunks than the record's does not matter. */
export const PNG_CARRIER: RecordCarrier = {
  label: PNG,
  listParts: listChunks,
  isOwnPart,
  embed,
  extract,
};

function isOwnPart(_: Uint8Array, { name }: ImagePart): boolean {
  return OWN.has(name);
}

function embed(image: Uint8Array, record: Uint8Array): Uint8Array {
  const kept = listChunks(image)
    .filter(({ name }) => name !== CHUNK)
    .flatMap((part) => {
      const { name, start, end } = part;
      if (name === 'trailing') return [image.subarray(start, end)];
      const chunk = image.subarray(start - 8, end + 4);
      return name === 'IEND' ? [encodeChunk(CHUNK, record), chunk] : [chunk];
    });
  return concat(image.subarray(0, SIGNATURE_LENGTH), ...kept);
}

function extract(image: Uint8Array): Uint8Array | null {
  const [chunk, second] = listChunks(image).filter(({ name }) => name === CHUNK);
  if (!chunk) return null;
  if (second) throw new RofiError('damaged-file', 'two records');
  if (!isIntact(image, chunk)) throw new RofiError('damaged-file', `PNG chunk ${CHUNK} has changed`);
  return image.slice(chunk.start, chunk.end);
}
