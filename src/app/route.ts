import { useSyncExternalStore } from 'react';

/** The screens in the navigation, in its order. */
export const routes = ['protect', 'restore', 'compare', 'keys', 'about'] as const;
type NavigationRoute = (typeof routes)[number];
const others = ['camera', 'stand', 'not-found'] as const;
export type Route = NavigationRoute | (typeof others)[number];

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/** The screen named by the address's hash, `#/keys` for instance, in either case and whatever follows a `?`. */
export function currentRoute(): Route {
  const [name = ''] = window.location.hash.replace(/^#\/?/, '').toLowerCase().split(/[?/]/);
  if (name === '') return 'protect';
  return [...routes, ...others].find((route) => route === name) ?? 'not-found';
}

/** What stands in a hash behind its `?`; empty where there is none. */
export function queryOf(hash: string): string {
  const at = hash.indexOf('?');
  return at < 0 ? '' : hash.slice(at + 1);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

export function routeHref(route: Route): string {
  return `#/${route}`;
}

export function goTo(route: Route): void {
  window.location.hash = routeHref(route);
}

/** Where whoever gets a photo finds this page: its address without what stands behind it. */
export function restoreAddress(): string {
  return `${window.location.origin}${window.location.pathname}${routeHref('restore')}`;
}
