import { useEffect, useEffectEvent, useState } from 'react';
import { droppedFiles, holdsFiles } from '../components/dropped-files';

/**
 * Calls `onFiles` with files that are dropped anywhere on the page; without it the browser would leave the page and show
 * the file, unprotected. A place that takes drops itself stops their event.
 *
 * @returns whether files are being dragged over the page
 */
export function useDroppedFiles(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const handle = useEffectEvent((files: File[]) => onFiles(files));
  useEffect(() => {
    const stop = new AbortController();
    const listen = (
      name: 'dragover' | 'drop' | 'dragleave',
      on: (event: DragEvent) => void,
      capture = false,
    ): void => window.addEventListener(name, on, { signal: stop.signal, capture });
    listen('dragover', (event) => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    });
    // Also where a drop goes to a place of its own.
    listen('drop', () => setOver(false), true);
    listen('drop', (event) => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then((files) => handle(files));
    });
    listen('dragleave', (event) => {
      // Out of the window, not from one element to the next.
      if (event.relatedTarget === null) setOver(false);
    });
    return () => stop.abort();
  }, []);
  return over;
}
