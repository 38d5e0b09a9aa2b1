/** Where each bit of the sealed code stands. Mirrored by training/rofi/sealed/carriers.py. */
import { CODE_CELLS } from './cells';
import { shuffled } from './permutation';

/** A range of a cell's coefficients, smooth to fine. */
export interface Band {
  readonly start: number;
  readonly count: number;
}

/** Coefficients of luma: public synchronisation, public header, sealed layers. */
export const SYNC: Band = { start: 28, count: 2 };
export const HEADER: Band = { start: 30, count: 2 };
export const LUMA: Band = { start: 32, count: 32 };
/** Of each chroma. */
export const CHROMA: Band = { start: 16, count: 48 };

/** Distance of a public bit from zero, and of the inner of a symbol's four levels (±1, ±3 times); levels of 0..255. */
export const PUBLIC = 1.9;
export const UNIT = { luma: 0.86, chroma: 0.22 } as const;

/** The public synchronisation pattern, −1 or 1, [code cells, 2]. */
export const SYNC_SIGNS = Int8Array.from(shuffled(CODE_CELLS.length * SYNC.count, 7), (i) => 1 - 2 * (i % 2));

/** Symbols of luma, and of both chromas. Each is a bit for its sign and a bit for its magnitude. */
export const LUMA_SYMBOLS = CODE_CELLS.length * LUMA.count;
export const CHROMA_SYMBOLS = 2 * CODE_CELLS.length * CHROMA.count;
export const CODE_BITS = 2 * (LUMA_SYMBOLS + CHROMA_SYMBOLS);

/** Of the luma symbols' signs, the share that the base layer has to itself. */
const BASE_SIGNS = 0.86;

/**
 * For base, middle and fine: which of all code bits are theirs. Code bits are numbered luma signs, luma magnitudes,
 * chroma signs, chroma magnitudes, each cell by cell.
 */
export const LAYOUT = layOut();

function layOut(): readonly [Uint32Array, Uint32Array, Uint32Array] {
  const signs = shuffled(LUMA_SYMBOLS, 11);
  const base = signs.slice(0, Math.floor(LUMA_SYMBOLS * BASE_SIGNS));
  const magnitudes = Uint32Array.from({ length: LUMA_SYMBOLS }, (_, i) => LUMA_SYMBOLS + i);
  const rest = Uint32Array.from([...signs.subarray(base.length), ...magnitudes]);
  const middle = shuffled(rest.length, 12).map((i) => rest[i]!);
  const fine = shuffled(2 * CHROMA_SYMBOLS, 13).map((i) => 2 * LUMA_SYMBOLS + i);
  return [base, middle, fine];
}
