/** The record as APP15 segments of a JPEG: `ROFI\0`, index and count (uint16, big-endian), a slice each. */
import { concat, encodeText, startsWith, viewOf } from '../../bytes';
import { RofiError } from '../../errors';
import type { RecordCarrier } from '../format';
import type { ImagePart } from '../parts';
import { JPEG } from './label';
import { APP0, APP15, JFIF, listSegments } from './segments';

const IDENTIFIER = encodeText('ROFI\0');
const SLICE_START = IDENTIFIER.length + 4;
/** A segment's length field is 16 bits and counts itself. */
const SLICE_LENGTH = 0xffff - 2 - SLICE_START;
/** JFIF's own fields, without the thumbnail that may follow. */
const JFIF_LENGTH = 14;

/** Slices may come in any order, and stand behind JFIF, which must stay the first segment. */
export const JPEG_CARRIER: RecordCarrier = {
  label: JPEG,
  listParts: listSegments,
  isOwnPart,
  embed,
  extract,
};

function isOwnPart(image: Uint8Array, part: ImagePart): boolean {
  const { name, start, end } = part;
  if (name === 'APP15') return isSlice(image, part);
  if (name === 'APP0') return startsWith(image, JFIF, start) && end - start === JFIF_LENGTH;
  return /^(?:SOI|SOF\d+|DHT|DQT|DRI|SOS|EOI)$/.test(name);
}

function embed(image: Uint8Array, record: Uint8Array): Uint8Array {
  const old = listSegments(image).filter((part) => isSlice(image, part));
  const kept = withoutParts(image, old);
  const insertAt = kept[3] === APP0 ? 4 + viewOf(kept).getUint16(4) : 2;
  return concat(kept.subarray(0, insertAt), ...encodeSlices(record), kept.subarray(insertAt));
}

function extract(image: Uint8Array): Uint8Array | null {
  const view = viewOf(image);
  const found = listSegments(image).filter((part) => isSlice(image, part));
  if (found.length === 0) return null;
  const slices = new Map<number, Uint8Array>();
  for (const { start, end } of found) {
    const whole = view.getUint16(start - 2) === end - start + 2;
    if (!whole || end - start < SLICE_START) throw new RofiError('damaged-file', 'record segment cut off');
    const index = view.getUint16(start + IDENTIFIER.length);
    const count = view.getUint16(start + IDENTIFIER.length + 2);
    if (count !== found.length || index >= count || slices.has(index))
      throw new RofiError('damaged-file', 'record segments missing');
    slices.set(index, image.subarray(start + SLICE_START, end));
  }
  return concat(...[...slices].sort(([a], [b]) => a - b).map(([, slice]) => slice));
}

function encodeSlices(record: Uint8Array): readonly Uint8Array[] {
  const count = Math.max(1, Math.ceil(record.length / SLICE_LENGTH));
  return Array.from({ length: count }, (_, index) => {
    const slice = record.subarray(index * SLICE_LENGTH, (index + 1) * SLICE_LENGTH);
    const head = new Uint8Array(4 + SLICE_START);
    const view = viewOf(head);
    view.setUint16(0, 0xff00 | APP15);
    view.setUint16(2, 2 + SLICE_START + slice.length);
    head.set(IDENTIFIER, 4);
    view.setUint16(4 + IDENTIFIER.length, index);
    view.setUint16(4 + IDENTIFIER.length + 2, count);
    return concat(head, slice);
  });
}

function isSlice(image: Uint8Array, { name, start, end }: ImagePart): boolean {
  return name === 'APP15' && startsWith(image.subarray(start, end), IDENTIFIER);
}

function withoutParts(image: Uint8Array, parts: readonly ImagePart[]): Uint8Array {
  const edges = [0, ...parts.flatMap(({ start, end }) => [start - 4, end]), image.length];
  const runs: Uint8Array[] = [];
  for (let i = 0; i < edges.length; i += 2) runs.push(image.subarray(edges[i], edges[i + 1]));
  return concat(...runs);
}
