import type { Runtime } from './runtime';

/** Side of what the network says, half of the crop's. */
export const FRONT_SIDE = 128;

/**
 * How surely each pixel of an aligned face is something in front of it: glasses, hair, a hand, [128, 128] in 0..1.
 *
 * @param image - aligned, [3, 256, 256] planar RGB in [-1, 1]
 */
export async function seeFront(runtime: Runtime, image: Float32Array): Promise<Float32Array> {
  const { front } = await runtime.run('front', { image });
  return front!;
}
