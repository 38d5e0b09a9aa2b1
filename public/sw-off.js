// The way back: served in place of sw.js, it removes every copy of the page and its program from the devices that have
// one, and the service worker itself. Pages that are open stay as they are, for they may hold a key.
const leave = async () => {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  await self.registration.unregister();
};
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(leave()));
// A page that was open may have asked for it once more.
self.addEventListener('fetch', (event) => event.waitUntil(leave()));
