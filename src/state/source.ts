import { RofiError } from '../errors';
import type { SourceFile } from '../engine/types';

const MEGABYTE = 2 ** 20;

/** The largest file of each kind that is read at all, megabytes. */
export const MAX_FILE_MEGABYTES = {
  /** As the engine has it. */
  photo: 64,
  /** A photo and its original. */
  protected: 264,
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

/** Whether the browser, unlike the engine, may be able to read the format: HEIC and HEIF. */
function isHeic({ bytes }: SourceFile): boolean {
  const brand = String.fromCharCode(...bytes.subarray(4, 12));
  return /^ftyp(heic|heix|hevc|mif1|msf1)$/.test(brand);
}

/**
 * A source that the engine can read: HEIC is turned into PNG where the browser decodes it; all else stays as it is.
 */
export async function readableSource(file: File): Promise<SourceFile> {
  const source = await readSource(file, 'photo');
  if (!isHeic(source)) return source;
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    const png = await canvas.convertToBlob({ type: 'image/png' });
    const name = source.name.replace(/\.hei[cf]$/i, '.png');
    return { name, bytes: new Uint8Array(await png.arrayBuffer()) };
  } catch {
    return source;
  }
}
