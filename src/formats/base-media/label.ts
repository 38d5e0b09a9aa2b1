/** Still pictures in the container of ISO base-media files, told by their brands. */
import { viewOf } from '../../bytes';
import type { FormatLabel } from '../format';
import { hasLetters, letters } from '../letters';

/** So many bytes of the first box are looked through for brands. */
const BRAND_BYTES = 256;

export const AVIF: FormatLabel = {
  name: 'AVIF',
  mime: 'image/avif',
  extensions: ['avif'],
  begins: brand(/^avi[fs]$/),
};

export const HEIC: FormatLabel = {
  name: 'HEIC',
  mime: 'image/heic',
  extensions: ['heic', 'heif', 'hif'],
  begins: brand(/^(?:hei[cxms]|hev[cxms]|mif1|msf1|MiH[EB]|tmap)$/),
};

/** Whether a file is of this container, picture or not. */
export function isBaseMedia(bytes: Uint8Array): boolean {
  return hasLetters(bytes, 4, 'ftyp');
}

function brand(wanted: RegExp): (bytes: Uint8Array) => boolean {
  return (bytes) => isBaseMedia(bytes) && brandsOf(bytes).some((claimed) => wanted.test(claimed));
}

/** The major brand and the compatible ones. */
function brandsOf(bytes: Uint8Array): readonly string[] {
  const end = Math.min(viewOf(bytes).getUint32(0), bytes.length, BRAND_BYTES);
  const brands = [letters(bytes, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(letters(bytes, at, 4));
  return brands;
}
