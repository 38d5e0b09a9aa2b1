/**
 * How much of a face folds over itself when a person is drawn on it: a lip over a nose's shadow, a nostril twice.
 * A smile's mesh can hold a closed mouth only by turning some of its triangles over. Training:
 * rofi/people/folding.py.
 */
import { landmarks as points, people } from '../constants.json';
import type { FaceMesh } from '../geometry/mesh';

/** A triangle counts from this share of its size in the mean shape down, and wholly once it is turned over as far. */
const THIN = people.thin;
const INNER_LIPS = new Set(points.innerLips);

/**
 * The share of the mean face, 0..1, that folds once the patient's landmarks are moved to a person's shape. What faces
 * away on the patient as well does not count, nor what lips open to.
 *
 * @returns what to ask of moved landmarks
 */
export function foldingOn(
  landmarks: Float32Array,
  { mean, triangles }: FaceMesh,
): (moved: Float32Array) => number {
  const sizes = areasOf(mean, triangles);
  const own = areasOf(landmarks, triangles);
  const counts = own.map((area, i) => {
    const inMouth = triangles.subarray(3 * i, 3 * i + 3).every((index) => INNER_LIPS.has(index));
    return area / sizes[i]! > THIN && !inMouth ? Math.abs(sizes[i]!) : 0;
  });
  const all = sizes.reduce((sum, size) => sum + Math.abs(size), 0);
  return (moved) => {
    const left = areasOf(moved, triangles);
    return counts.reduce((sum, size, i) => sum + size * lost(left[i]! / sizes[i]!), 0) / all;
  };
}

function lost(left: number): number {
  return Math.min(Math.max((THIN - left) / (2 * THIN), 0), 1);
}

/** Twice the area of each triangle, with the sign of its winding. */
function areasOf(points: Float32Array, triangles: Uint16Array): Float64Array {
  const areas = new Float64Array(triangles.length / 3);
  for (let i = 0; i < areas.length; i++) {
    const [a, b, c] = [2 * triangles[3 * i]!, 2 * triangles[3 * i + 1]!, 2 * triangles[3 * i + 2]!];
    const [x, y] = [points[a]!, points[a + 1]!];
    areas[i] = (points[b]! - x) * (points[c + 1]! - y) - (points[b + 1]! - y) * (points[c]! - x);
  }
  return areas;
}
