import type { Runtime } from './runtime';

/** What one key's person looks like, free of any photo. */
export interface VirtualIdentity {
  /** [3, 128, 128] planar RGB in [-1, 1], on the mean shape. */
  readonly texture: Float32Array;
  /** [468, 2] landmarks minus the mean shape, in 0..1 of the crop. */
  readonly shape: Float32Array;
}

/**
 * Decodes the person that a key stands for.
 *
 * @param key - the key's vector, [512] from N(0, I)
 */
export async function decodeVirtualIdentity(runtime: Runtime, key: Float32Array): Promise<VirtualIdentity> {
  const { texture, shape } = await runtime.run('virtual_identity', { key });
  return { texture: texture!, shape: shape! };
}
