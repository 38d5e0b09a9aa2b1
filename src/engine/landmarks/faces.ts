import { RofiError } from '../../errors';
import { MIN_EYE_SPAN } from '../api';
import type { Box, Face, Pixels, Point } from '../types';
import { alignEyes, eyeCentres, landmarksInPhoto, pointOf } from '../geometry/alignment';
import type { FaceMesh } from '../geometry/mesh';

/** Marks nearer to each other than this are a slip of the hand, pixels. */
const MIN_EYE_DISTANCE = 16;

const LANDMARKS = 478;
const OUTER_CORNERS = [33, 263] as const;
/** Centre and ring of each iris, which the mean shape does not have. */
const IRISES = [468, 473] as const;
const IRIS_POINTS = 5;

/**
 * Finds faces in a photo: 478 landmarks each, x and y interleaved, in photo pixels. `within` says where a photo that was
 * searched before has changed since.
 */
export type FindFaces = (pixels: Pixels, within?: readonly Box[]) => readonly Float32Array[];

/**
 * Finds one face near where landmarks say, in the same layout; null when it is not there. `drawn` is an aligned crop
 * that is looked at in place of the photo's own.
 */
export type FindNear = (pixels: Pixels, landmarks: Float32Array, drawn?: Float32Array) => Float32Array | null;

/** Numbers faces in reading order: row by row, and from left to right in a row. */
export function facesFrom(found: readonly Float32Array[]): Face[] {
  return rowsOf(found.map((landmarks) => ({ landmarks, box: boundingBox(landmarks) })))
    .flatMap((row) => row.sort((one, other) => one.box.x - other.box.x))
    .map((face, id) => ({ ...face, id, origin: 'detected' }));
}

/** A face whose middle lies beside the first face of a row belongs to that row, wherever an edge might be. */
function rowsOf<Boxed extends { readonly box: Box }>(faces: readonly Boxed[]): Boxed[][] {
  const middle = ({ box }: Boxed): number => box.y + box.height / 2;
  const rows: Boxed[][] = [];
  for (const face of [...faces].sort((one, other) => middle(one) - middle(other))) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && middle(face) < first.box.y + first.box.height) row.push(face);
    else rows.push([face]);
  }
  return rows;
}

/**
 * Two eye centres that a person marked, subject's right eye first: in a photo that is upright it is the one on the left,
 * whichever was marked first.
 *
 * @throws RofiError `face-too-small` when they lie nearly on one place
 */
export function orderEyes([one, other]: readonly [Point, Point]): readonly [Point, Point] {
  const distance = Math.hypot(one.x - other.x, one.y - other.y);
  if (!(distance >= MIN_EYE_DISTANCE)) {
    const values = { pixels: Math.floor(distance), minimum: MIN_EYE_SPAN };
    throw new RofiError('face-too-small', `${distance} px between the eyes`, values);
  }
  return one.x <= other.x ? [one, other] : [other, one];
}

/** The mean shape laid on two eye centres that a person gave, subject's right eye first. */
export function placeFace(id: number, eyes: readonly [Point, Point], mesh: Pick<FaceMesh, 'mean'>): Face {
  const landmarks = new Float32Array(LANDMARKS * 2);
  landmarks.set(landmarksInPhoto(mesh.mean, alignEyes(eyes)));
  const centres = eyeCentres(landmarks);
  IRISES.forEach((first, side) => {
    for (let i = first; i < first + IRIS_POINTS; i++) {
      landmarks.set([centres[side]?.x ?? 0, centres[side]?.y ?? 0], 2 * i);
    }
  });
  return { id, landmarks, box: boundingBox(landmarks), origin: 'placed' };
}

/** The same face in a photo scaled by `factor`. */
export function scaleFace(face: Face, factor: number): Face {
  return {
    ...face,
    landmarks: face.landmarks.map((value) => value * factor),
    box: scaleBox(face.box, factor),
  };
}

/** The same box in a photo scaled by `factor`. */
export function scaleBox({ x, y, width, height }: Box, factor: number): Box {
  return { x: x * factor, y: y * factor, width: width * factor, height: height * factor };
}

/** Distance between the eyes' outer corners, photo pixels. */
export function eyeSpan({ landmarks }: Pick<Face, 'landmarks'>): number {
  const [right, left] = OUTER_CORNERS.map((index) => pointOf(landmarks, index));
  return right && left ? Math.hypot(left.x - right.x, left.y - right.y) : 0;
}

/** Distance between the eyes' centres, photo pixels. */
export function interOcularDistance(landmarks: Float32Array): number {
  const [right, left] = eyeCentres(landmarks);
  return Math.hypot(left.x - right.x, left.y - right.y);
}

/** Of newly found faces the one whose eyes are where this face's eyes are, or null. */
export function sameFace(face: Pick<Face, 'landmarks'>, found: readonly Float32Array[]): Float32Array | null {
  const reach = 0.5 * interOcularDistance(face.landmarks);
  const offset = (landmarks: Float32Array): number => {
    const [right, left] = eyeCentres(face.landmarks);
    const [otherRight, otherLeft] = eyeCentres(landmarks);
    return Math.max(
      Math.hypot(otherRight.x - right.x, otherRight.y - right.y),
      Math.hypot(otherLeft.x - left.x, otherLeft.y - left.y),
    );
  };
  const nearest = found.reduce<Float32Array | null>(
    (best, landmarks) => (best === null || offset(landmarks) < offset(best) ? landmarks : best),
    null,
  );
  return nearest !== null && offset(nearest) <= reach ? nearest : null;
}

/** Smallest upright box round all landmarks. */
export function boundingBox(landmarks: Float32Array): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < landmarks.length / 2; i++) {
    const { x, y } = pointOf(landmarks, i);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
