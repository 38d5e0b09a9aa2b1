/**
 * Solves a small symmetric positive system by elimination.
 *
 * @param matrix - [n, n], row by row; changed
 * @param wanted - [n]; changed
 */
export function solve(matrix: Float64Array, wanted: Float64Array): Float64Array {
  const size = wanted.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = matrix[row * size + pivot]! / matrix[pivot * size + pivot]!;
      for (let column = pivot; column < size; column++) {
        matrix[row * size + column]! -= factor * matrix[pivot * size + column]!;
      }
      wanted[row]! -= factor * wanted[pivot]!;
    }
  }
  return wanted.map((value, i) => value / matrix[i * size + i]!);
}
