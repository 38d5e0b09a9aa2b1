/** How the sealed code is written into a crop's cells. Mirrored by training/rofi/sealed/carriers.py. */
import { bitsOf } from './bits';
import { CODE_CELLS, COEFFICIENTS, coefficients, picture } from './cells';
import {
  CHROMA,
  CHROMA_SYMBOLS,
  CODE_BITS,
  HEADER,
  LAYOUT,
  LUMA,
  LUMA_SYMBOLS,
  PUBLIC,
  SYNC,
  SYNC_SIGNS,
  UNIT,
  type Band,
} from './layout';
import { packHeader, type CodeHeader } from './seal';
import { encode } from './turbo';

/** Everything that stands in the cells: the header and the three sealed frames, base, middle and fine. */
export interface Code {
  readonly header: CodeHeader;
  readonly frames: readonly Uint8Array[];
}

/**
 * A crop with the code in its writable cells.
 *
 * @param image - [3, 256, 256] planar RGB in [-1, 1]
 * @param writable - one a code cell: 1 where it may hold code, 0 where its pixels stay
 * @returns the same, not clamped: a few values may lie outside [-1, 1]
 */
export function writeCode(image: Float32Array, code: Code, writable: Uint8Array): Float32Array<ArrayBuffer> {
  const planes = coefficients(image);
  const [luma, ...chromas] = planes;
  const header = encode(bitsOf(packHeader(code.header)), CODE_CELLS.length * HEADER.count);
  put(luma, SYNC, writable, (i) => PUBLIC * SYNC_SIGNS[i]!);
  put(luma, HEADER, writable, (i) => PUBLIC * (1 - 2 * header[i]!));
  const bits = codeBits(code.frames);
  put(luma, LUMA, writable, (i) => UNIT.luma * level(bits[i]!, bits[LUMA_SYMBOLS + i]!));
  const signs = bits.subarray(2 * LUMA_SYMBOLS);
  const magnitudes = signs.subarray(CHROMA_SYMBOLS);
  chromas.forEach((chroma, plane) => {
    const first = (plane * CHROMA_SYMBOLS) / 2;
    put(chroma, CHROMA, writable, (i) => UNIT.chroma * level(signs[first + i]!, magnitudes[first + i]!));
  });
  return picture(planes);
}

/** All code bits of the frames, as {@link LAYOUT} numbers them. */
function codeBits(frames: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(CODE_BITS);
  LAYOUT.forEach((places, layer) => {
    const coded = encode(bitsOf(frames[layer]!), places.length);
    for (let i = 0; i < places.length; i++) bits[places[i]!] = coded[i]!;
  });
  return bits;
}

/** −3, −1, 1 or 3. */
function level(sign: number, magnitude: number): number {
  return (1 - 2 * sign) * (1 + 2 * magnitude);
}

/** Sets a band of a plane's writable code cells, values numbered over all code cells. */
function put(plane: Float32Array, band: Band, writable: Uint8Array, value: (i: number) => number): void {
  CODE_CELLS.forEach((cell, index) => {
    if (!writable[index]) return;
    const start = cell * COEFFICIENTS + band.start;
    for (let i = 0; i < band.count; i++) plane[start + i] = value(index * band.count + i);
  });
}
