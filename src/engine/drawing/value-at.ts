/**
 * A plane's value between its pixels, bilinearly; beyond its edge the border goes on.
 *
 * @param plane - [side, side]
 * @param x - and `y`: in pixel indices
 */
export function valueAt(plane: Float32Array, side: number, x: number, y: number): number {
  const inX = Math.min(Math.max(x, 0), side - 1.001);
  const inY = Math.min(Math.max(y, 0), side - 1.001);
  const left = Math.floor(inX);
  const at = Math.floor(inY) * side + left;
  const fx = inX - left;
  const upper = (plane[at] ?? 0) * (1 - fx) + (plane[at + 1] ?? 0) * fx;
  const lower = (plane[at + side] ?? 0) * (1 - fx) + (plane[at + side + 1] ?? 0) * fx;
  return upper + (lower - upper) * (inY - Math.floor(inY));
}
