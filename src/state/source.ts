import type { SourceFile } from '../engine/types';
import { RofiError } from '../errors';
import { sniffFormat } from '../formats/sniff';

const MEGABYTE = 2 ** 20;

/** The largest file of each kind that is read at all, megabytes. */
export const MAX_FILE_MEGABYTES = {
  /** As the engine has it. */
  photo: 64,
  /** A photo and its original. */
  protected: 266,
  key: 1 / 16,
} as const;

/**
 * Reads a chosen file whole.
 *
 * @throws RofiError `too-large` before a byte is read, `cannot-decode` when the browser no longer finds it
 */
export async function readSource(file: File, kind: keyof typeof MAX_FILE_MEGABYTES): Promise<SourceFile> {
  const maxMegabytes = MAX_FILE_MEGABYTES[kind];
  if (file.size > maxMegabytes * MEGABYTE) {
    const code = kind === 'key' ? 'not-a-key' : 'too-large';
    const megabytes = Math.ceil(file.size / MEGABYTE);
    throw new RofiError(code, `${megabytes} MB`, {
      megabytes,
      maxMegabytes,
      megapixels: 0,
      maxMegapixels: 50,
    });
  }
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch (cause) {
    throw new RofiError('cannot-decode', String(cause), {}, { cause });
  }
}

/**
 * Reads a photo. What cannot be read is said at once, before anything is downloaded for it.
 *
 * @throws RofiError as {@link readSource}, and `empty-file`, `unsupported-format`, `not-an-image`
 */
export async function readPhoto(file: File): Promise<SourceFile> {
  const source = await readSource(file, 'photo');
  sniffFormat(source.bytes);
  return source;
}

/** Whether a file is a picture or something else that a person may take for one, and no key. */
export function isPhoto(head: Uint8Array): boolean {
  try {
    sniffFormat(head);
    return true;
  } catch (error) {
    return error instanceof RofiError && error.code === 'unsupported-format';
  }
}
