import ExifReader from 'exifreader';
import type { MetadataEntry } from '../types';

/** Groups of exifreader that a person may know; everything else it finds is listed as `other`. */
const GROUPS: Readonly<Record<string, string>> = {
  exif: 'exif',
  gps: 'gps',
  xmp: 'xmp',
  iptc: 'iptc',
  icc: 'icc',
  pngText: 'text',
  photoshop: 'photoshop',
  makerNotes: 'exif',
  mpf: 'exif',
  thumbnail: 'thumbnail',
};

/** Facts about the coding of the pixels, which say nothing about the person. */
const NOT_METADATA = new Set(['file', 'jfif', 'pngFile', 'png', 'riff', 'gif', 'composite']);

const MAX_VALUE_LENGTH = 200;

/** Lists what the file says beside its pixels. Broken metadata is no reason to refuse a photo. */
export function listMetadata(bytes: Uint8Array): MetadataEntry[] {
  const groups = readTags(bytes);
  const entries: MetadataEntry[] = [];
  for (const [group, tags] of Object.entries(groups)) {
    if (NOT_METADATA.has(group)) continue;
    for (const [name, tag] of Object.entries(tags)) {
      entries.push({ group: GROUPS[group] ?? 'other', name, value: describe(tag) });
    }
  }
  return [...entries, ...jpegComments(bytes)];
}

/** EXIF orientation 1–8; 1 when there is none. */
export function readOrientation(bytes: Uint8Array): number {
  const tag = readTags(bytes)['exif']?.['Orientation'];
  const value = typeof tag === 'object' && tag !== null && 'value' in tag ? tag.value : 1;
  return typeof value === 'number' ? value : 1;
}

type Tags = Readonly<Record<string, unknown>>;

function readTags(bytes: Uint8Array): Readonly<Record<string, Tags>> {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const groups: Record<string, Tags> = {};
    for (const [group, tags] of Object.entries(ExifReader.loadView(view, { expanded: true }))) {
      if (typeof tags === 'object' && tags !== null) groups[group] = tags as Tags;
    }
    return groups;
  } catch {
    return {};
  }
}

function describe(tag: unknown): string {
  const value = typeof tag === 'object' && tag !== null && 'description' in tag ? tag.description : tag;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '…';
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}

/** COM segments, which exifreader does not read. */
function jpegComments(bytes: Uint8Array): MetadataEntry[] {
  const comments: MetadataEntry[] = [];
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return comments;
  let offset = 2;
  while (bytes[offset] === 0xff && bytes[offset + 1] !== 0xda && offset + 4 <= bytes.length) {
    const length = ((bytes[offset + 2] ?? 0) << 8) | (bytes[offset + 3] ?? 0);
    if (bytes[offset + 1] === 0xfe) {
      const text = new TextDecoder('latin1').decode(bytes.subarray(offset + 4, offset + 2 + length));
      comments.push({ group: 'comment', name: 'Comment', value: describe(text) });
    }
    offset += 2 + length;
  }
  return comments;
}
