/** How far each code cell is to be believed. Mirrored by training/rofi/sealed/carriers.py. */
import { median } from './median';
import { CODE_CELLS, GRID } from './cells';

const ROW = GRID + 2;

/**
 * How far each code cell is to be believed, 0..1, by the public bits in it and beside it. A kept sign holds none.
 *
 * @param agreeing - bands [code cells, bits] of what was read of the public bits times what they are
 */
export function presence(agreeing: readonly Float32Array[]): Float64Array<ArrayBuffer> {
  const usual = Math.max(median(agreeing.flatMap((band) => [...band])), 1e-3);
  // With a border, so that every cell has neighbours.
  const own = new Float64Array(ROW * ROW);
  const held = new Float64Array(ROW * ROW);
  CODE_CELLS.forEach((cell, index) => {
    own[bordered(cell)] =
      agreeing.reduce((sum, band) => sum + meanWithin(band, index, 2 * usual) / agreeing.length, 0) / usual;
    held[bordered(cell)] = 1;
  });
  return Float64Array.from(CODE_CELLS, (cell) => {
    const share = around(own, bordered(cell)) / around(held, bordered(cell));
    return Math.min(Math.max((share - 0.3) / 0.4, 0), 1);
  });
}

/** Of a cell's bits, none counted for more than `limit`. */
function meanWithin(band: Float32Array, cell: number, limit: number): number {
  const width = band.length / CODE_CELLS.length;
  let sum = 0;
  for (let i = cell * width; i < (cell + 1) * width; i++) {
    sum += Math.min(Math.max(band[i]!, -limit), limit) / width;
  }
  return sum;
}

function bordered(cell: number): number {
  return (Math.floor(cell / GRID) + 1) * ROW + (cell % GRID) + 1;
}

function around(grid: Float64Array, at: number): number {
  return 2 * grid[at]! + grid[at - ROW]! + grid[at + ROW]! + grid[at - 1]! + grid[at + 1]!;
}
