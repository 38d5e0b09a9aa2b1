/** The segments a JPEG consists of (ITU-T T.81, annex B). */
import { encodeText, viewOf } from '../../bytes';
import { refuseTooMany, type ImagePart } from '../parts';

export const APP0 = 0xe0;
export const APP15 = 0xef;
/** What an APP0 segment begins with. */
export const JFIF = encodeText('JFIF\0');

const NAMES = new Map([
  [0xc4, 'DHT'],
  [0xda, 'SOS'],
  [0xdb, 'DQT'],
  [0xdd, 'DRI'],
  [0xfe, 'COM'],
]);

/**
 * Segments in the file's order, entropy-coded data left out, and `trailing` for bytes after EOI. Reads on over stray
 * bytes and wrong lengths as decoders do, as far as the file goes.
 *
 * @throws RofiError `damaged-file` for more segments than any picture has
 */
export function listSegments(image: Uint8Array): readonly ImagePart[] {
  const view = viewOf(image);
  const parts: ImagePart[] = [{ name: 'SOI', start: 2, end: 2 }];
  for (let at = nextMarker(image, 2); at !== null;) {
    const marker = image[at + 1] ?? 0;
    if (marker === 0xd9) {
      parts.push({ name: 'EOI', start: at + 2, end: at + 2 });
      if (at + 2 < image.length) parts.push({ name: 'trailing', start: at + 2, end: image.length });
      break;
    }
    const start = Math.min(at + 4, image.length);
    const length = start === at + 4 ? view.getUint16(at + 2) : 0;
    const end = Math.min(Math.max(start, at + 2 + length), image.length);
    parts.push({ name: markerName(marker), start, end });
    refuseTooMany(parts);
    at = nextMarker(image, end);
  }
  return parts;
}

/** Where the next marker begins. Stuffed and fill bytes, restart markers and anything else before it are passed over. */
function nextMarker(image: Uint8Array, from: number): number | null {
  let at = image.indexOf(0xff, from);
  while (at >= 0) {
    const next = image[at + 1];
    if (next === undefined) break;
    const standsAlone = next === 0x01 || (next >= 0xd0 && next <= 0xd8);
    if (next !== 0 && next !== 0xff && !standsAlone) return at;
    at = image.indexOf(0xff, at + 1);
  }
  return null;
}

function markerName(marker: number): string {
  if (marker >= APP0 && marker <= APP15) return `APP${marker - APP0}`;
  if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return `SOF${marker - 0xc0}`;
  return NAMES.get(marker) ?? `0x${marker.toString(16)}`;
}
