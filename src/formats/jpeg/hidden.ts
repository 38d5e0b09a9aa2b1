import { decodeText } from '../../bytes';
import { sizeOf, trailingEntries } from '../hidden-entries';
import { letters } from '../letters';
import type { MetadataEntry } from '../metadata-entry';
import type { ImagePart } from '../parts';
import { listSegments } from './segments';

const MAX_COMMENT = 200;

/** First letters of segments whose tags are listed one by one, or that only say how pixels are coded. */
const READ: readonly (readonly [name: string, start: string])[] = [
  ['APP0', 'JFIF\0'],
  ['APP1', 'Exif\0'],
  ['APP1', 'http://ns.adobe.com/xap/1.0/\0'],
  ['APP2', 'ICC_PROFILE\0'],
  ['APP2', 'MPF\0'],
  ['APP13', 'Photoshop 3.0\0'],
  ['APP14', 'Adobe'],
  ['APP15', 'ROFI\0'],
];
const EXTENDED_XMP = 'http://ns.adobe.com/xmp/extension/';
/** As many as tell these segments. */
const HEAD = 40;

/**
 * Comments, unknown segments, and what stands behind the picture's end.
 *
 * @throws RofiError `damaged-file` for more segments than any picture has
 */
export function listHiddenInJpeg(bytes: Uint8Array): readonly MetadataEntry[] {
  return listSegments(bytes).flatMap((part) => entriesOf(bytes, part));
}

function entriesOf(bytes: Uint8Array, { name, start, end }: ImagePart): readonly MetadataEntry[] {
  const content = bytes.subarray(start, end);
  if (name === 'COM') return [{ group: 'comment', name: 'Comment', value: comment(content) }];
  if (name === 'trailing') return trailingEntries(content);
  if (!name.startsWith('APP')) return [];
  const head = letters(content, 0, HEAD);
  if (READ.some(([segment, magic]) => segment === name && head.startsWith(magic))) return [];
  const isXmp = head.startsWith(EXTENDED_XMP);
  return [{ group: isXmp ? 'xmp' : 'other', name: isXmp ? 'Extended XMP' : name, value: sizeOf(content) }];
}

/** Nothing says how a comment is written: as UTF-8 when it can be read so. */
function comment(content: Uint8Array): string {
  const text = decodeText(content) ?? new TextDecoder('latin1').decode(content);
  return text.length > MAX_COMMENT ? `${text.slice(0, MAX_COMMENT)}…` : text;
}
