import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { readJpegFrame } from '../src/formats/jpeg/frame';

const PORTRAIT = 'public/samples/ptosis.jpg';

/** A portrait of somebody who does not exist, enlarged to about so many pixels: a JPEG in base64. */
export async function portraitOf(page: Page, pixels: number): Promise<string> {
  const photo = await readFile(PORTRAIT);
  const { width, height } = readJpegFrame(photo);
  const { file } = await page.evaluate(
    ([bytes, scale]) => bench.resave(bytes, { type: 'image/jpeg', quality: 0.92, scale }),
    [photo.toString('base64'), Math.sqrt(pixels / (width * height))] as const,
  );
  return file;
}
