import { useEffect } from 'react';
import { forgetPage, useUnsaved } from '../state/page';

/** Asks before the page is left while it holds what exists nowhere else, and forgets everything when it is left. */
export function LeaveGuard() {
  const unsaved = useUnsaved();

  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);

  useEffect(() => {
    window.addEventListener('pagehide', forgetPage);
    return () => window.removeEventListener('pagehide', forgetPage);
  }, []);

  return null;
}
