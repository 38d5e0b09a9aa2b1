/** PNG as its decoder wants it: what changes pixels, and nothing whose faults browsers overlook. */
import { concat, encodeText, uint32, viewOf } from '../../record/bytes';
import { crc32 } from '../../record/crc32';
import { listParts } from '../../record/png';
import type { ImagePart } from '../../record/types';

const SIGNATURE_LENGTH = 8;
const PALETTE = 3;
/** Data of an animation's frame begin with a number. */
const SEQUENCE_LENGTH = 4;

/** A PNG to decode, and where its picture belongs on its canvas. */
export interface BarePng {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly canvas: { readonly width: number; readonly height: number };
  readonly left: number;
  readonly top: number;
  readonly animated: boolean;
}

/**
 * The picture that browsers show first, without ancillary chunks but transparency.
 *
 * @throws RangeError when the header is cut off
 */
export function barePng(png: Uint8Array): BarePng {
  const parts = listParts(png);
  const header = content(png, parts, 'IHDR') ?? new Uint8Array(0);
  const view = viewOf(header);
  const canvas = { width: view.getUint32(0), height: view.getUint32(4) };
  const isPalette = view.getUint8(9) === PALETTE;
  const animated = content(png, parts, 'acTL')?.length === 8;
  const frame = animated ? firstFrame(png, parts) : null;

  const shown = header.slice();
  if (frame) shown.set(frame.size);
  const chunks = [chunk('IHDR', shown)];
  const palette = content(png, parts, 'PLTE');
  if (palette && isPalette) chunks.push(chunk('PLTE', palette));
  const transparent = content(png, parts, 'tRNS');
  if (transparent) chunks.push(chunk('tRNS', transparent));
  for (const part of parts) {
    if (frame === null && part.name === 'IDAT') chunks.push(png.subarray(part.start - 8, part.end + 4));
  }
  for (const data of frame?.data ?? []) chunks.push(chunk('IDAT', data));
  chunks.push(chunk('IEND', new Uint8Array(0)));
  const bytes = concat(png.subarray(0, SIGNATURE_LENGTH), ...chunks);
  return { bytes, canvas, left: frame?.left ?? 0, top: frame?.top ?? 0, animated };
}

/** The first chunk of a name whose checksum fits. */
export function content(png: Uint8Array, parts: readonly ImagePart[], wanted: string): Uint8Array | null {
  const part = parts.find(
    ({ name, start, end }) =>
      name === wanted &&
      end + 4 <= png.length &&
      crc32(png.subarray(start - 4, end)) === viewOf(png).getUint32(end),
  );
  return part ? png.subarray(part.start, part.end) : null;
}

interface Frame {
  readonly size: Uint8Array;
  readonly left: number;
  readonly top: number;
  readonly data: readonly Uint8Array[];
}

/** The animation's first frame where it is not the picture that readers without animation show; null where it is. */
function firstFrame(png: Uint8Array, parts: readonly ImagePart[]): Frame | null {
  const control = parts.findIndex(({ name }) => name === 'fcTL');
  const picture = parts.findIndex(({ name }) => name === 'IDAT');
  const { start, end } = parts[control] ?? { start: 0, end: 0 };
  if (control < picture || end - start !== 26) return null;
  const rest = parts.slice(control + 1);
  const next = rest.findIndex(({ name }) => name === 'fcTL');
  const data = (next < 0 ? rest : rest.slice(0, next))
    .filter(({ name }) => name === 'fdAT')
    .map((part) => png.subarray(part.start + SEQUENCE_LENGTH, part.end));
  const view = viewOf(png);
  return {
    size: png.subarray(start + 4, start + 12),
    left: view.getUint32(start + 12),
    top: view.getUint32(start + 16),
    data,
  };
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const typed = concat(encodeText(name), data);
  return concat(uint32(data.length), typed, uint32(crc32(typed)));
}
