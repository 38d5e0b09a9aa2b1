/** Fields along one side of the sign map. */
export const signGrid = 32;

/** Indices, row by row, of the fields whose score is above the threshold: what the protector keeps. */
export function keptCells(scores: Float32Array, threshold: number): readonly number[] {
  const cells: number[] = [];
  scores.forEach((score, cell) => {
    if (score > threshold) cells.push(cell);
  });
  return cells;
}
