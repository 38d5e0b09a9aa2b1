import type { FaceView } from '../../engine/api';
import type { ProtectSettings } from '../../state/protect';

/** What the person chose to keep. */
export type SignChoice = Pick<ProtectSettings, 'signThreshold' | 'keepBothEyes'>;

/** Fields along one side of the sign map. */
export const signGrid = 32;

/** Indices, row by row, of the fields where the protector keeps the photo. */
export function keptCells(
  { signScores, wholeEyes }: Pick<FaceView, 'signScores' | 'wholeEyes'>,
  { signThreshold, keepBothEyes }: SignChoice,
): readonly number[] {
  const cells: number[] = [];
  signScores.forEach((score, cell) => {
    if (score > signThreshold || (keepBothEyes && wholeEyes[cell] === 1)) cells.push(cell);
  });
  return cells;
}
