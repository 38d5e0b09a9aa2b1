import type { Runtime } from './runtime';

/**
 * A face recogniser that no network was trained against: dlib's ResNet. Only for checking.
 *
 * @param image - aligned face, [3, 256, 256] planar RGB in [-1, 1]
 * @returns the face's place in recognition space, [128]; compare by Euclidean distance
 */
export async function embedFace(runtime: Runtime, image: Float32Array): Promise<Float32Array> {
  const { embedding } = await runtime.run('recogniser', { image });
  return embedding!;
}
