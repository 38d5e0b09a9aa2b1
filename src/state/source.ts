import type { SourceFile } from '../engine/types';

/** Reads a chosen file whole. */
export async function readSource(file: File): Promise<SourceFile> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
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
  const source = await readSource(file);
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
