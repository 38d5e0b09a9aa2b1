/** Where the synchronisation pattern lies in a crop, and where parts of it do. Mirrored by training/rofi/sealed/register.py. */
import { CROP_SIZE } from '../geometry/alignment';
import type { Similarity } from '../types';
import { CELL_COUNT, CODE_CELLS, GRID } from './cells';
import { COEFFICIENTS, dctInverse } from '../geometry/cosine-transform';
import { PUBLIC, SYNC, SYNC_SIGNS } from './layout';

/** How far one window of the pattern lies from its place. */
export interface Displacement {
  /** The window's middle, crop pixels. */
  readonly x: number;
  readonly y: number;
  readonly right: number;
  readonly down: number;
  /** How far the likeness there stands out from the likeness elsewhere. */
  readonly sureness: number;
}

/** The crop in overlapping windows of 2×2 blocks, each looked for on its own. */
const BLOCK = 32;
const BLOCKS = CROP_SIZE / BLOCK;
/** A window that holds less of the pattern than this share of its cells tells too little. */
const LEAST = 0.4;
/** Growths, and turns in radians, that are tried: at each step a window moves by less than a pixel. */
const STEPS = Array.from({ length: 15 }, (_, i) => 0.007 * (i - 7));

/** What the face itself has, edges above all, must not drown the pattern. */
const LIMIT = 6;

const PATTERN = whiten(pattern());
/** The first of each window's blocks. */
const WINDOWS = windows();

/**
 * How much a window, moved by up to so many pixels, is like its part of the pattern: row by row, in units of its root mean
 * square.
 */
interface Likeness {
  /** The window's middle, crop pixels. */
  readonly x: number;
  readonly y: number;
  readonly values: Float64Array;
}

/**
 * Looks for every window of the pattern.
 *
 * @param luma - [256, 256] in 0..255
 * @param reach - how far, in pixels
 */
export function displacements(luma: Float32Array, reach: number): readonly Displacement[] {
  return likenesses(luma, reach).map(({ x, y, values }) => ({ x, y, ...peak(values, reach) }));
}

/**
 * The similarity about the crop's middle, to a pixel, at which all windows together are most like the pattern, and how
 * much they are: as one they tell what each alone does not.
 *
 * @param luma - [256, 256] in 0..255
 * @param reach - how far to look, in pixels, at each growth and turn
 */
export function likeliest(luma: Float32Array, reach: number): { moved: Similarity; sureness: number } {
  const found = likenesses(luma, reach);
  const side = 2 * reach + 1;
  const together = new Float64Array(side * side);
  let best = 0;
  let moved: Similarity = { a: 1, b: 0, tx: 0, ty: 0 };
  for (const growth of STEPS) {
    for (const turn of STEPS) {
      together.fill(0);
      for (const { x, y, values } of found) {
        const [u, v] = [x - CROP_SIZE / 2, y - CROP_SIZE / 2];
        addMoved(together, values, Math.round(growth * u - turn * v), Math.round(turn * u + growth * v));
      }
      together.forEach((value, at) => {
        if (value <= best) return;
        best = value;
        moved = { a: 1 + growth, b: turn, tx: (at % side) - reach, ty: Math.floor(at / side) - reach };
      });
    }
  }
  return { moved, sureness: best / Math.sqrt(found.length) };
}

/** Adds to a square what another one has so far right of and below each place; outside there is nothing. */
function addMoved(sums: Float64Array, values: Float64Array, right: number, down: number): void {
  const side = Math.sqrt(sums.length);
  for (let y = Math.max(0, -down); y < Math.min(side, side - down); y++) {
    const [to, from] = [y * side, (y + down) * side + right];
    for (let x = Math.max(0, -right); x < Math.min(side, side - right); x++)
      sums[to + x]! += values[from + x]!;
  }
}

function likenesses(luma: Float32Array, reach: number): readonly Likeness[] {
  const blocks = blockLikenesses(whiten(luma), reach);
  return WINDOWS.map((first) => {
    const around = [0, 1, BLOCKS, BLOCKS + 1].map((next) => blocks[first + next]!);
    const values = around[0]!.map((_, i) => around.reduce((sum, block) => sum + block[i]!, 0));
    const size = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length) + 1e-9;
    const top = Math.floor(first / BLOCKS) * BLOCK;
    return {
      x: (first % BLOCKS) * BLOCK + BLOCK,
      y: top + BLOCK,
      values: values.map((value) => value / size),
    };
  });
}

