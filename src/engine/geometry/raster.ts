/** Polygons and triangles on the pixel grid of the crop. */
import type { Point } from '../types';
import { pointOf } from './alignment';

/** Rounding must not open gaps between triangles that share an edge. */
const SLACK = 1e-3;

/** How far an outline reaches beyond its triangle, in pixels. */
const OUTLINE = 0.5;

/**
 * Fills a polygon as OpenCV does, which training draws with: rows of the vertices rounded to whole pixels, the
 * outline included.
 *
 * @param points - x and y interleaved, 0..1 of the crop
 * @returns [size, size], 0 or 1
 */
export function fillPolygon(points: Float32Array, size: number): Float32Array<ArrayBuffer> {
  const mask = new Float32Array(size * size);
  const count = points.length / 2;
  const vertices = Array.from({ length: count }, (_, i) => {
    const { x, y } = pointOf(points, i);
    return { x: toSubpixel(x * size - 0.5), y: Math.round(toSubpixel(y * size - 0.5)) };
  });
  const crossings: number[][] = Array.from({ length: size }, () => []);
  vertices.forEach((from, i) => {
    const to = vertices[(i + 1) % count] ?? from;
    drawLine(mask, size, { x: Math.round(from.x), y: from.y }, { x: Math.round(to.x), y: to.y });
    collectCrossings(crossings, from, to);
  });
  crossings.forEach((row, y) => {
    row.sort((left, right) => left - right);
    for (let i = 0; i + 1 < row.length; i += 2) {
      const left = Math.max(0, Math.ceil(row[i] ?? 0));
      const right = Math.min(size - 1, Math.floor(row[i + 1] ?? 0));
      if (left <= right) mask.fill(1, y * size + left, y * size + right + 1);
    }
  });
  return mask;
}

/** Training hands vertices over in sixteenths of a pixel. */
function toSubpixel(value: number): number {
  return Math.round(value * 16) / 16;
}

/** Where an edge crosses each row from its upper end to before its lower end. */
function collectCrossings(crossings: number[][], from: Point, to: Point): void {
  const [upper, lower] = from.y < to.y ? [from, to] : [to, from];
  const slope = (lower.x - upper.x) / (lower.y - upper.y);
  for (let y = Math.max(0, upper.y); y < Math.min(lower.y, crossings.length); y++) {
    crossings[y]?.push(upper.x + (y - upper.y) * slope);
  }
}

/** Bresenham's line between two pixels, from the left one. */
function drawLine(mask: Float32Array, size: number, one: Point, other: Point): void {
  const [from, to] = one.x <= other.x ? [one, other] : [other, one];
  const width = to.x - from.x;
  const height = Math.abs(to.y - from.y);
  const down = Math.sign(to.y - from.y);
  const steps = Math.max(width, height, 1);
  for (let step = 0; step <= steps; step++) {
    const x = from.x + Math.ceil((step * width) / steps - 0.5);
    const y = from.y + down * Math.ceil((step * height) / steps - 0.5);
    if (x >= 0 && x < size && y >= 0 && y < size) mask[y * size + x] = 1;
  }
}

/** For every pixel its place in the mean shape. */
export interface MeshField {
  /** [size, size] each, 0..1 of the mean shape. */
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** [size, size], 1 where the mesh reaches. */
  readonly covered: Uint8Array;
}

/**
 * Piecewise affine map from a face to the mean shape, by the triangles that face the camera; where they overlap the
 * later one wins, and beyond the mesh the first one goes on, as in training.
 *
 * @param landmarks - of the face; `mean` - of the mean shape; both x and y interleaved, 0..1
 * @param triangles - three landmark indices each
 */
export function rasteriseMesh(
  landmarks: Float32Array,
  mean: Float32Array,
  triangles: Uint16Array,
  size: number,
): MeshField {
  const field = {
    x: new Float32Array(size * size),
    y: new Float32Array(size * size),
    covered: new Uint8Array(size * size),
  };
  for (let i = 0; i < triangles.length; i += 3) {
    const corners = [triangles[i] ?? 0, triangles[i + 1] ?? 0, triangles[i + 2] ?? 0] as const;
    const from = corners.map((corner) => pointOf(landmarks, corner));
    const to = corners.map((corner) => pointOf(mean, corner));
    const map = affineMap(from, to);
    if (map === null) continue;
    if (i === 0) extendMap(field, map, size);
    if (windsAs(from, to)) fillTriangle(field, from, map, size);
  }
  return field;
}

