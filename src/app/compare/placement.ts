import type { MeasuredFace } from '../../engine/api';
import type { Point, Similarity } from '../../engine/types';

/** What is seen of every visit, one wide. */
export const frame = { width: 1, height: 2 / 3 } as const;

/** Where the eyes of every visit come to lie. */
export const frameEyes: readonly [Point, Point] = [
  { x: 0.36, y: 0.28 },
  { x: 0.64, y: 0.28 },
];

/** Turned, scaled and moved so that the eyes lie there: from widths of the photo to the frame. */
export function placementOf({ eyes }: MeasuredFace, photoWidth: number): Similarity {
  const [right, left] = eyes.map(({ x, y }) => ({ x: x / photoWidth, y: y / photoWidth }));
  if (!right || !left) return { a: 1, b: 0, tx: 0, ty: 0 };
  const dx = left.x - right.x;
  const dy = left.y - right.y;
  const [to, end] = frameEyes;
  const scale = (end.x - to.x) / (dx * dx + dy * dy);
  const [a, b] = [dx * scale, -dy * scale];
  return { a, b, tx: to.x - a * right.x + b * right.y, ty: to.y - b * right.x - a * right.y };
}
