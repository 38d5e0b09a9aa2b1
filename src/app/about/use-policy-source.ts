import { useEffect, useState } from 'react';
import { ADDED_BY } from '../../../security-headers';

/** Who sends the security headers: the host, the service worker in its place, or nobody, so that only the page has a policy. */
export type PolicySource = 'host' | 'service-worker' | 'page';

/** Asks for the page once more and looks at its headers; null until that is known. */
export function usePolicySource(): PolicySource | null {
  const [source, setSource] = useState<PolicySource | null>(null);
  useEffect(() => {
    let shown = true;
    const { origin, pathname } = window.location;
    fetch(origin + pathname).then(
      ({ headers }) => {
        if (shown) setSource(sourceOf(headers));
      },
      () => undefined,
    );
    return () => {
      shown = false;
    };
  }, []);
  return source;
}

function sourceOf(headers: Headers): PolicySource {
  if (headers.has(ADDED_BY[0])) return 'service-worker';
  return headers.has('Content-Security-Policy') ? 'host' : 'page';
}