/** For each block, the sums of pattern times crop, [2 · reach + 1, 2 · reach + 1]. Outside the crop there is nothing. */
function blockLikenesses(seen: Float64Array, reach: number): readonly Float64Array[] {
  const side = 2 * reach + 1;
  const row = CROP_SIZE + 2 * reach;
  const padded = new Float64Array(row * row);
  for (let y = 0; y < CROP_SIZE; y++) {
    padded.set(seen.subarray(y * CROP_SIZE, (y + 1) * CROP_SIZE), (y + reach) * row + reach);
  }
  return Array.from({ length: BLOCKS * BLOCKS }, (_, block) => {
    const [top, left] = [Math.floor(block / BLOCKS) * BLOCK, (block % BLOCKS) * BLOCK];
    const likeness = new Float64Array(side * side);
    for (let shift = 0; shift < likeness.length; shift++) {
      const there = (top + Math.floor(shift / side)) * row + left + (shift % side);
      likeness[shift] = productOfBlocks(PATTERN, top * CROP_SIZE + left, CROP_SIZE, padded, there, row);
    }
    return likeness;
  });
}

function productOfBlocks(
  one: Float64Array,
  oneStart: number,
  oneRow: number,
  other: Float64Array,
  otherStart: number,
  otherRow: number,
): number {
  let sum = 0;
  for (let y = 0; y < BLOCK; y++) {
    const a = oneStart + y * oneRow;
    const b = otherStart + y * otherRow;
    for (let x = 0; x < BLOCK; x++) sum += one[a + x]! * other[b + x]!;
  }
  return sum;
}

function peak(likeness: Float64Array, reach: number): Pick<Displacement, 'right' | 'down' | 'sureness'> {
  const side = 2 * reach + 1;
  let best = 0;
  likeness.forEach((value, i) => {
    if (value > likeness[best]!) best = i;
  });
  const [down, right] = [Math.floor(best / side), best % side];
  return {
    right: right - reach + (right % (side - 1) ? between(likeness, best, 1) : 0),
    down: down - reach + (down % (side - 1) ? between(likeness, best, side) : 0),
    sureness: likeness[best]!,
  };
}

/** Where the parabola through a maximum and its neighbours has its top, −0.5..0.5. */
function between(values: Float64Array, at: number, step: number): number {
  const [before, here, after] = [values[at - step]!, values[at]!, values[at + step]!];
  const bend = before - 2 * here + after;
  return bend < 0 ? Math.min(Math.max((before - after) / (2 * bend), -0.5), 0.5) : 0;
}

/** A plane [256, 256] less its 4-neighbours' mean, limited. */
function whiten(plane: Float32Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(plane.length);
  const last = CROP_SIZE - 1;
  for (let y = 0; y < CROP_SIZE; y++) {
    const [up, row, down] = [Math.max(y - 1, 0), y, Math.min(y + 1, last)].map(
      (line) => line * CROP_SIZE,
    ) as [number, number, number];
    for (let x = 0; x < CROP_SIZE; x++) {
      const vertical = plane[up + x]! + plane[down + x]!;
      const horizontal = plane[row + Math.max(x - 1, 0)]! + plane[row + Math.min(x + 1, last)]!;
      const detail = plane[row + x]! - (vertical + horizontal) / 4;
      out[row + x] = Math.min(Math.max(detail, -LIMIT), LIMIT);
    }
  }
  return out;
}

/** The synchronisation pattern as luma of the crop, [256, 256]. */
function pattern(): Float32Array {
  const plane = new Float32Array(CELL_COUNT * COEFFICIENTS);
  CODE_CELLS.forEach((cell, index) => {
    for (let i = 0; i < SYNC.count; i++) {
      plane[cell * COEFFICIENTS + SYNC.start + i] = PUBLIC * SYNC_SIGNS[index * SYNC.count + i]!;
    }
  });
  return dctInverse(plane);
}

function windows(): readonly number[] {
  const cells = GRID / BLOCKS;
  const block = (cell: number) =>
    Math.floor(cell / GRID / cells) * BLOCKS + Math.floor((cell % GRID) / cells);
  const held = new Uint16Array(BLOCKS * BLOCKS);
  for (const cell of CODE_CELLS) held[block(cell)]!++;
  return [...held.keys()].filter((first) => {
    if (first % BLOCKS === BLOCKS - 1 || first >= BLOCKS * (BLOCKS - 1)) return false;
    const sum = held[first]! + held[first + 1]! + held[first + BLOCKS]! + held[first + BLOCKS + 1]!;
    return sum / (4 * cells ** 2) > LEAST;
  });
}
