import type { FaceView } from '../../engine/api';
import type { Point } from '../../engine/types';

/** Where the eye centres lie in the aligned crop, 0..1. */
const IN_CROP = [
  { x: 0.35, y: 0.42 },
  { x: 0.65, y: 0.42 },
] as const;

/**
 * A face's eye centres, the right eye first.
 *
 * @param unit - how many photo pixels count as 1, across and down
 */
export function eyesOf({ cropCorners }: Pick<FaceView, 'cropCorners'>, unit: Point): readonly [Point, Point] {
  const [origin, right, , down] = cropCorners;
  const place = ({ x, y }: Point): Point => ({
    x: (origin.x + x * (right.x - origin.x) + y * (down.x - origin.x)) / unit.x,
    y: (origin.y + x * (right.y - origin.y) + y * (down.y - origin.y)) / unit.y,
  });
  return [place(IN_CROP[0]), place(IN_CROP[1])];
}