/** Whether two triangles run round the same way: in the mean shape every one faces the camera. */
function windsAs(one: readonly Point[], other: readonly Point[]): boolean {
  return doubleArea(one) * doubleArea(other) > 0;
}

function doubleArea([p, q, r]: readonly Point[]): number {
  if (!p || !q || !r) return 0;
  return (q.x - p.x) * (r.y - p.y) - (r.x - p.x) * (q.y - p.y);
}

/** Barycentric coordinates and the place in the mean shape of a point, all linear in x and y. */
interface AffineMap {
  /** Each: value at the origin, change with x, change with y. */
  readonly s: Linear;
  readonly t: Linear;
  readonly x: Linear;
  readonly y: Linear;
}
type Linear = readonly [origin: number, byX: number, byY: number];

/** Null for a triangle without area. */
function affineMap(from: readonly Point[], to: readonly Point[]): AffineMap | null {
  const [p, q, r] = from;
  const [mp, mq, mr] = to;
  if (!p || !q || !r || !mp || !mq || !mr) return null;
  const area = doubleArea(from);
  if (Math.abs(area) < 1e-12) return null;
  const s = linearThrough(p, (r.y - p.y) / area, (p.x - r.x) / area);
  const t = linearThrough(p, (p.y - q.y) / area, (q.x - p.x) / area);
  const blend = (at: number, bySide: number, byOther: number): Linear => [
    at + s[0] * bySide + t[0] * byOther,
    s[1] * bySide + t[1] * byOther,
    s[2] * bySide + t[2] * byOther,
  ];
  return { s, t, x: blend(mp.x, mq.x - mp.x, mr.x - mp.x), y: blend(mp.y, mq.y - mp.y, mr.y - mp.y) };
}

/** The linear function with these slopes that is 0 at a point. */
function linearThrough({ x, y }: Point, byX: number, byY: number): Linear {
  return [-x * byX - y * byY, byX, byY];
}

function extendMap(field: MeshField, { x, y }: AffineMap, size: number): void {
  for (let at = 0; at < size * size; at++) {
    const u = ((at % size) + 0.5) / size;
    const v = (Math.floor(at / size) + 0.5) / size;
    field.x[at] = x[0] + u * x[1] + v * x[2];
    field.y[at] = y[0] + u * y[1] + v * y[2];
  }
}

function fillTriangle(
  field: MeshField,
  corners: readonly Point[],
  { s, t, x, y }: AffineMap,
  size: number,
): void {
  const xs = corners.map((corner) => corner.x * size - 0.5);
  const ys = corners.map((corner) => corner.y * size - 0.5);
  const left = Math.max(0, Math.floor(Math.min(...xs)));
  const right = Math.min(size - 1, Math.ceil(Math.max(...xs)));
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const bottom = Math.min(size - 1, Math.ceil(Math.max(...ys)));
  // From a barycentric coordinate to the distance from the opposite side, in pixels.
  const reach = {
    s: size / Math.hypot(s[1], s[2]),
    t: size / Math.hypot(t[1], t[2]),
    first: size / Math.hypot(s[1] + t[1], s[2] + t[2]),
  };
  for (let row = top; row <= bottom; row++) {
    const v = (row + 0.5) / size;
    for (let column = left; column <= right; column++) {
      const u = (column + 0.5) / size;
      const inSecond = s[0] + u * s[1] + v * s[2];
      const inThird = t[0] + u * t[1] + v * t[2];
      const depth = Math.min(inSecond * reach.s, inThird * reach.t, (1 - inSecond - inThird) * reach.first);
      const at = row * size + column;
      // The outline is drawn as well, but never over another triangle's inside.
      if (depth < -OUTLINE || (depth < -SLACK && field.covered[at] === 1)) continue;
      field.x[at] = x[0] + u * x[1] + v * x[2];
      field.y[at] = y[0] + u * y[1] + v * y[2];
      field.covered[at] = 1;
    }
  }
}
