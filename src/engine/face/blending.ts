/** Blending with an oval fixed in the crop: undoing it needs the transform and no landmarks (DESIGN "Geometry"). */
import type { Pixels, Similarity, TranslatedFace } from '../types';
import { CROP_SIZE, invert, transformPoint } from './alignment';

const CENTRE = { x: 0.5, y: 0.52 } as const;
const RADII = { x: 0.46, y: 0.47 } as const;
/** Share of the radius up to which the face is fully blended in. */
const SOLID = 0.85;

/** The oval's opacity, 0..1, at a point of the crop given in 0..1. */
export function ovalAlpha(u: number, v: number): number {
  const x = (u - CENTRE.x) / RADII.x;
  const y = (v - CENTRE.y) / RADII.y;
  const t = (1 - Math.sqrt(x * x + y * y)) / (1 - SOLID);
  if (t <= 0) return 0;
  return t >= 1 ? 1 : t * t * (3 - 2 * t);
}

/** A copy of the photo with the faces blended in. Pixels outside the ovals are the photo's own, bit for bit. */
export function blendFaces(pixels: Pixels, faces: readonly TranslatedFace[]): Pixels {
  const blended = { width: pixels.width, height: pixels.height, data: pixels.data.slice() };
  for (const face of faces) blendFace(blended, face);
  return blended;
}

function blendFace({ width, height, data }: Pixels, { image, aligned }: TranslatedFace): void {
  const { a, b, tx, ty } = aligned.transform;
  const bounds = ovalBounds(aligned.transform, width, height);
  const sample = new Float32Array(3);
  for (let y = bounds.top; y < bounds.bottom; y++) {
    for (let x = bounds.left; x < bounds.right; x++) {
      const u = a * (x + 0.5) - b * (y + 0.5) + tx;
      const v = b * (x + 0.5) + a * (y + 0.5) + ty;
      const alpha = ovalAlpha(u / CROP_SIZE, v / CROP_SIZE);
      if (alpha === 0) continue;
      sampleBicubic(image, u - 0.5, v - 0.5, sample);
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const own = data[at + channel] ?? 0;
        data[at + channel] = own + alpha * (((sample[channel] ?? 0) + 1) * 127.5 - own);
      }
    }
  }
}

/** The photo's pixels that the oval may reach. */
function ovalBounds(
  transform: Similarity,
  width: number,
  height: number,
): { left: number; right: number; top: number; bottom: number } {
  const back = invert(transform);
  const centre = transformPoint(back, { x: CENTRE.x * CROP_SIZE, y: CENTRE.y * CROP_SIZE });
  const radius = Math.max(RADII.x, RADII.y) * CROP_SIZE * Math.hypot(back.a, back.b);
  return {
    left: Math.max(0, Math.floor(centre.x - radius)),
    right: Math.min(width, Math.ceil(centre.x + radius)),
    top: Math.max(0, Math.floor(centre.y - radius)),
    bottom: Math.min(height, Math.ceil(centre.y + radius)),
  };
}

/** Catmull-Rom: bilinear would blur the code hidden for restoration. Positions in pixel indices. */
function sampleBicubic(image: Float32Array, x: number, y: number, sample: Float32Array): void {
  const plane = CROP_SIZE * CROP_SIZE;
  const last = CROP_SIZE - 1;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const fx = x - left;
  const fy = y - top;
  const x0 = Math.min(Math.max(left - 1, 0), last);
  const x1 = Math.min(Math.max(left, 0), last);
  const x2 = Math.min(Math.max(left + 1, 0), last);
  const x3 = Math.min(Math.max(left + 2, 0), last);
  const u0 = ((2 - fx) * fx - 1) * fx * 0.5;
  const u1 = (3 * fx - 5) * fx * fx * 0.5 + 1;
  const u2 = ((4 - 3 * fx) * fx + 1) * fx * 0.5;
  const u3 = (fx - 1) * fx * fx * 0.5;
  let [red, green, blue] = [0, 0, 0];
  for (let j = -1; j <= 2; j++) {
    const row = Math.min(Math.max(top + j, 0), last) * CROP_SIZE;
    const w = rowWeight(j, fy);
    const at = row + x0;
    const bt = row + x1;
    const ct = row + x2;
    const dt = row + x3;
    red +=
      w * (u0 * (image[at] ?? 0) + u1 * (image[bt] ?? 0) + u2 * (image[ct] ?? 0) + u3 * (image[dt] ?? 0));
    green +=
      w *
      (u0 * (image[plane + at] ?? 0) +
        u1 * (image[plane + bt] ?? 0) +
        u2 * (image[plane + ct] ?? 0) +
        u3 * (image[plane + dt] ?? 0));
    blue +=
      w *
      (u0 * (image[2 * plane + at] ?? 0) +
        u1 * (image[2 * plane + bt] ?? 0) +
        u2 * (image[2 * plane + ct] ?? 0) +
        u3 * (image[2 * plane + dt] ?? 0));
  }
  sample[0] = red;
  sample[1] = green;
  sample[2] = blue;
}

function rowWeight(row: number, f: number): number {
  if (row === -1) return ((2 - f) * f - 1) * f * 0.5;
  if (row === 0) return (3 * f - 5) * f * f * 0.5 + 1;
  return row === 1 ? ((4 - 3 * f) * f + 1) * f * 0.5 : (f - 1) * f * f * 0.5;
}
