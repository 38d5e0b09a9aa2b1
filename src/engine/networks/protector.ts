import type { Runtime } from './runtime';

/**
 * The Neural Identity Translator between Extractor and Dec-Net, with sign substitution and DA-Former (paper, 4.3).
 *
 * @param image - aligned face, [3, 256, 256] planar RGB in [-1, 1]
 * @param virtual - the key's face drawn on it, same layout
 * @param key - the key's vector, [512]
 * @param signMask - [32, 32]: 1 where the photo's own features stay, else 0
 * @returns the protected face, same layout as `image`
 */
export async function translateIdentity(
  runtime: Runtime,
  image: Float32Array,
  virtual: Float32Array,
  key: Float32Array,
  signMask: Float32Array,
): Promise<Float32Array> {
  const outputs = await runtime.run('protector', { image, virtual, key, sign_mask: signMask });
  return outputs['protected']!;
}
