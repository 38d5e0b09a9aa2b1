/** Which cells of the sign map are kept. The page draws it too, so nothing here knows of pixels or networks. */
import { crop } from '../constants.json';
import { dilate } from './blur';

/** Side of the grid that sign map and networks' feature map share. */
export const SIGN_GRID = crop.cells;

/** Which regions keep their own features (paper, section 4.3). */
export interface SignSelection {
  /** Scores above it are kept (paper, Table 1), 0..1. */
  readonly signThreshold: number;
  readonly keepBothEyes: boolean;
}

/**
 * How much of each cell is kept, [32, 32] in 0..1. Cells that score above the threshold are kept whole; beside them, so
 * much as their scores come near it, so that what is kept follows the sign and not the cells. Training does the same.
 *
 * @param scores - [32, 32] in 0..1, the detector's
 * @param wholeEyes - [32, 32] in 0..1, what keeping both eyes whole keeps of each cell
 */
export function keptShares(
  scores: Float32Array,
  wholeEyes: Float32Array,
  { signThreshold, keepBothEyes }: SignSelection,
): Float32Array<ArrayBuffer> {
  const above = scores.map((score) => Number(score > signThreshold));
  const beside = dilate(above, SIGN_GRID, 1);
  return Float32Array.from(scores, (score, cell) => {
    const near = Math.min(Math.max((2 * score) / signThreshold - 1, 0), 1);
    const share = above[cell] === 1 ? 1 : (beside[cell] ?? 0) * near;
    return keepBothEyes ? Math.max(share, wholeEyes[cell] ?? 0) : share;
  });
}
