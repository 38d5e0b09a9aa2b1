import type { DownloadProgress } from '../api';

/** So often a page needs to hear how far a download is, milliseconds: it draws itself anew each time. */
const PACE = 100;

/** Passes progress on, at most ten times a second, and the end of every file. @param now - milliseconds */
export function paced(
  onProgress: (progress: DownloadProgress) => void,
  now: () => number = () => performance.now(),
): (progress: DownloadProgress) => void {
  let last = -Infinity;
  return (progress) => {
    const time = now();
    if (time - last < PACE && progress.receivedBytes < progress.totalBytes) return;
    last = time;
    onProgress(progress);
  };
}
