import type { Tools } from '../tools';
import type { AlignedFace } from '../types';

/** An aligned face and what the recogniser knows it by. */
export interface KnownFace {
  readonly aligned: AlignedFace;
  readonly embedding: Float32Array;
}

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
 * @param face - aligned, [3, 256, 256] planar RGB in [-1, 1]
 */
export async function recognise(
  { embedding }: Pick<KnownFace, 'embedding'>,
  face: Float32Array,
  { networks, recognitionThreshold: threshold }: Tools,
): Promise<Recognition> {
  const seen = await networks.embedFace(face);
  const distance = Math.hypot(...embedding.map((value, i) => value - (seen[i] ?? 0)));
  return { distance, threshold, recognised: distance < threshold };
}
