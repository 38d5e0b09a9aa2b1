import { useEffect, useEffectEvent } from 'react';

/** Calls `onFiles` when a person pastes files anywhere on the screen. */
export function usePastedFiles(onFiles: (files: File[]) => void): void {
  const handle = useEffectEvent((event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  });
  useEffect(() => {
    document.addEventListener('paste', handle);
    return () => document.removeEventListener('paste', handle);
  }, []);
}
