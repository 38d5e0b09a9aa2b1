/** Hair, ears, clothes and the room tell recognisers who somebody is: a plain colour takes the place of all of them. */
import { landmarks as points, mask } from '../constants.json';
import { erode, gaussianBlur } from '../drawing/blur';
import { valueAt } from '../drawing/value-at';
import { alignEyes, CROP_SIZE, cropCorners, eyeCentres, MESH_POINTS, pointOf } from '../geometry/alignment';
import { convexHull } from '../geometry/hull';
import { fillPolygon } from '../geometry/raster';
import { transformPoint } from '../geometry/similarity';
import { boundingBox } from '../landmarks/faces';
import type { Box, Face, Pixels } from '../types';
import { PLAIN } from './hide-background';

/** Crop pixels: nobody is drawn beyond it, and over how many the outline fades. */
const RIM = mask.erode;
const FADE = 2;

/** How much of a face there is at a place of the photo. */
interface Outline {
  readonly box: Box;
  readonly shareAt: (x: number, y: number) => number;
}

/**
 * A copy of a photo in which only what lies within faces' outlines, or in the eyes' sockets, is left.
 *
 * @param faces - in pixels of the photo
 */
export function onlyFaces({ width, height, data: own }: Pixels, faces: readonly Face[]): Pixels {
  const data = own.slice();
  for (let at = 0; at < data.length; at += 4) data.fill(PLAIN, at, at + 3);
  const outlines = faces.map(outlineOf);
  for (const { box } of outlines) {
    const [left, top] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
    const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        let share = 0;
        for (const { shareAt } of outlines) share = Math.max(share, shareAt(x + 0.5, y + 0.5));
        if (share === 0) continue;
        const pixel = (y * width + x) * 4;
        for (let channel = pixel; channel < pixel + 3; channel++) {
          data[channel] = PLAIN + share * (own[channel]! - PLAIN);
        }
      }
    }
  }
  return { width, height, data };
}

/** The convex outline of a face's mesh without its rim, filled in its aligned crop. */
function outlineOf({ landmarks }: Face): Outline {
  const transform = alignEyes(eyeCentres(landmarks));
  const mesh = Float32Array.from({ length: 2 * MESH_POINTS }, (_, i) => {
    const { x, y } = transformPoint(transform, pointOf(landmarks, i >> 1));
    return (i % 2 === 0 ? x : y) / CROP_SIZE;
  });
  const hull = convexHull(mesh).flatMap(({ x, y }) => [x, y]);
  // The rim is the patient's own, and hair begins there; an eye in it stays.
  const inside = erode(fillPolygon(Float32Array.from(hull), CROP_SIZE), CROP_SIZE, RIM);
  for (const ring of points.sockets) {
    const socket = ring.flatMap((index) => [mesh[2 * index] ?? 0, mesh[2 * index + 1] ?? 0]);
    fillPolygon(Float32Array.from(socket), CROP_SIZE).forEach((filled, i) => {
      if (filled === 1) inside[i] = 1;
    });
  }
  const shares = gaussianBlur(inside, CROP_SIZE, FADE);
  const { a, b, tx, ty } = transform;
  return {
    box: boundingBox(Float32Array.from(cropCorners(transform).flatMap(({ x, y }) => [x, y]))),
    shareAt: (x, y) => {
      const [u, v] = [a * x - b * y + tx, b * x + a * y + ty];
      const isBeyond = u < 0 || v < 0 || u >= CROP_SIZE || v >= CROP_SIZE;
      return isBeyond ? 0 : valueAt(shares, CROP_SIZE, u - 0.5, v - 0.5);
    },
  };
}
