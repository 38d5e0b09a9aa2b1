import type { RuntimeReport } from '../api';

/** Why the graphics processor is not even tried. */
export type WithoutGpu = Extract<RuntimeReport['reason'], 'no-adapter' | 'software-adapter' | 'not-asked'>;

/**
 * Whether there is a graphics processor to try; null where there is one.
 *
 * @param emulated - one that is emulated on the processor, some 65 times slower than wasm, counts as well
 */
export async function probeGpu(
  navigator: { readonly gpu?: Pick<GPU, 'requestAdapter'> },
  emulated = false,
): Promise<WithoutGpu | null> {
  const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
  if (!adapter) return 'no-adapter';
  // Older browsers say nothing of the adapter.
  const { info } = adapter as Partial<Pick<GPUAdapter, 'info'>>;
  return info?.isFallbackAdapter && !emulated ? 'software-adapter' : null;
}
