import type { Runtime } from './runtime';

/**
 * The Neural Identity Restorer between its own Extractor and Dec-Net (paper, 4.5).
 *
 * @param image - aligned protected face, [3, 256, 256] planar RGB in [-1, 1]
 * @param virtual - the key's face drawn on it, same layout
 * @param key - the key's vector, [512]
 * @returns the original face for the right key, somebody else's for any other; same layout as `image`
 */
export async function restoreIdentity(
  runtime: Runtime,
  image: Float32Array,
  virtual: Float32Array,
  key: Float32Array,
): Promise<Float32Array> {
  const outputs = await runtime.run('restorer', { image, virtual, key });
  return outputs['restored']!;
}
