import { AVIF, HEIC } from './base-media/label';
import { DICOM } from './dicom';
import type { FormatLabel } from './format';
import { GIF } from './gif/label';
import { JPEG } from './jpeg/label';
import { PNG } from './png/label';
import { BMP, JP2, JXL, TIFF } from './rest';
import { WEBP } from './webp/label';

/** Every format that can be read. A file that begins as several do is of the first of them. */
export const LABELS = {
  // What stands in front of DICOM's letters may be anything.
  dicom: DICOM,
  // Files of several pictures may claim to be both.
  avif: AVIF,
  heic: HEIC,
  jpeg: JPEG,
  png: PNG,
  webp: WEBP,
  gif: GIF,
  tiff: TIFF,
  jxl: JXL,
  jp2: JP2,
  bmp: BMP,
} as const satisfies Readonly<Record<string, FormatLabel>>;

/** What can be read. */
export type ImageFormat = keyof typeof LABELS;

/** Formats of pictures themselves; DICOM files hold such. */
export type PictureFormat = Exclude<ImageFormat, 'dicom'>;

const FORMATS = Object.keys(LABELS) as ImageFormat[];

/** The format whose files begin so; null for none of these. */
export function labelled(bytes: Uint8Array): ImageFormat | null {
  return FORMATS.find((format) => LABELS[format].begins(bytes)) ?? null;
}
