import { useEffect, useEffectEvent } from 'react';

const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/**
 * Calls `onIdle` once nobody has touched the page for a while.
 *
 * @param seconds - how long; null while nothing is waited for
 */
export function useIdle(seconds: number | null, onIdle: () => void): void {
  const end = useEffectEvent(onIdle);
  useEffect(() => {
    if (seconds === null) return;
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => end(), seconds * 1000);
    };
    wait();
    for (const touch of touches) window.addEventListener(touch, wait, { signal: stop.signal, passive: true });
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [seconds]);
}
