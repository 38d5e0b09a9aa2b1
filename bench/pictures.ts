/**
 * `npm run pictures`: draws the README's pictures anew, from a sample of somebody who does not exist, on the built page:
 * `docs/pictures/way.jpg`, a photo and what becomes of it, and `docs/pictures/phone.jpg`, the patient's screens.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { withBuiltPage } from './browser';

const FOLDER = 'docs/pictures';
const SAMPLE = 'public/samples/ptosis.jpg';
const PHONE = { width: 360, height: 740 };
/** Of one picture in a strip, pixels. */
const HEIGHT = 420;

export async function measure(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await withBuiltPage(async ({ page, browser }) => {
    await page.goto(`${page.url()}#/about`);
    await page.getByRole('button', { name: /^Set up/ }).click();
    await page.getByText(/^Processor, \d+ threads?/).waitFor({ timeout: 0 });
    await writeFile(`${FOLDER}/way.jpg`, await strip(page, await way(page)));
    await writeFile(
      `${FOLDER}/phone.jpg`,
      await strip(page, await phone(browser, new URL(page.url()).origin)),
    );
  });
}

/** Original, protected, with the key, with a wrong key. */
async function way(page: Page): Promise<readonly Buffer[]> {
  await page.goto(`${new URL(page.url()).origin}/#/stand`);
  await page.getByRole('button', { name: 'Sample: Drooping lid' }).click();
  const shown: Buffer[] = [];
  for (const name of ['Original', 'Protected', 'With the key', 'With a wrong key']) {
    if (name.startsWith('With')) await page.getByText(name, { exact: true }).first().click();
    const canvas = page.getByRole('img', { name, exact: true });
    await canvas.waitFor({ timeout: 0 });
    const data = await canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL('image/png'));
    shown.push(Buffer.from(data.replace(/^.*,/, ''), 'base64'));
  }
  return shown;
}

/** First screen, photo, result, sent. */
async function phone(browser: Browser, origin: string): Promise<readonly Buffer[]> {
  const context = await browser.newContext({ viewport: PHONE, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(`${origin}/#/about`);
  await page.getByRole('button', { name: /^Set up/ }).click();
  await page.getByText(/^Processor, \d+ threads?/).waitFor({ timeout: 0 });
  await page.goto(`${origin}/#/protect`);
  const shown = [await page.screenshot()];
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a photo', exact: true }).click();
  await (await chooser).setFiles(SAMPLE);
  const protect = page.getByRole('button', { name: 'Protect this photo' });
  await protect.waitFor({ timeout: 0 });
  shown.push(await page.screenshot());
  await protect.click();
  await page.getByRole('button', { name: 'Save photo' }).waitFor({ timeout: 0 });
  shown.push(await page.screenshot());
  for (const name of ['Save photo', 'Save key']) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    await download;
  }
  await page.getByRole('button', { name: 'Yes, it is there' }).click();
  await page.getByRole('heading', { level: 1, name: 'Both are saved. Now send them.' }).waitFor();
  shown.push(await page.screenshot());
  await context.close();
  return shown;
}

/** Pictures beside each other, all as high. @returns a JPEG */
async function strip(page: Page, pictures: readonly Buffer[]): Promise<Buffer> {
  const data = await page.evaluate(
    async ([files, height]) => {
      const gap = 12;
      const bitmaps = await Promise.all(
        files.map((file) =>
          createImageBitmap(new Blob([Uint8Array.from(atob(file), (character) => character.charCodeAt(0))])),
        ),
      );
      const widths = bitmaps.map((bitmap) => Math.round((bitmap.width / bitmap.height) * height));
      const whole = widths.reduce((sum, width) => sum + width, gap * (widths.length - 1));
      const canvas = Object.assign(document.createElement('canvas'), { width: whole, height });
      const context = canvas.getContext('2d')!;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, whole, height);
      context.imageSmoothingQuality = 'high';
      let x = 0;
      bitmaps.forEach((bitmap, i) => {
        context.drawImage(bitmap, x, 0, widths[i]!, height);
        x += widths[i]! + gap;
      });
      return canvas.toDataURL('image/jpeg', 0.88);
    },
    [pictures.map((picture) => picture.toString('base64')), HEIGHT] as const,
  );
  return Buffer.from(data.replace(/^.*,/, ''), 'base64');
}
