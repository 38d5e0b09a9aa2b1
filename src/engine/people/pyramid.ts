/** Laplacian pyramids of square planes, as OpenCV's pyrDown and pyrUp make them. */

const KERNEL = [1, 4, 6, 4, 1] as const;

/** Half the size, smoothed with a binomial kernel, borders mirrored without repeating the edge. */
export function pyramidDown(plane: Float32Array, side: number): Float32Array<ArrayBuffer> {
  return halveRowsTransposed(halveRowsTransposed(plane, side, side), side, side / 2);
}

/** Halves each of `rows` rows of `side` values, and writes them as columns. */
function halveRowsTransposed(plane: Float32Array, side: number, rows: number): Float32Array<ArrayBuffer> {
  const half = side / 2;
  const out = new Float32Array(half * rows);
  for (let y = 0; y < rows; y++) {
    const row = y * side;
    for (let x = 0; x < half; x++) {
      const centre = 2 * x;
      let sum = 0;
      if (x > 0 && x < half - 1) {
        const from = row + centre - 2;
        sum =
          (plane[from] ?? 0) +
          (plane[from + 4] ?? 0) +
          4 * ((plane[from + 1] ?? 0) + (plane[from + 3] ?? 0)) +
          6 * (plane[from + 2] ?? 0);
      } else {
        for (let k = 0; k < KERNEL.length; k++) {
          sum += (KERNEL[k] ?? 0) * (plane[row + mirror(centre + k - 2, side)] ?? 0);
        }
      }
      out[x * rows + y] = sum / 16;
    }
  }
  return out;
}

/** Twice the size, by the same kernel. */
export function pyramidUp(plane: Float32Array, side: number): Float32Array<ArrayBuffer> {
  return doubleRowsTransposed(doubleRowsTransposed(plane, side, side), side, side * 2);
}

function doubleRowsTransposed(plane: Float32Array, side: number, rows: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array(2 * side * rows);
  for (let y = 0; y < rows; y++) {
    const row = y * side;
    for (let x = 0; x < side; x++) {
      const own = plane[row + x] ?? 0;
      const before = plane[row + (x > 0 ? x - 1 : 1)] ?? 0;
      const after = plane[row + Math.min(x + 1, side - 1)] ?? 0;
      out[2 * x * rows + y] = (before + 6 * own + after) / 8;
      out[(2 * x + 1) * rows + y] = (own + after) / 2;
    }
  }
  return out;
}

function mirror(index: number, size: number): number {
  const positive = Math.abs(index);
  return positive < size ? positive : 2 * (size - 1) - positive;
}
