import type { Runtime } from './runtime';

/** Bytes of a small picture whose size is called 0; each doubling is one more. */
const USUAL_BYTES = 512;

/**
 * The Neural Identity Restorer between its own Extractor and Dec-Net (paper, 4.5): the original face of the small
 * picture that the key unsealed, and of the protected face, which still has the eyes.
 *
 * @param sealed - the small picture enlarged, [3, 256, 256] planar RGB in [-1, 1]
 * @param received - aligned protected face, same layout
 * @param bytes - size of the small picture's file: how much is to be made of it
 * @returns the restored face, same layout
 */
export async function restoreIdentity(
  runtime: Runtime,
  sealed: Float32Array,
  received: Float32Array,
  bytes: number,
): Promise<Float32Array> {
  const size = Float32Array.of(Math.log2(bytes / USUAL_BYTES));
  const outputs = await runtime.run('restorer', { sealed, protected: received, size });
  return outputs['restored']!;
}
