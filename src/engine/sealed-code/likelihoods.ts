/** What the cells of a crop tell. Mirrored by training/rofi/sealed/carriers.py. */
import { bytesOf } from './bits';
import { COEFFICIENTS } from '../geometry/cosine-transform';
import { CODE_CELLS, coefficients } from './cells';
import {
  CHROMA,
  CHROMA_LEVELS,
  CODE_BITS,
  HEADER,
  LUMA,
  LUMA_LEVELS,
  PUBLIC,
  SYNC,
  SYNC_SIGNS,
  type Band,
} from './layout';
import { median } from './median';
import { presence } from './presence';
import { HEADER_BYTES, unpackHeader, type CodeHeader } from './seal';
import { symbolLikelihoods } from './symbols';
import { decode, encode } from './turbo';

/** Values that differ by less than its root are alike. */
const LITTLE = 1e-3;

/** A crop's code bits as far as they can be told. */
export interface Likelihoods {
  /** Null where there is none. */
  readonly header: CodeHeader | null;
  /** Log likelihood ratios of all code bits, positive for 0, as `LAYOUT` numbers them. */
  readonly bits: Float32Array;
}

/** Reads a crop in its place, [3, 256, 256] planar RGB in [-1, 1]. */
export function readLikelihoods(image: Float32Array): Likelihoods {
  const [luma, ...chromas] = coefficients(image);
  const sync = take(luma, SYNC).map((value, i) => value * SYNC_SIGNS[i]!);
  const read = take(luma, HEADER).map((value) => Math.min(Math.max(value, -2 * PUBLIC), 2 * PUBLIC));
  // Where the pattern is not, an eye or hair is: stronger than the code, and no part of it.
  const trusted = alike(
    presence([sync]),
    sync,
    read.map((value) => Math.abs(value)),
  );
  const header = decode(
    read.map((value, i) => value * trusted[Math.floor(i / HEADER.count)]!),
    8 * HEADER_BYTES,
  );
  const likeliest = encode(header, read.length);
  const present = presence([sync, read.map((value, i) => value * (1 - 2 * likeliest[i]!))]);
  return { header: unpackHeader(bytesOf(header)), bits: codeBits(luma, chromas, present) };
}

/**
 * How far each cell is to be believed, less where its values are not what they are elsewhere.
 *
 * @param values - two parts of them, [cells, bits]
 */
function alike(present: Float64Array, ...values: readonly [Float32Array, Float32Array]): Float64Array {
  const held = [...present.keys()].filter((cell) => present[cell]! > 0.5);
  if (held.length === 0) return present;
  const ofCell = (part: Float32Array, cell: number): Float32Array => {
    const width = part.length / present.length;
    return part.subarray(cell * width, (cell + 1) * width);
  };
  const usual = median(held.flatMap((cell) => [...ofCell(values[0], cell)]));
  const off = present.map((_, cell) => {
    const all = values.flatMap((part) => [...ofCell(part, cell)]);
    return all.reduce((sum, value) => sum + (value - usual) ** 2, 0) / all.length;
  });
  const ordinary = Math.max(median(held.map((cell) => off[cell]!)), LITTLE);
  return present.map((share, cell) => share / Math.max(1, off[cell]! / ordinary));
}

function codeBits(luma: Float32Array, chromas: readonly Float32Array[], present: Float64Array): Float32Array {
  const inner = symbolLikelihoods(take(luma, LUMA), LUMA_LEVELS, present);
  const outer = chromas.map((chroma) => symbolLikelihoods(take(chroma, CHROMA), CHROMA_LEVELS, present));
  const likelihoods = new Float32Array(CODE_BITS);
  let start = 0;
  for (const part of [
    inner.signs,
    inner.magnitudes,
    ...outer.map(({ signs }) => signs),
    ...outer.map(({ magnitudes }) => magnitudes),
  ]) {
    likelihoods.set(part, start);
    start += part.length;
  }
  return likelihoods;
}

/** A band of a plane's code cells, [code cells, coefficients]. */
function take(plane: Float32Array, band: Band): Float32Array<ArrayBuffer> {
  const values = new Float32Array(CODE_CELLS.length * band.count);
  CODE_CELLS.forEach((cell, index) => {
    const start = cell * COEFFICIENTS + band.start;
    values.set(plane.subarray(start, start + band.count), index * band.count);
  });
  return values;
}
