/** Where each bit of the sealed code stands. Mirrored by training/rofi/sealed/carriers.py. */
import { sealedCode } from '../constants.json';
import { CODE_CELLS } from './cells';
import { shuffled } from './permutation';

/** A range of a cell's coefficients, smooth to fine. */
export interface Band {
  readonly start: number;
  readonly count: number;
}

/** Coefficients of luma: public synchronisation, public header, sealed layers. */
export const SYNC: Band = { start: sealedCode.first, count: 2 };
export const HEADER: Band = { start: sealedCode.first + 2, count: 2 };
export const LUMA: Band = { start: sealedCode.first + 4, count: 32 };
/** Of each chroma. */
export const CHROMA: Band = { start: 16, count: 48 };

/** Distance from zero of a public bit; levels of 0..255. */
export const PUBLIC = 1.9;
/**
 * Distances of a symbol's four levels from zero, inner and outer. In luma the inner ones stand far from zero: what tells
 * their sign is what JPEG leaves.
 */
export const LUMA_LEVELS = [1.25, 2.4] as const;
export const CHROMA_LEVELS = [0.33, 0.99] as const;

/** The public synchronisation pattern, −1 or 1, [code cells, 2]. */
export const SYNC_SIGNS = Int8Array.from(shuffled(CODE_CELLS.length * SYNC.count, 7), (i) => 1 - 2 * (i % 2));

/** Symbols of luma, and of both chromas. Each is a bit for its sign and a bit for its magnitude. */
export const LUMA_SYMBOLS = CODE_CELLS.length * LUMA.count;
export const CHROMA_SYMBOLS = 2 * CODE_CELLS.length * CHROMA.count;
export const CODE_BITS = 2 * (LUMA_SYMBOLS + CHROMA_SYMBOLS);

/**
 * For base and fine layer: which of all code bits are theirs, in a fixed disorder. Code bits are numbered luma signs,
 * luma magnitudes, chroma signs, chroma magnitudes, each cell by cell. The base has the luma signs.
 */
export const LAYOUT: readonly [Uint32Array, Uint32Array] = [
  shuffled(LUMA_SYMBOLS, 11),
  shuffled(CODE_BITS - LUMA_SYMBOLS, 12).map((i) => LUMA_SYMBOLS + i),
];
