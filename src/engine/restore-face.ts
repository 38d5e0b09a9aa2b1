import { alignEyes, alignFaceWith, eyeCentres, eyesOf } from './face/alignment';
import { placeFace } from './face/faces';
import { drawPerson } from './drawing/draw-person';
import { composePerson } from './people/compose';
import { patientCoordinates } from './people/patient';
import type { KeyIdentity } from './key-identity';
import type { Tools } from './tools';
import type { Pixels, Similarity, TranslatedFace } from './types';

/** A protected face: how it is aligned, and its landmarks in photo pixels, null where none were found. */
export interface ProtectedFace {
  readonly transform: Similarity;
  readonly landmarks: Float32Array | null;
}

/** A restored face, and the protected one that it was made from. */
export interface RestoredFace extends TranslatedFace {
  readonly virtual: Float32Array;
}

/** A face that was found, aligned by its eyes. */
export function foundFace(landmarks: Float32Array): ProtectedFace {
  return { transform: alignEyes(eyeCentres(landmarks)), landmarks };
}

/** A face whose alignment is known, looked for where that says its eyes are. */
export function recordedFace(
  transform: Similarity,
  pixels: Pixels,
  { mesh, findNear }: Tools,
): ProtectedFace {
  const { landmarks } = placeFace(0, eyesOf(transform), mesh);
  return { transform, landmarks: findNear(pixels, landmarks) };
}

/**
 * Restores one face from its pixels by the Neural Identity Restorer (paper, section 4.5), to which the protected face
 * itself shows the key's person. Where no face was found the mean shape takes its place.
 */
export async function restoreFace(
  pixels: Pixels,
  { transform, landmarks }: ProtectedFace,
  identity: KeyIdentity,
  { networks, mesh }: Tools,
): Promise<RestoredFace> {
  const placed = placeFace(0, eyesOf(transform), mesh);
  const face = landmarks === null ? placed : { ...placed, landmarks };
  const aligned = alignFaceWith(pixels, face, transform);
  const virtual = aligned.image;
  return { aligned, virtual, image: await networks.restoreIdentity(virtual, virtual, identity.vector) };
}

/** The first of a key's persons drawn on a protected face: what a key shows that does not fit. */
export async function drawStranger(
  { aligned }: TranslatedFace,
  key: Uint8Array,
  tools: Tools,
): Promise<TranslatedFace> {
  const person = await composePerson(key, 0, await patientCoordinates(aligned, tools), tools.atlas);
  const { image } = drawPerson(aligned, person, tools.mesh, tools.atlas.turnModes);
  return { aligned, image };
}
