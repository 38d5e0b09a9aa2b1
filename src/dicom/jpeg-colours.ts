import { concat, encodeText, startsWith } from '../bytes';
import { JFIF, listSegments } from '../formats/jpeg/segments';

const ADOBE = encodeText('Adobe');

/**
 * A frame's JPEG that says itself whether its three channels are RGB. Decoders guess where neither JFIF nor Adobe's segment
 * is there, and only the DICOM file knows; a JPEG that does say is believed, as viewers do.
 */
export function markColours(jpeg: Uint8Array, photometric: string): Uint8Array {
  const says = listSegments(jpeg).some(
    ({ name, start }) =>
      (name === 'APP0' && startsWith(jpeg, JFIF, start)) ||
      (name === 'APP14' && startsWith(jpeg, ADOBE, start)),
  );
  if (says || photometric.startsWith('MONOCHROME')) return jpeg;
  const transform = photometric === 'RGB' ? 0 : 1;
  // APP14, its length, Adobe's version and flags, the transform.
  const segment = concat(
    Uint8Array.of(0xff, 0xee, 0, 14),
    ADOBE,
    Uint8Array.of(0, 100, 0, 0, 0, 0, transform),
  );
  return concat(jpeg.subarray(0, 2), segment, jpeg.subarray(2));
}
