/**
 * Solves a symmetric, positive definite system by Cholesky's decomposition.
 *
 * @param matrix - its lower half: row i has i + 1 values
 */
export function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array<ArrayBuffer> {
  const size = right.length;
  const lower = matrix.map((row) => row.slice());
  const at = (row: number, column: number): number => lower[row]?.[column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = at(row, column);
      for (let k = 0; k < column; k++) rest -= at(row, k) * at(column, k);
      lower[row]![column] = row === column ? Math.sqrt(rest) : rest / at(column, column);
    }
  }
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    let rest = solution[row] ?? 0;
    for (let k = 0; k < row; k++) rest -= at(row, k) * (solution[k] ?? 0);
    solution[row] = rest / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = solution[row] ?? 0;
    for (let k = row + 1; k < size; k++) rest -= at(k, row) * (solution[k] ?? 0);
    solution[row] = rest / at(row, row);
  }
  return solution;
}
