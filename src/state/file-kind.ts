import { RofiError } from '../errors';
import { isPhoto, MAX_FILE_MEGABYTES, readSource } from './source';

/** What a file is by its content. A photo whose record was stripped counts as a photo. */
export type FileKind = 'photo' | 'protected' | 'key' | 'identity' | 'unknown';

/** Enough for every magic number. */
const HEAD_BYTES = 4096;

/** Looks into a file. Names are not trusted, and nothing is thrown: what cannot be read is `unknown`, or a photo to say so. */
export async function kindOf(file: File): Promise<FileKind> {
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    if (isPhoto(head)) return (await carriesRecord(file)) ? 'protected' : 'photo';
    if (file.size > MAX_FILE_MEGABYTES.key * 2 ** 20) return 'unknown';
    const { bytes } = await readSource(file, 'key');
    const [{ isIdentityFile }, { isKeyFile }] = await Promise.all([
      import('../record/identity'),
      import('../record/key-file'),
    ]);
    return isIdentityFile(bytes) ? 'identity' : isKeyFile(bytes) ? 'key' : 'unknown';
  } catch {
    return 'unknown';
  }
}

async function carriesRecord(file: File): Promise<boolean> {
  if (file.size > MAX_FILE_MEGABYTES.protected * 2 ** 20) return false;
  const { bytes } = await readSource(file, 'protected');
  const { extractRecord } = await import('../record/container');
  try {
    extractRecord(bytes);
    return true;
  } catch (error) {
    // A damaged record is one too: restoring says what is wrong with it.
    return error instanceof RofiError && error.code === 'damaged-file';
  }
}
