import { alignFaceWith, eyesOf } from './face/alignment';
import { placeFace, sameFace } from './face/faces';
import { redrawVirtualFace } from './face/virtual-face';
import type { KeyIdentity } from './key-identity';
import type { Tools } from './tools';
import type { Pixels, Similarity, TranslatedFace } from './types';

/** A protected face: where it lies in which pixels, and all landmarks that were found there. */
export interface ProtectedFace {
  readonly pixels: Pixels;
  readonly transform: Similarity;
  readonly found: readonly Float32Array[];
}

/**
 * Restores one face from its pixels: the key's virtual face drawn on the protected face's own mesh, then the
 * Neural Identity Restorer (paper, section 4.5). Where no face is found the mean shape takes its place.
 */
export async function restoreFace(
  { pixels, transform, found }: ProtectedFace,
  identity: KeyIdentity,
  { networks, mesh }: Tools,
): Promise<TranslatedFace> {
  const placed = placeFace(0, eyesOf(transform), mesh);
  const landmarks = sameFace(placed, found) ?? placed.landmarks;
  const aligned = alignFaceWith(pixels, { ...placed, landmarks }, transform);
  const virtual = redrawVirtualFace(aligned, identity, mesh);
  return { aligned, image: await networks.restoreIdentity(aligned.image, virtual.image, identity.vector) };
}
