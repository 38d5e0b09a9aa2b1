import { DOMParser } from '@xmldom/xmldom';
import ExifReader from 'exifreader';
import type { ImageFormat } from './labels';
import type { MetadataEntry, MetadataGroup } from './metadata-entry';
import { listHidden } from './readers';

/** Groups of exifreader that a person may know; everything else it finds is listed as `other`. */
const GROUPS: Readonly<Record<string, MetadataGroup>> = {
  exif: 'exif',
  gps: 'gps',
  xmp: 'xmp',
  iptc: 'iptc',
  icc: 'icc',
  pngText: 'text',
  photoshop: 'photoshop',
  makerNotes: 'exif',
  mpf: 'exif',
  Thumbnail: 'thumbnail',
};

/** Facts about the coding of the pixels, which say nothing about the person. */
const NOT_METADATA = new Set(['file', 'jfif', 'pngFile', 'png', 'riff', 'gif', 'composite']);
/** The whole packet, whose parts are listed one by one. */
const RAW_XMP = '_raw';

const MAX_VALUE_LENGTH = 200;

/** What a file says and holds beside its shown picture. */
export interface Metadata {
  readonly entries: readonly MetadataEntry[];
  /** EXIF orientation 1–8; 1 when there is none. */
  readonly orientation: number;
  /** Whether there are more pictures, to be shown one after the other. */
  readonly animated: boolean;
}

/**
 * Reads all of it. Broken metadata is no reason to refuse a photo.
 *
 * @throws RofiError `damaged-file` for more parts than any file has
 */
export function readMetadata(bytes: Uint8Array, format: ImageFormat): Metadata {
  const groups = readTags(bytes);
  const hidden = listHidden(bytes, format);
  return {
    entries: [...tagEntries(groups), ...hidden],
    orientation: orientationOf(groups),
    animated: hidden.some(({ group }) => group === 'animation'),
  };
}

function tagEntries(groups: Groups): MetadataEntry[] {
  const entries: MetadataEntry[] = [];
  for (const [group, tags] of Object.entries(groups)) {
    if (NOT_METADATA.has(group)) continue;
    for (const [name, tag] of Object.entries(tags)) {
      if (name === RAW_XMP) continue;
      entries.push({ group: GROUPS[group] ?? 'other', name, value: shortened(describe(tag)) });
    }
  }
  return entries;
}

function orientationOf(groups: Groups): number {
  const tag = groups['exif']?.['Orientation'];
  const value = typeof tag === 'object' && tag !== null && 'value' in tag ? tag.value : 1;
  return typeof value === 'number' ? value : 1;
}

type Groups = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function readTags(bytes: Uint8Array): Groups {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    // A worker has no parser of its own for XMP.
    const domParser = new DOMParser({ onError: () => undefined });
    const groups: Record<string, Readonly<Record<string, unknown>>> = {};
    for (const [group, tags] of Object.entries(
      ExifReader.loadView(view, { expanded: true, includeUnknown: true, domParser }),
    )) {
      if (typeof tags === 'object' && tags !== null) groups[group] = tags as Record<string, unknown>;
    }
    return groups;
  } catch {
    return {};
  }
}

function describe(tag: unknown): string {
  if (Array.isArray(tag)) return tag.slice(0, MAX_VALUE_LENGTH).map(describe).join(', ');
  const value = typeof tag === 'object' && tag !== null && 'description' in tag ? tag.description : tag;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '…';
}

/** At most so many letters, and no marks that turn the direction of what stands beside. */
export function shortened(value: string): string {
  const text = value.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ').trim();
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text;
}
