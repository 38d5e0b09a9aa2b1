/** DESIGN "Geometry": photo pixel i covers i..i+1, crop pixel likewise; all coordinates are continuous. */
import type { AlignedFace, Face, Photo, Pixels, Point, Similarity } from '../types';

/** Side of the aligned crop in pixels. */
export const CROP_SIZE = 256;

/** Where the eye centres lie in the crop, 0..1, subject's right eye first. */
const EYE_TARGETS = [
  { x: 0.35, y: 0.42 },
  { x: 0.65, y: 0.42 },
] as const;

/** Landmarks whose mean is an eye's centre: its corners and the middle of its lids. */
const RIGHT_EYE = [33, 133, 159, 145] as const;
const LEFT_EYE = [362, 263, 386, 374] as const;
export const EYE_POINTS = [...RIGHT_EYE, ...LEFT_EYE] as const;

const MESH_POINTS = 468;

/** More samples a side bring little: each is itself a mean of up to four pixels. */
const MAX_SUPERSAMPLING = 6;

/** Centres of the subject's right and left eye, in the landmarks' own unit. */
export function eyeCentres(landmarks: Float32Array): readonly [Point, Point] {
  return [meanPoint(landmarks, RIGHT_EYE), meanPoint(landmarks, LEFT_EYE)];
}

/** The similarity that puts two eye centres (photo pixels) where the crop wants them. */
export function alignEyes([right, left]: readonly [Point, Point]): Similarity {
  const [targetRight, targetLeft] = EYE_TARGETS;
  const dx = left.x - right.x;
  const dy = left.y - right.y;
  const scale = ((targetLeft.x - targetRight.x) * CROP_SIZE) / (dx * dx + dy * dy);
  const a = dx * scale;
  const b = -dy * scale;
  return {
    a,
    b,
    tx: targetRight.x * CROP_SIZE - a * right.x + b * right.y,
    ty: targetRight.y * CROP_SIZE - b * right.x - a * right.y,
  };
}

/** The way back, from crop pixels to photo pixels. */
export function invert({ a, b, tx, ty }: Similarity): Similarity {
  const square = a * a + b * b;
  const ia = a / square;
  const ib = -b / square;
  return { a: ia, b: ib, tx: -(ia * tx - ib * ty), ty: -(ib * tx + ia * ty) };
}

export function transformPoint({ a, b, tx, ty }: Similarity, { x, y }: Point): Point {
  return { x: a * x - b * y + tx, y: b * x + a * y + ty };
}

/** Where the crop's eye centres lie in the photo, subject's right eye first. */
export function eyesOf(transform: Similarity): readonly [Point, Point] {
  const back = invert(transform);
  const [right, left] = EYE_TARGETS;
  const place = ({ x, y }: Point): Point => transformPoint(back, { x: x * CROP_SIZE, y: y * CROP_SIZE });
  return [place(right), place(left)];
}

/** Aligns a face by its eyes (DESIGN "Geometry"). */
export function alignFace(photo: Pick<Photo, 'pixels'>, face: Face): AlignedFace {
  return alignFaceWith(photo.pixels, face, alignEyes(eyeCentres(face.landmarks)));
}

/** {@link alignFace} with a known transform, such as the one in a record. */
export function alignFaceWith(pixels: Pixels, face: Face, transform: Similarity): AlignedFace {
  const landmarks = new Float32Array(MESH_POINTS * 2);
  for (let i = 0; i < MESH_POINTS; i++) {
    const point = transformPoint(transform, pointOf(face.landmarks, i));
    landmarks[2 * i] = point.x / CROP_SIZE;
    landmarks[2 * i + 1] = point.y / CROP_SIZE;
  }
  return { face, transform, image: resampleCrop(pixels, transform), landmarks };
}

/** Landmarks of the crop, 0..1, laid into the photo: x and y interleaved, photo pixels. */
export function landmarksInPhoto(landmarks: Float32Array, transform: Similarity): Float32Array<ArrayBuffer> {
  const back = invert(transform);
  const placed = new Float32Array(landmarks.length);
  for (let i = 0; i < landmarks.length / 2; i++) {
    const { x, y } = pointOf(landmarks, i);
    const point = transformPoint(back, { x: x * CROP_SIZE, y: y * CROP_SIZE });
    placed[2 * i] = point.x;
    placed[2 * i + 1] = point.y;
  }
  return placed;
}

export function pointOf(landmarks: Float32Array, index: number): Point {
  return { x: landmarks[2 * index] ?? 0, y: landmarks[2 * index + 1] ?? 0 };
}

function meanPoint(landmarks: Float32Array, indices: readonly number[]): Point {
  let [x, y] = [0, 0];
  for (const index of indices) {
    const point = pointOf(landmarks, index);
    x += point.x;
    y += point.y;
  }
  return { x: x / indices.length, y: y / indices.length };
}

/**
 * Resamples the crop, [3, side, side] planar RGB in [-1, 1]. A photo finer than the crop is averaged over a grid of
 * bilinear samples in each crop pixel; beyond the photo's edge its border pixels go on.
 */
export function resampleCrop(
  pixels: Pixels,
  transform: Similarity,
  side = CROP_SIZE,
): Float32Array<ArrayBuffer> {
  const { a, b, tx, ty } = invert(transform);
  const samples = Math.min(MAX_SUPERSAMPLING, Math.max(1, Math.ceil(Math.hypot(a, b) - 1e-6)));
  const { width, height, data } = pixels;
  const plane = side * side;
  const image = new Float32Array(3 * plane);
  const norm = 2 / 255 / (samples * samples);

  for (let row = 0, index = 0; row < side; row++) {
    for (let column = 0; column < side; column++, index++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let j = 0; j < samples; j++) {
        const v = row + (j + 0.5) / samples;
        for (let i = 0; i < samples; i++) {
          const u = column + (i + 0.5) / samples;
          const x = Math.min(Math.max(a * u - b * v + tx - 0.5, 0), width - 1);
          const y = Math.min(Math.max(b * u + a * v + ty - 0.5, 0), height - 1);
          const left = Math.floor(x);
          const top = Math.floor(y);
          const fx = x - left;
          const fy = y - top;
          const at = (top * width + left) * 4;
          const right = left + 1 < width ? 4 : 0;
          const below = top + 1 < height ? width * 4 : 0;
          const w00 = (1 - fx) * (1 - fy);
          const w10 = fx * (1 - fy);
          const w01 = (1 - fx) * fy;
          const w11 = fx * fy;
          const at10 = at + right;
          const at01 = at + below;
          const at11 = at01 + right;
          red +=
            w00 * (data[at] ?? 0) +
            w10 * (data[at10] ?? 0) +
            w01 * (data[at01] ?? 0) +
            w11 * (data[at11] ?? 0);
          green +=
            w00 * (data[at + 1] ?? 0) +
            w10 * (data[at10 + 1] ?? 0) +
            w01 * (data[at01 + 1] ?? 0) +
            w11 * (data[at11 + 1] ?? 0);
          blue +=
            w00 * (data[at + 2] ?? 0) +
            w10 * (data[at10 + 2] ?? 0) +
            w01 * (data[at01 + 2] ?? 0) +
            w11 * (data[at11 + 2] ?? 0);
        }
      }
      image[index] = red * norm - 1;
      image[plane + index] = green * norm - 1;
      image[2 * plane + index] = blue * norm - 1;
    }
  }
  return image;
}
