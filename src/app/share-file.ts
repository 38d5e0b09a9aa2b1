/** The system's share sheet: the way from this page into a mail or a message. */
import { unshared } from '../bytes';

function asFile(name: string, bytes: Uint8Array | Blob, mime: string): File {
  return new File([bytes instanceof Blob ? bytes : unshared(bytes)], name, { type: mime });
}

/** Whether files can be shared from here, and by touch, where a share sheet is what people look for. */
export function canShare(name: string, mime: string): boolean {
  const { canShare: can } = navigator as Partial<Navigator>;
  if (!can || !matchMedia('(pointer: coarse)').matches) return false;
  return can.call(navigator, { files: [asFile(name, new Uint8Array(1), mime)] });
}

/**
 * Opens the share sheet with one file.
 *
 * @returns whether another program took it; false when the person closed the sheet
 * @throws DOMException when the system refuses
 */
export async function shareFile(name: string, bytes: Uint8Array | Blob, mime: string): Promise<boolean> {
  try {
    await navigator.share({ files: [asFile(name, bytes, mime)] });
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false;
    throw error;
  }
}
