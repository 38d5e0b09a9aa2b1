import type { RecogniserName } from '../api';
import type { Runtime } from './runtime';

/**
 * A face recogniser, only for checking: dlib's ResNet, which no network was trained against, or MobileFaceNet.
 *
 * @param image - aligned face, [3, 256, 256] planar RGB in [-1, 1]
 * @returns the face's place in the recogniser's space, [128] or [512]; compare by Euclidean distance
 */
export async function embedFace(
  runtime: Runtime,
  recogniser: RecogniserName,
  image: Float32Array,
): Promise<Float32Array> {
  const { embedding } = await runtime.run(recogniser, { image });
  return embedding!;
}
