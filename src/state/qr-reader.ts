import type { PrivacyKey } from '../record/types';

/** A picture this long holds a code well enough, and is quick to search. */
const longestSide = 1280;

/** The text of a code in the camera's picture; null while there is none. */
export async function qrInVideo(video: HTMLVideoElement): Promise<string | null> {
  if (video.videoWidth === 0) return null;
  return qrIn(video, video.videoWidth, video.videoHeight);
}

/** The text of a code in a picture file; null when there is none. */
export async function qrInImage(file: File): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(file);
    const text = await qrIn(bitmap, bitmap.width, bitmap.height);
    bitmap.close();
    return text;
  } catch {
    return null;
  }
}

async function qrIn(image: CanvasImageSource, width: number, height: number): Promise<string | null> {
  const { readQr } = await import('../record/qr');
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return readQr(context.getImageData(0, 0, canvas.width, canvas.height));
}

/**
 * The key that a scanned text spells.
 *
 * @throws RofiError `not-a-key`, `damaged-key`, `unsupported-version`
 */
export async function keyFromText(text: string): Promise<PrivacyKey> {
  const [{ parseKeyText }, { describeKey }] = await Promise.all([
    import('../record/qr'),
    import('../record/key-file'),
  ]);
  return describeKey(await parseKeyText(text), '', new Date());
}
