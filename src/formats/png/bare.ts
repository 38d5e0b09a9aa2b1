/** PNG as its decoder wants it: what changes pixels, and nothing whose faults browsers overlook. */
import { concat, viewOf } from '../../bytes';
import type { Size } from '../format';
import type { ImagePart } from '../parts';
import { contentOf, encodeChunk, listChunks, SIGNATURE_LENGTH } from './chunks';

const PALETTE = 3;
/** Data of an animation's frame begin with a number. */
const SEQUENCE_LENGTH = 4;

/** A PNG to decode, and where its picture belongs on its canvas. */
export interface BarePng {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly canvas: Size;
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
  const parts = listChunks(png);
  const header = contentOf(png, parts, 'IHDR') ?? new Uint8Array(0);
  const view = viewOf(header);
  const canvas = { width: view.getUint32(0), height: view.getUint32(4) };
  const isPalette = view.getUint8(9) === PALETTE;
  const animated = contentOf(png, parts, 'acTL')?.length === 8;
  const frame = animated ? firstFrame(png, parts) : null;

  const shown = header.slice();
  if (frame) shown.set(frame.size);
  const chunks: Uint8Array[] = [encodeChunk('IHDR', shown)];
  const palette = contentOf(png, parts, 'PLTE');
  if (palette && isPalette) chunks.push(encodeChunk('PLTE', palette));
  const transparent = contentOf(png, parts, 'tRNS');
  if (transparent) chunks.push(encodeChunk('tRNS', transparent));
  for (const part of parts) {
    if (frame === null && part.name === 'IDAT') chunks.push(png.subarray(part.start - 8, part.end + 4));
  }
  for (const data of frame?.data ?? []) chunks.push(encodeChunk('IDAT', data));
  chunks.push(encodeChunk('IEND', new Uint8Array(0)));
  const bytes = concat(png.subarray(0, SIGNATURE_LENGTH), ...chunks);
  return { bytes, canvas, left: frame?.left ?? 0, top: frame?.top ?? 0, animated };
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
