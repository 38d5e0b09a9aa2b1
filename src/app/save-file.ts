import { unshared } from '../bytes';

/** Hands a file to the browser's download, under `name`. */
export function saveFile(name: string, bytes: Uint8Array | Blob, mime: string): void {
  const blob = bytes instanceof Blob ? bytes : new Blob([unshared(bytes)], { type: mime });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // iOS asks the person before it takes the blob, and takes it after.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
