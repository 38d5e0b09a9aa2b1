import { alignEyes, alignFaceWith, eyeCentres, eyesOf } from './face/alignment';
import { placeFace } from './face/faces';
import { redrawVirtualFace } from './face/virtual-face';
import type { KeyIdentity } from './key-identity';
import type { Tools } from './tools';
import type { Pixels, Similarity, TranslatedFace, VirtualFace } from './types';

/** A protected face: how it is aligned, and its landmarks in photo pixels, null where none were found. */
export interface ProtectedFace {
  readonly transform: Similarity;
  readonly landmarks: Float32Array | null;
}

/** A restored face, and the key's virtual face that it was made from. */
export interface RestoredFace extends TranslatedFace {
  readonly virtual: VirtualFace['image'];
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
 * Restores one face from its pixels: the key's virtual face drawn on the protected face's own mesh, then the
 * Neural Identity Restorer (paper, section 4.5). Where no face was found the mean shape takes its place.
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
  const { image: virtual } = redrawVirtualFace(aligned, identity, mesh);
  return { aligned, virtual, image: await networks.restoreIdentity(aligned.image, virtual, identity.vector) };
}
