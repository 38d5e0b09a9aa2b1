import type { SignMap } from '../types';
import type { Runtime } from './runtime';

/**
 * The Ophthalmic Sign Detector (paper, 4.2). It cuts the two eye regions out of the crop by itself.
 *
 * @param image - aligned face, [3, 256, 256] planar RGB in [-1, 1]
 */
export async function detectSigns(runtime: Runtime, image: Float32Array): Promise<SignMap> {
  const { scores } = await runtime.run('sign_detector', { image });
  return { scores: scores! };
}
