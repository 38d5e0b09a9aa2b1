import { useEffect, useEffectEvent } from 'react';

/** Not in TypeScript's library yet: https://wicg.github.io/web-app-launch/ */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files: readonly { getFile(): Promise<File> }[] }) => void): void;
}

/** Calls `onFiles` with the files that the installed page was opened with. */
export function useLaunchedFiles(onFiles: (files: File[]) => void): void {
  const handle = useEffectEvent((files: File[]) => onFiles(files));
  useEffect(() => {
    const { launchQueue } = window as { readonly launchQueue?: LaunchQueue };
    launchQueue?.setConsumer(({ files }) => {
      void Promise.allSettled(files.map((file) => file.getFile())).then((results) => {
        // One that is gone takes no other along.
        const opened = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
        if (opened.length > 0) handle(opened);
      });
    });
  }, []);
}
