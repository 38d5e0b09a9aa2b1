import type { Tools } from '../tools';

/** What the recogniser says of two aligned faces. */
export interface Recognition {
  /** Euclidean distance between the two embeddings. */
  readonly distance: number;
  readonly threshold: number;
  readonly recognised: boolean;
}

/**
 * Tries to recognise a person: in training no network has seen this recogniser.
 *
 * @param original - and `protectedFace`: aligned faces, [3, 256, 256] planar RGB in [-1, 1]
 */
export async function recognise(
  original: Float32Array,
  protectedFace: Float32Array,
  { networks, recognitionThreshold: threshold }: Tools,
): Promise<Recognition> {
  const known = await networks.embedFace(original);
  const seen = await networks.embedFace(protectedFace);
  const distance = Math.hypot(...known.map((value, i) => value - (seen[i] ?? 0)));
  return { distance, threshold, recognised: distance < threshold };
}
