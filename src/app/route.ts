import { useSyncExternalStore } from 'react';

export const routes = ['protect', 'restore', 'compare', 'keys', 'about'] as const;
export type Route = (typeof routes)[number];

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

function current(): Route {
  const name = window.location.hash.replace(/^#\/?/, '');
  return routes.find((route) => route === name) ?? 'protect';
}

/** The screen named by the address's hash, `#/keys` for instance; the first screen when it names none. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, current);
}

export function routeHref(route: Route): string {
  return `#/${route}`;
}

export function goTo(route: Route): void {
  window.location.hash = routeHref(route);
}
