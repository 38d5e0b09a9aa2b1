import { isDicom } from '../../dicom/is-dicom';
import { RofiError } from '../../errors';
import type { ImageFormat } from '../types';

/** What people call the formats. */
export const FORMAT_NAMES: Readonly<Record<ImageFormat, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  heic: 'HEIC',
  avif: 'AVIF',
  gif: 'GIF',
  bmp: 'BMP',
  tiff: 'TIFF',
  jxl: 'JPEG XL',
  jp2: 'JPEG 2000',
  dicom: 'DICOM',
};

/** The media type of a format's files. */
export function mimeOf(format: ImageFormat): string {
  return format === 'dicom' ? 'application/dicom' : `image/${format}`;
}

/** What a format's files are named by, the usual extension first. */
export const EXTENSIONS: Readonly<Record<ImageFormat, readonly [string, ...string[]]>> = {
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  png: ['png'],
  webp: ['webp'],
  heic: ['heic', 'heif', 'hif'],
  avif: ['avif'],
  gif: ['gif'],
  bmp: ['bmp'],
  tiff: ['tif', 'tiff'],
  jxl: ['jxl'],
  jp2: ['jp2', 'j2k'],
  dicom: ['dcm', 'dicom', 'dic'],
};

type Magic<Name> = readonly [offset: number, magic: string, name: Name];

/** First bytes (Latin-1) of what can be read. */
const READ: readonly Magic<ImageFormat>[] = [
  [0, '\xff\xd8\xff', 'jpeg'],
  [0, '\x89PNG\r\n\x1a\n', 'png'],
  [8, 'WEBP', 'webp'],
  [0, 'GIF8', 'gif'],
  [0, 'II*\0', 'tiff'],
  [0, 'MM\0*', 'tiff'],
  [0, 'II+\0', 'tiff'],
  [0, 'MM\0+', 'tiff'],
  [0, '\xff\x0a', 'jxl'],
  [0, '\0\0\0\x0cJXL ', 'jxl'],
  [0, '\0\0\0\x0cjP  ', 'jp2'],
  [0, '\xff\x4f\xff\x51', 'jp2'],
  [0, 'BM', 'bmp'],
];

/** Base-media brands (after `ftyp`) of still pictures, in the order of what a file may claim at once. */
const BRANDS: readonly (readonly [brand: RegExp, format: ImageFormat])[] = [
  [/^avi[fs]$/, 'avif'],
  [/^(?:hei[cxms]|hev[cxms]|mif1|msf1|MiH[EB]|tmap)$/, 'heic'],
];

/** Other pictures, videos and documents a person may drop, named as they are called. */
const OTHERS: readonly Magic<string>[] = [
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

/**
 * Tells the format from the first bytes; names and extensions are not trusted.
 *
 * @throws RofiError `empty-file`, `unsupported-format` (with `values.format`), `not-an-image`
 */
export function sniffFormat(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new RofiError('empty-file');
  // Before all others: what stands in front of it may be anything.
  if (isDicom(bytes)) return 'dicom';
  const name = otherName(bytes);
  if (name !== undefined) {
    throw new RofiError('unsupported-format', `${name} is not read`, { format: name });
  }
  const format = brandedFormat(bytes) ?? find(READ, bytes);
  if (format === undefined) throw new RofiError('not-an-image');
  return format;
}

function brandedFormat(bytes: Uint8Array): ImageFormat | undefined {
  if (!has(bytes, 4, 'ftyp')) return undefined;
  const brands = brandsOf(bytes);
  return BRANDS.find(([brand]) => brands.some((claimed) => brand.test(claimed)))?.[1];
}

/** The major brand and the compatible ones. */
function brandsOf(bytes: Uint8Array): readonly string[] {
  const end = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes.length, 256);
  const brands = [latin1(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin1(bytes, at, at + 4));
  return brands;
}

function otherName(bytes: Uint8Array): string | undefined {
  const known = find(OTHERS, bytes);
  if (known !== undefined) return known;
  if (has(bytes, 0, 'PK\x03\x04')) {
    const inside = latin1(bytes, 0, 4096) + latin1(bytes, bytes.length - 4096, bytes.length);
    return ARCHIVES.find(([part]) => inside.includes(part))?.[1] ?? 'ZIP';
  }
  if (has(bytes, 4, 'ftyp')) {
    if (has(bytes, 8, 'crx ')) return 'RAW';
    return brandedFormat(bytes) === undefined ? 'MP4' : undefined;
  }
  // Raw photos of many makers are TIFFs with a picture that only their own programs develop.
  if (find(READ, bytes) === 'tiff' && has(bytes, 8, 'CR')) return 'RAW';
  return /^[\s\ufeff\xef\xbb\xbf]*<(?:\?xml[^>]*>\s*(?:<!--[^]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<)?svg[\s>]/.test(
    latin1(bytes, 0, 1024),
  )
    ? 'SVG'
    : undefined;
}

function find<Name>(magics: readonly Magic<Name>[], bytes: Uint8Array): Name | undefined {
  return magics.find(([offset, magic]) => has(bytes, offset, magic))?.[2];
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(Math.max(start, 0), Math.min(end, bytes.length)));
}

function has(bytes: Uint8Array, offset: number, magic: string): boolean {
  for (let i = 0; i < magic.length; i++) {
    if (bytes[offset + i] !== magic.charCodeAt(i)) return false;
  }
  return true;
}
