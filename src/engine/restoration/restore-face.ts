import { canvasOf, drawPerson } from '../drawing/draw-person';
import { alignFaceWith, eyesOf } from '../geometry/alignment';
import type { BlendedFace } from '../drawing/blending';
import { findFront } from '../front/find-front';
import { placeFace } from '../landmarks/faces';
import { suitableFor } from '../people/choose';
import { composePerson } from '../people/compose';
import { patientCoordinates } from '../people/patient';
import { personsToTry } from '../people/search';
import type { ReadFace, UnsealedPicture } from '../sealed-code/read-face';
import type { Tools } from '../tools';
import type { Pixels, Similarity } from '../types';

/**
 * Restores a face by the Neural Identity Restorer (paper, section 4.5) from the picture that the key unsealed in it and
 * from the protected face, which still has the eyes.
 */
export async function restoreFace(
  { transform, image }: ReadFace,
  unsealed: UnsealedPicture,
  { networks }: Pick<Tools, 'networks'>,
): Promise<BlendedFace> {
  const restored = await networks.restoreIdentity(unsealed.image, image, unsealed.bytes);
  return { aligned: { transform }, image: restored };
}

/** The first of a key's natural persons drawn on a protected face: what a key shows that does not fit. */
export async function drawStranger(
  pixels: Pixels,
  transform: Similarity,
  key: Uint8Array,
  tools: Tools,
): Promise<BlendedFace> {
  const placed = placeFace(0, eyesOf(transform), tools.mesh);
  const landmarks = tools.findNear(pixels, placed.landmarks) ?? placed.landmarks;
  const aligned = alignFaceWith(pixels, { ...placed, landmarks }, transform);
  const suitable = suitableFor(await patientCoordinates(aligned, tools), tools.atlas);
  const patient = { suitable, landmarks: aligned.landmarks };
  const [number = 0] = await personsToTry(key, 0, patient, [], tools);
  const person = await composePerson(key, number, suitable, tools.atlas);
  const front = await findFront(aligned, tools);
  const { image } = drawPerson(canvasOf(aligned, tools.mesh, tools.atlas.turnModes, front), person);
  return { aligned, image };
}
