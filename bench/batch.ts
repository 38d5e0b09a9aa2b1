/**
 * `npm run bench:batch -- 100`: protects that many photos of 12 megapixels on the page's own batch screen and prints
 * how much memory the browser holds after each. Linux and macOS.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { readJpegFrame } from '../src/formats/jpeg/frame';
import { withBuiltPage } from './browser';
import { residentMegabytes, type Resident } from './memory';

const PHOTOS = ['nodule', 'ptosis', 'redness', 'strabismus'].map((name) => `public/samples/${name}.jpg`);
const PIXELS = 12e6;

/** @param args - how many photos, 100 by default */
export async function measure([count = '100']: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'rofi-batch-'));
  try {
    await withBuiltPage(async ({ page, browser }) => {
      const files = await enlarge(page, folder, Number(count));
      // In a process of its own: what enlarging left behind does not count.
      const fresh = await browser.newPage();
      await fresh.goto(`${page.url()}#/about`);
      await page.close();
      await fresh.getByRole('button', { name: /^Set up/ }).click();
      await fresh.getByText(/^Processor, \d+ threads?/).waitFor({ timeout: 0 });
      await runBatch(fresh, browser, files);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes the sample portraits in 12 megapixels, again and again under new names. */
async function enlarge(page: Page, folder: string, count: number): Promise<readonly string[]> {
  const enlarged: Buffer[] = [];
  for (const path of PHOTOS.slice(0, count)) {
    const photo = await readFile(path);
    const { width, height } = readJpegFrame(photo);
    const { file } = await page.evaluate(
      ([bytes, scale]) => bench.resave(bytes, { type: 'image/jpeg', quality: 0.92, scale }),
      [photo.toString('base64'), Math.sqrt(PIXELS / (width * height))] as const,
    );
    enlarged.push(Buffer.from(file, 'base64'));
  }
  const names = Array.from({ length: count }, (_, i) => join(folder, `photo-${i + 1}.jpg`));
  for (const [i, name] of names.entries()) await writeFile(name, enlarged[i % enlarged.length] ?? '');
  return names;
}

async function runBatch(page: Page, browser: Browser, files: readonly string[]): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Protect' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a photo', exact: true }).click();
  await (await chooser).setFiles([...files]);
  const progress = page.getByRole('progressbar');
  const before = await residentMegabytes(browser);
  console.log(`photo    page MB   all MB  seconds`);
  print('before', before, 0);
  await page.getByRole('button', { name: 'Protect all' }).click();

  const started = performance.now();
  let most = before;
  for (let settled = 0; settled < files.length;) {
    await page.waitForTimeout(500);
    const now = await residentMegabytes(browser);
    most = { page: Math.max(most.page, now.page), all: Math.max(most.all, now.all) };
    const value =
      (await progress.count()) === 0 ? files.length : Number(await progress.getAttribute('aria-valuenow'));
    if (value === settled) continue;
    settled = value;
    print(`${settled}`, most, (performance.now() - started) / 1000);
    most = now;
  }
  console.log((await page.getByRole('list', { name: 'Photos' }).innerText()).replaceAll('\n', ' '));
}

function print(photo: string, { page, all }: Resident, seconds: number): void {
  const columns = [page, all, seconds].map((value) => value.toFixed(0).padStart(8));
  console.log(photo.padEnd(8), ...columns);
}
