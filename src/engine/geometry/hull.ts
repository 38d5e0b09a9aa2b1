/** The convex outline round a face's landmarks. */
import type { Point } from '../types';
import { pointOf } from './alignment';

/** The corners of the convex outline round some points, turning one way (Andrew's monotone chain). */
export function convexHull(landmarks: Float32Array): readonly Point[] {
  const points = Array.from({ length: landmarks.length / 2 }, (_, i) => pointOf(landmarks, i)).sort(
    (one, other) => one.x - other.x || one.y - other.y,
  );
  const chain = (ordered: readonly Point[]): Point[] => {
    const corners: Point[] = [];
    for (const point of ordered) {
      while (corners.length > 1 && turnAt(corners.at(-2), corners.at(-1), point) <= 0) corners.pop();
      corners.push(point);
    }
    return corners.slice(0, -1);
  };
  return [...chain(points), ...chain(points.reverse())];
}

/** Above 0 where the way over three points turns towards growing y from growing x. */
function turnAt(one: Point | undefined, two: Point | undefined, three: Point): number {
  if (!one || !two) return 1;
  return (two.x - one.x) * (three.y - one.y) - (two.y - one.y) * (three.x - one.x);
}

/** How far a point lies beyond the lines along the sides of a hull, at most; negative inside. */
export function distanceBeyond(hull: readonly Point[], { x, y }: Point): number {
  return Math.max(
    ...hull.map((from, i) => {
      const to = hull[(i + 1) % hull.length] ?? from;
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      return (dy * (x - from.x) - dx * (y - from.y)) / Math.hypot(dx, dy);
    }),
  );
}
