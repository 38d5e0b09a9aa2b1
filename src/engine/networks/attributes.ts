import type { Runtime } from './runtime';

/** How old and of which sex a face looks; asked for to choose donors, and shown to nobody. */
export interface Attributes {
  /** In years. */
  readonly age: number;
  /** 0..1. */
  readonly male: number;
}

/** @param image - aligned, [3, 256, 256] planar RGB in [-1, 1] */
export async function guessAttributes(runtime: Runtime, image: Float32Array): Promise<Attributes> {
  const { attributes } = await runtime.run('attributes', { image });
  return { age: 100 * (attributes?.[0] ?? 0.3), male: attributes?.[1] ?? 0.5 };
}
