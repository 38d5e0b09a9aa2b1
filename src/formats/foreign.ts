/** Other pictures, videos and documents a person may drop, named as they are called. */
import { AVIF, HEIC, isBaseMedia } from './base-media/label';
import { hasLetters, letters } from './letters';
import { TIFF } from './rest';

/** First letters, and the name. */
const NAMES: readonly (readonly [at: number, text: string, name: string])[] = [
  [0, '8BPS', 'Photoshop (PSD)'],
  [0, '%PDF', 'PDF'],
  [0, '\0\0\x01\0', 'ICO'],
  [0, 'IIRO', 'RAW'],
  [0, 'IIU\0', 'RAW'],
  [0, 'FUJIFILMCCD-RAW', 'RAW'],
  [0, '\xff\xd8\xff\xf7', 'JPEG-LS'],
  [0, '\x1aE\xdf\xa3', 'WebM'],
  [8, 'AVI ', 'AVI'],
  [0, 'Rar!', 'RAR'],
  [0, '7z\xbc\xaf', '7-Zip'],
];

/** Names inside of a zip archive that tell what it is. */
const ARCHIVES: readonly (readonly [part: string, name: string])[] = [
  ['word/', 'Word'],
  ['ppt/', 'PowerPoint'],
  ['xl/', 'Excel'],
];
/** Where these names stand, from either end, bytes. */
const ARCHIVE_ENDS = 4096;

const SVG = /^[\s\ufeff\xef\xbb\xbf]*<(?:\?xml[^>]*>\s*(?:<!--[^]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<)?svg[\s>]/;
const SVG_HEAD = 1024;

/** What a file is that is not read here, by its first bytes; null when it may be a format that is. */
export function foreignName(bytes: Uint8Array): string | null {
  const known = NAMES.find(([at, text]) => hasLetters(bytes, at, text));
  if (known !== undefined) return known[2];
  if (hasLetters(bytes, 0, 'PK\x03\x04')) return archiveName(bytes);
  if (isBaseMedia(bytes)) {
    if (hasLetters(bytes, 8, 'crx ')) return 'RAW';
    return AVIF.begins(bytes) || HEIC.begins(bytes) ? null : 'MP4';
  }
  // Raw photos of many makers are TIFFs with a picture that only their own programs develop.
  if (TIFF.begins(bytes) && hasLetters(bytes, 8, 'CR')) return 'RAW';
  return SVG.test(letters(bytes, 0, SVG_HEAD)) ? 'SVG' : null;
}

function archiveName(bytes: Uint8Array): string {
  const tail = Math.max(bytes.length - ARCHIVE_ENDS, 0);
  const inside = letters(bytes, 0, ARCHIVE_ENDS) + letters(bytes, tail, ARCHIVE_ENDS);
  return ARCHIVES.find(([part]) => inside.includes(part))?.[1] ?? 'ZIP';
}
