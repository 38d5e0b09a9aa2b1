import { RofiError } from '../../errors';
import type { ImageFormat } from '../types';

/** What a format's files are named by, the usual extension first. */
export const EXTENSIONS: Readonly<Record<ImageFormat, readonly [string, ...string[]]>> = {
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'],
  png: ['png'],
  webp: ['webp'],
};

/** Base-media brands (bytes 8–11, after `ftyp`) of pictures that browsers rarely decode. */
const BRANDS: Readonly<Record<string, string>> = {
  heic: 'HEIC',
  heix: 'HEIC',
  hevc: 'HEIC',
  heim: 'HEIC',
  heis: 'HEIC',
  mif1: 'HEIC',
  msf1: 'HEIC',
  avif: 'AVIF',
  avis: 'AVIF',
};

/** Other pictures and documents a person may drop, by their first bytes (Latin-1). */
const UNSUPPORTED: readonly (readonly [offset: number, magic: string, name: string])[] = [
  [0, 'GIF8', 'GIF'],
  [0, 'BM', 'BMP'],
  [0, 'II*\0', 'TIFF'],
  [0, 'MM\0*', 'TIFF'],
  [0, '8BPS', 'PSD'],
  [0, '%PDF', 'PDF'],
  [0, '\xff\x0a', 'JPEG XL'],
  [0, '\0\0\0\x0cJXL ', 'JPEG XL'],
  [0, '\0\0\0\x0cjP  ', 'JPEG 2000'],
  [128, 'DICM', 'DICOM'],
];

/**
 * Tells the format from the first bytes; names and extensions are not trusted.
 *
 * @throws RofiError `empty-file`, `unsupported-format` (with `values.format`), `not-an-image`
 */
export function sniffFormat(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new RofiError('empty-file');
  if (has(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (has(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (has(bytes, 0, 'RIFF') && has(bytes, 8, 'WEBP')) return 'webp';

  const name = unsupportedName(bytes);
  if (name !== undefined) {
    throw new RofiError('unsupported-format', `${name} cannot be decoded here`, { format: name });
  }
  throw new RofiError('not-an-image');
}

function unsupportedName(bytes: Uint8Array): string | undefined {
  if (has(bytes, 4, 'ftyp')) return BRANDS[String.fromCharCode(...bytes.subarray(8, 12))];
  return UNSUPPORTED.find(([offset, magic]) => has(bytes, offset, magic))?.[2];
}

function has(bytes: Uint8Array, offset: number, magic: string): boolean {
  for (let i = 0; i < magic.length; i++) {
    if (bytes[offset + i] !== magic.charCodeAt(i)) return false;
  }
  return true;
}
