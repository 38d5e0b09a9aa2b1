import landmarkerUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm?url';
import runtimeUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { CODEC_URLS } from '../image/codecs.worker';

/** The service worker answers from it; see vite.config.ts. */
const CACHE = 'rofi-program';

const urls = [runtimeUrl, landmarkerUrl, ...Object.values(CODEC_URLS)];

/** Keeps the program's large parts for use offline, and drops older ones. Without storage they come anew each time. */
export async function keepProgram(caches: CacheStorage): Promise<void> {
  try {
    const cache = await caches.open(CACHE);
    const wanted = new Set(urls.map((url) => new URL(url, self.location.origin).href));
    for (const { url } of await cache.keys()) if (!wanted.delete(url)) await cache.delete(url);
    await cache.addAll([...wanted]);
  } catch {
    // Refused or full storage costs the offline use, nothing else.
  }
}

export async function forgetProgram(caches: CacheStorage): Promise<void> {
  await caches.delete(CACHE).catch(() => false);
}
