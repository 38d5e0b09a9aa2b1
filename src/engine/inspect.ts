import { MIN_EYE_SPAN, type FaceView, type Inspection, type Step, type StepTiming } from './api';
import { alignEyes, cropCorners, eyeCentres } from './geometry/alignment';
import { alignFace } from './geometry/alignment-grid';
import { eyeSpan, facesFrom, orderEyes, placeFace } from './landmarks/faces';
import { findEverybody } from './landmarks/heads';
import { isTurned } from './drawing/limits';
import { wholeEyes } from './drawing/sign-map';
import { decodePhoto } from './image/decode';
import { previewOf } from './image/resize';
import type { StepClock } from './worker/step-clock';
import type { Tools } from './tools';
import type { Box, Face, Photo, Point, SignMap, SourceFile } from './types';

/** A face with the signs the detector sees in it. */
export interface InspectedFace {
  readonly face: Face;
  readonly signs: SignMap;
  /** [32, 32] in 0..1: what keeping both eyes whole keeps of each cell. */
  readonly wholeEyes: Float32Array;
  /** Whether the head is turned so far that the face can only be covered. */
  readonly turned: boolean;
}

/** A decoded photo and its faces, kept until the next one comes. */
export interface InspectedPhoto {
  readonly id: string;
  readonly photo: Photo;
  readonly faces: readonly InspectedFace[];
  /** Heads that no mesh was laid on, photo pixels: they can be covered, not replaced. */
  readonly heads: readonly Box[];
  readonly timings: readonly StepTiming[];
}

/** What {@link inspectPhoto} does, in order. */
export const INSPECT_STEPS: readonly Step[] = ['decode', 'find-faces', 'find-signs'];

/**
 * Decodes a photo, finds its faces and their signs.
 *
 * @throws RofiError whatever {@link decodePhoto} and the networks throw; no face is not an error here
 */
export async function inspectPhoto(
  source: SourceFile,
  tools: Tools,
  clock: StepClock,
): Promise<InspectedPhoto> {
  const photo = await clock.run('decode', () => decodePhoto(source));
  const { faces: found, heads } = await clock.run('find-faces', () =>
    findEverybody(photo.pixels, tools.findFaces, tools.networks.detectFaces),
  );
  const faces = await clock.runEach('find-signs', facesFrom(found), (face) =>
    inspectFace(photo, face, tools),
  );
  return { id: crypto.randomUUID(), photo, faces, heads, timings: clock.timings };
}

/**
 * The photo with one more face, laid on two eye centres that a person gave.
 *
 * @throws RofiError `face-too-small` when they lie together
 */
export async function addPlacedFace(
  inspected: InspectedPhoto,
  eyes: readonly [Point, Point],
  tools: Tools,
): Promise<InspectedPhoto> {
  const face = placeFace(inspected.faces.length, orderEyes(eyes), tools.mesh);
  return { ...inspected, faces: [...inspected.faces, await inspectFace(inspected.photo, face, tools)] };
}

async function inspectFace(photo: Photo, face: Face, { networks, mesh }: Tools): Promise<InspectedFace> {
  const aligned = alignFace(photo, face);
  return {
    face,
    signs: await networks.detectSigns(aligned.image),
    wholeEyes: wholeEyes(aligned),
    turned: isTurned(aligned.landmarks, mesh),
  };
}

/** What the page shows of a photo before protection. */
export function inspectionOf({ id, photo, faces, heads }: InspectedPhoto): Inspection {
  const { format, pixels, metadata, animated, frames } = photo;
  return {
    photoId: id,
    format,
    width: pixels.width,
    height: pixels.height,
    preview: previewOf(pixels),
    animated,
    frames,
    metadata,
    faces: faces.map(faceView),
    heads,
  };
}

export function faceView({ face, signs, wholeEyes, turned }: InspectedFace): FaceView {
  const { id, box, origin } = face;
  const span = eyeSpan(face);
  return {
    id,
    box,
    origin,
    eyeSpan: span,
    tooSmall: span < MIN_EYE_SPAN,
    turned,
    signScores: signs.scores,
    wholeEyes,
    cropCorners: cropCorners(alignEyes(eyeCentres(face.landmarks))),
  };
}
