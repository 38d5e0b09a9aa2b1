/** Entries for what lies in a file beside its picture and is no tag, alike in all formats. */
import type { MetadataEntry } from './metadata-entry';
import { hasLetters, letters } from './letters';

/** More pictures than one, to be shown one after the other. */
export function animationEntries(frames: number): readonly MetadataEntry[] {
  return frames > 1 ? [{ group: 'animation', name: 'Frames', value: String(frames) }] : [];
}

/** What stands behind the picture's end: padding says nothing. */
export function trailingEntries(content: Uint8Array): readonly MetadataEntry[] {
  if (content.every((byte) => byte === 0 || byte === 0xff)) return [];
  return [{ group: 'trailing', name: trailingName(content), value: sizeOf(content) }];
}

function trailingName(content: Uint8Array): string {
  const head = letters(content, 0, 4096);
  if (head.includes('ftyp')) return 'Video';
  if (hasLetters(content, 0, '\x89PNG') || head.includes('\xff\xd8\xff')) return 'Picture';
  return 'Data';
}

/** A length as a person reads it, in bytes, kilobytes or megabytes of 1000. */
export function sizeOf({ length }: Uint8Array): string {
  return length < 1000
    ? `${length} B`
    : length < 1e6
      ? `${Math.round(length / 1e3)} KB`
      : `${(length / 1e6).toFixed(1)} MB`;
}
