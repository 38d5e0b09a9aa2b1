/** How the sealed code is written into a crop's cells. Mirrored by training/rofi/sealed/carriers.py. */
import { bitsOf } from './bits';
import { COEFFICIENTS } from '../geometry/cosine-transform';
import { CODE_CELLS, coefficients, picture } from './cells';
import {
  CHROMA,
  CHROMA_LEVELS,
  CHROMA_SYMBOLS,
  HEADER,
  LAYOUT,
  LUMA,
  LUMA_LEVELS,
  LUMA_SYMBOLS,
  PUBLIC,
  SYNC,
  SYNC_SIGNS,
  type Band,
} from './layout';
import { LAYERS, packHeader, type CodeHeader } from './seal';
import { encode } from './turbo';

/** What stands in the cells. */
export interface Code {
  /** As `packHeader` gives it. */
  readonly header: Uint8Array;
  /** All code bits, as {@link LAYOUT} numbers them. */
  readonly bits: Uint8Array;
}

/**
 * The code of sealed frames, base and fine.
 *
 * @param filling - code bits that look like a code: what a layer without a frame holds
 */
export function codeOf(header: CodeHeader, frames: readonly Uint8Array[], filling: Uint8Array): Code {
  const bits = filling.slice();
  for (const layer of LAYERS) {
    const frame = frames[layer]!;
    if (frame.length === 0) continue;
    const places = LAYOUT[layer];
    const coded = encode(bitsOf(frame), places.length);
    for (let i = 0; i < places.length; i++) bits[places[i]!] = coded[i]!;
  }
  return { header: packHeader(header), bits };
}

/**
 * A crop with the code in its writable cells.
 *
 * @param image - [3, 256, 256] planar RGB in [-1, 1]
 * @param writable - one a code cell: 1 where it may hold code, 0 where its pixels stay
 * @returns the same, not clamped: a few values may lie outside [-1, 1]
 */
export function writeCode(
  image: Float32Array,
  { header, bits }: Code,
  writable: Uint8Array,
): Float32Array<ArrayBuffer> {
  const planes = coefficients(image);
  const [luma, ...chromas] = planes;
  const told = encode(bitsOf(header), CODE_CELLS.length * HEADER.count);
  put(luma, SYNC, writable, (i) => PUBLIC * SYNC_SIGNS[i]!);
  put(luma, HEADER, writable, (i) => PUBLIC * (1 - 2 * told[i]!));
  put(luma, LUMA, writable, (i) => level(bits[i]!, bits[LUMA_SYMBOLS + i]!, LUMA_LEVELS));
  const signs = bits.subarray(2 * LUMA_SYMBOLS);
  const magnitudes = signs.subarray(CHROMA_SYMBOLS);
  chromas.forEach((chroma, plane) => {
    const first = (plane * CHROMA_SYMBOLS) / 2;
    put(chroma, CHROMA, writable, (i) => level(signs[first + i]!, magnitudes[first + i]!, CHROMA_LEVELS));
  });
  return picture(planes);
}

function level(sign: number, magnitude: number, [inner, outer]: readonly [number, number]): number {
  return (1 - 2 * sign) * (magnitude ? outer : inner);
}

/** Sets a band of a plane's writable code cells, values numbered over all code cells. */
function put(plane: Float32Array, band: Band, writable: Uint8Array, value: (i: number) => number): void {
  CODE_CELLS.forEach((cell, index) => {
    if (!writable[index]) return;
    const start = cell * COEFFICIENTS + band.start;
    for (let i = 0; i < band.count; i++) plane[start + i] = value(index * band.count + i);
  });
}
