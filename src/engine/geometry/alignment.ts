/** Photo pixel i covers i..i+1, crop pixel likewise; all coordinates are continuous. */
import type { AlignedFace, Face, Pixels, Point, Similarity } from '../types';
import { crop, landmarks as points } from '../constants.json';
import { resampleCrop } from './resampling';
import { invert, transformPoint } from './similarity';

/** Side of the aligned crop in pixels. */
export const CROP_SIZE = crop.side;

/** Where the eye centres lie in the crop, 0..1, subject's right eye first. */
const EYE_TARGETS = [crop.eyes.right, crop.eyes.left] as const;

/** Landmarks whose mean is an eye's centre: its corners and the middle of its lids. */
const { rightEye: RIGHT_EYE, leftEye: LEFT_EYE } = points;
export const EYE_POINTS = [...RIGHT_EYE, ...LEFT_EYE] as const;

/** So many of the landmarks are the mesh; the irises follow. */
export const MESH_POINTS = points.mesh;
const QUARTERS = [0.25 * CROP_SIZE, 0.75 * CROP_SIZE] as const;

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

/** Where the crop's eye centres lie in the photo, subject's right eye first. */
export function eyesOf(transform: Similarity): readonly [Point, Point] {
  const back = invert(transform);
  const [right, left] = EYE_TARGETS;
  const place = ({ x, y }: Point): Point => transformPoint(back, { x: x * CROP_SIZE, y: y * CROP_SIZE });
  return [place(right), place(left)];
}

/** A face cut out and its mesh laid into the crop, by a known transform such as the one in a record. */
export function alignFaceWith(pixels: Pixels, face: Face, transform: Similarity): AlignedFace {
  const landmarks = new Float32Array(MESH_POINTS * 2);
  for (let i = 0; i < MESH_POINTS; i++) {
    const point = transformPoint(transform, pointOf(face.landmarks, i));
    landmarks[2 * i] = point.x / CROP_SIZE;
    landmarks[2 * i + 1] = point.y / CROP_SIZE;
  }
  return { face, transform, image: resampleCrop(pixels, transform, CROP_SIZE), landmarks };
}

/** How far two alignments lay the photo apart, crop pixels: the mean over four points round the middle of the crop. */
export function shiftBetween(one: Similarity, other: Similarity): number {
  const back = invert(one);
  const shifts = QUARTERS.flatMap((x) =>
    QUARTERS.map((y) => {
      const moved = transformPoint(other, transformPoint(back, { x, y }));
      return Math.hypot(moved.x - x, moved.y - y);
    }),
  );
  return shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
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

/** Corners of the aligned crop in the photo, clockwise from the top left of the upright face. */
export function cropCorners(transform: Similarity): readonly [Point, Point, Point, Point] {
  const back = invert(transform);
  const corner = (x: number, y: number): Point =>
    transformPoint(back, { x: x * CROP_SIZE, y: y * CROP_SIZE });
  return [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
}
