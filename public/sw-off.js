// The way back: served in place of sw.js, it removes every copy of the page and its program from the devices that have
// one, and the service worker itself. Pages that are open stay as they are, for they may hold a key.
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => {
  const removed = caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))));
  event.waitUntil(removed.then(() => self.registration.unregister()));
});
