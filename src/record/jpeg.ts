/** The record as APP15 segments of a JPEG: `ROFI\0`, index and count (uint16, big-endian), a slice each. */
import { concat, encodeText, startsWith, viewOf } from './bytes';
import { damaged } from './header';
import { refuseTooMany } from './image-parts';
import type { ImagePart } from './types';

const START_OF_IMAGE = Uint8Array.of(0xff, 0xd8, 0xff);
const IDENTIFIER = encodeText('ROFI\0');
const SLICE_START = IDENTIFIER.length + 4;
/** A segment's length field is 16 bits and counts itself. */
const SLICE_LENGTH = 0xffff - 2 - SLICE_START;
const APP0 = 0xe0;
const APP15 = 0xef;
const JFIF = encodeText('JFIF\0');

export function isJpeg(image: Uint8Array): boolean {
  return startsWith(image, START_OF_IMAGE);
}

/**
 * Segments in the file's order, entropy-coded data left out, and `trailing` for bytes after EOI. Reads on over stray
 * bytes and wrong lengths as decoders do, as far as the file goes.
 */
export function listParts(image: Uint8Array): readonly ImagePart[] {
  const view = viewOf(image);
  const parts: ImagePart[] = [{ name: 'SOI', start: 2, end: 2 }];
  for (let at = nextMarker(image, 2); at !== null;) {
    const marker = image[at + 1] ?? 0;
    if (marker === 0xd9) {
      parts.push({ name: 'EOI', start: at + 2, end: at + 2 });
      if (at + 2 < image.length) parts.push({ name: 'trailing', start: at + 2, end: image.length });
      break;
    }
    const start = Math.min(at + 4, image.length);
    const length = start === at + 4 ? view.getUint16(at + 2) : 0;
    const end = Math.min(Math.max(start, at + 2 + length), image.length);
    parts.push({ name: markerName(marker), start, end });
    refuseTooMany(parts);
    at = nextMarker(image, end);
  }
  return parts;
}

/** Whether a segment is the record, or needed to draw the pixels; JFIF without a thumbnail is. */
export function isOwnPart(image: Uint8Array, part: ImagePart): boolean {
  const { name, start, end } = part;
  if (name === 'APP15') return isSlice(image, part);
  if (name === 'APP0') return startsWith(image, JFIF, start) && end - start === 14;
  return /^(?:SOI|SOF\d+|DHT|DQT|DRI|SOS|EOI)$/.test(name);
}

export function embed(image: Uint8Array, record: Uint8Array): Uint8Array {
  const old = listParts(image).filter((part) => isSlice(image, part));
  const kept = withoutParts(image, old);
  // JFIF must stay the first segment.
  const insertAt = kept[3] === APP0 ? 4 + viewOf(kept).getUint16(4) : 2;
  return concat(kept.subarray(0, insertAt), ...encodeSlices(record), kept.subarray(insertAt));
}

/** The record, or null when there is none. Slices may come in any order. */
export function extract(image: Uint8Array): Uint8Array | null {
  const view = viewOf(image);
  const found = listParts(image).filter((part) => isSlice(image, part));
  if (found.length === 0) return null;
  const slices = new Map<number, Uint8Array>();
  for (const { start, end } of found) {
    const whole = view.getUint16(start - 2) === end - start + 2;
    if (!whole || end - start < SLICE_START) throw damaged('record segment cut off');
    const index = view.getUint16(start + IDENTIFIER.length);
    const count = view.getUint16(start + IDENTIFIER.length + 2);
    if (count !== found.length || index >= count || slices.has(index))
      throw damaged('record segments missing');
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

/** Where the next marker begins. Stuffed and fill bytes, restart markers and anything else before it are passed over. */
function nextMarker(image: Uint8Array, from: number): number | null {
  let at = image.indexOf(0xff, from);
  while (at >= 0) {
    const next = image[at + 1];
    if (next === undefined) break;
    const standsAlone = next === 0x01 || (next >= 0xd0 && next <= 0xd8);
    if (next !== 0 && next !== 0xff && !standsAlone) return at;
    at = image.indexOf(0xff, at + 1);
  }
  return null;
}

function markerName(marker: number): string {
  if (marker >= APP0 && marker <= APP15) return `APP${marker - APP0}`;
  if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return `SOF${marker - 0xc0}`;
  const named = NAMES.get(marker);
  return named ?? `0x${marker.toString(16)}`;
}

const NAMES = new Map([
  [0xc4, 'DHT'],
  [0xda, 'SOS'],
  [0xdb, 'DQT'],
  [0xdd, 'DRI'],
  [0xfe, 'COM'],
]);
