/** Polygons and triangles on the pixel grid of the crop. */
import { pointOf } from './alignment';

/** Vertices are rounded to sixteenths of a pixel, as training does. */
const SUBPIXEL = 16;

/** Rounding must not open gaps between triangles that share an edge. */
const SLACK = 1e-5;

/**
 * Fills a polygon, its outline included (OpenCV's rule).
 *
 * @param points - x and y interleaved, 0..1 of the crop
 * @returns [size, size], 0 or 1
 */
export function fillPolygon(points: Float32Array, size: number): Float32Array<ArrayBuffer> {
  const mask = new Float32Array(size * size);
  const vertices = points.map((value) => Math.round((value * size - 0.5) * SUBPIXEL) / SUBPIXEL);
  const count = vertices.length / 2;
  const crossings: number[][] = Array.from({ length: size }, () => []);
  for (let i = 0; i < count; i++) {
    const from = pointOf(vertices, i);
    const to = pointOf(vertices, (i + 1) % count);
    drawLine(mask, size, from.x, from.y, to.x, to.y);
    collectCrossings(crossings, from.x, from.y, to.x, to.y);
  }
  crossings.forEach((row, y) => {
    row.sort((left, right) => left - right);
    for (let i = 0; i + 1 < row.length; i += 2) {
      const left = Math.max(0, Math.round(row[i] ?? 0));
      const right = Math.min(size - 1, Math.round(row[i + 1] ?? 0));
      if (left <= right) mask.fill(1, y * size + left, y * size + right + 1);
    }
  });
  return mask;
}

function collectCrossings(crossings: number[][], x0: number, y0: number, x1: number, y1: number): void {
  const first = Math.max(0, Math.ceil(Math.min(y0, y1)));
  const end = Math.max(y0, y1);
  for (let y = first; y < end && y < crossings.length; y++) {
    crossings[y]?.push(x0 + ((y - y0) / (y1 - y0)) * (x1 - x0));
  }
}

/** One pixel for each step along the longer axis. */
function drawLine(mask: Float32Array, size: number, x0: number, y0: number, x1: number, y1: number): void {
  const steep = Math.abs(y1 - y0) >= Math.abs(x1 - x0);
  const [from, fromSide, to, toSide] = steep ? [y0, x0, y1, x1] : [x0, y0, x1, y1];
  const slope = from === to ? 0 : (toSide - fromSide) / (to - from);
  for (let along = Math.round(Math.min(from, to)); along <= Math.round(Math.max(from, to)); along++) {
    const side = Math.round(fromSide + (along - from) * slope);
    const [x, y] = steep ? [side, along] : [along, side];
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
 * Piecewise affine map from a face to the mean shape; where triangles overlap the later one wins.
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
    fillTriangle(field, landmarks, mean, corners, size);
  }
  return field;
}

function fillTriangle(
  field: MeshField,
  landmarks: Float32Array,
  mean: Float32Array,
  corners: readonly [number, number, number],
  size: number,
): void {
  const [p, q, r] = [
    pointOf(landmarks, corners[0]),
    pointOf(landmarks, corners[1]),
    pointOf(landmarks, corners[2]),
  ];
  const [mp, mq, mr] = [pointOf(mean, corners[0]), pointOf(mean, corners[1]), pointOf(mean, corners[2])];
  const area = (q.x - p.x) * (r.y - p.y) - (r.x - p.x) * (q.y - p.y);
  if (Math.abs(area) < 1e-12) return;

  const first = (value: number): number => Math.max(0, Math.floor(value * size - 0.5));
  const last = (value: number): number => Math.min(size - 1, Math.ceil(value * size - 0.5));
  const [left, right] = [first(Math.min(p.x, q.x, r.x)), last(Math.max(p.x, q.x, r.x))];
  const [top, bottom] = [first(Math.min(p.y, q.y, r.y)), last(Math.max(p.y, q.y, r.y))];
  for (let y = top; y <= bottom; y++) {
    const v = (y + 0.5) / size - p.y;
    for (let x = left; x <= right; x++) {
      const u = (x + 0.5) / size - p.x;
      const s = (u * (r.y - p.y) - v * (r.x - p.x)) / area;
      const t = (v * (q.x - p.x) - u * (q.y - p.y)) / area;
      if (s < -SLACK || t < -SLACK || s + t > 1 + SLACK) continue;
      const at = y * size + x;
      field.x[at] = mp.x + s * (mq.x - mp.x) + t * (mr.x - mp.x);
      field.y[at] = mp.y + s * (mq.y - mp.y) + t * (mr.y - mp.y);
      field.covered[at] = 1;
    }
  }
}
