/**
 * The service worker: keeps the page for use offline, and adds the security headers where the host sends none. A page
 * that it has answered is isolated and under its policy from its second load on, its workers included.
 */
import { clientsClaim, type WorkboxPlugin } from 'workbox-core';
import { addPlugins, cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { ADDED_BY, productionHeaders } from '../security-headers';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] };

/** src/engine/models/program.ts fills it. */
const PROGRAM = 'rofi-program';

/** What the host has said stays. */
function withHeaders(response: Response): Response {
  const headers = new Headers(response.headers);
  const missing = Object.entries(productionHeaders).filter(([name]) => !headers.has(name));
  if (missing.length === 0) return response;
  for (const [name, value] of missing) headers.set(name, value);
  if (missing.some(([name]) => name === 'Content-Security-Policy')) headers.set(...ADDED_BY);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

const headers: WorkboxPlugin = {
  handlerWillRespond: ({ response }) => Promise.resolve(withHeaders(response)),
};

addPlugins([headers]);
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

// Large parts of the program are kept once the person agrees, the decoder of rarer photos when it is first used.
const assets = new URL('assets/', self.registration.scope).href;
// Their names tell their contents: whoever asks for them, a module or a fetch, gets the same.
// Threads are workers too, which an isolated page starts with these headers only.
const kept = new CacheFirst({ cacheName: PROGRAM, matchOptions: { ignoreVary: true }, plugins: [headers] });
registerRoute(({ url }) => url.href.startsWith(assets), kept);

// A new version takes over only when the person says so.
self.addEventListener('message', ({ data }: ExtendableMessageEvent) => {
  if ((data as { readonly type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
clientsClaim();
