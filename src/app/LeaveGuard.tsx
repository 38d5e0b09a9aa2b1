import { useEffect } from 'react';
import { useVisitKey } from '../state/visit-key';

/** Asks before the page is left while it holds the only copy of a key, and clears the key when it is left. */
export function LeaveGuard() {
  const unsaved = useVisitKey(({ key, saved }) => key !== null && !saved);

  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);

  useEffect(() => {
    const forget = (): void => useVisitKey.getState().forget();
    window.addEventListener('pagehide', forget);
    return () => window.removeEventListener('pagehide', forget);
  }, []);

  return null;
}
