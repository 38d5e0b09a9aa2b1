import landmarkerUrl from '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm?url';
import runtimeUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { Need } from '../api';
import { CODEC_URLS } from '../image/codecs.worker';

/** The service worker answers from it; see vite.config.ts. */
const CACHE = 'rofi-program';

const landmarkUrls = [landmarkerUrl, ...Object.values(CODEC_URLS)];
const urls = [runtimeUrl, ...landmarkUrls];

/** Keeps the program's large parts for use offline, and drops older ones. Without storage they come anew each time. */
export async function keepProgram(caches: CacheStorage, need: Exclude<Need, 'nothing'>): Promise<void> {
  try {
    const cache = await caches.open(CACHE);
    const absolute = (url: string): string => new URL(url, self.location.origin).href;
    const known = new Set(urls.map(absolute));
    const wanted = new Set((need === 'all' ? urls : landmarkUrls).map(absolute));
    for (const { url } of await cache.keys()) {
      if (!known.has(url)) await cache.delete(url);
      wanted.delete(url);
    }
    await cache.addAll([...wanted]);
  } catch {
    // Refused or full storage costs the offline use, nothing else.
  }
}

export async function forgetProgram(caches: CacheStorage): Promise<void> {
  await caches.delete(CACHE).catch(() => false);
}
