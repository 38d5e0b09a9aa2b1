/**
 * `npm run bench:files -- FOLDER [KINDS]`: takes every file that a folder's EXPECT.tsv names (file, expected, kind,
 * comparison picture) through the built page and prints what came of it. A file is judged by who reads the table: what
 * is expected is a sentence. KINDS, such as `face,alpha`, names the kinds to run.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { useCodecs } from '../src/engine/image/codecs';
import { decodePixels } from '../src/engine/image/decode';
import { readCodec } from '../src/engine/testing/codecs';
import type { Pixels } from '../src/engine/types';
import { withBuiltPage } from './browser';

/** As long as the largest photo takes on a slow machine. */
const PATIENCE = 180_000;
const ERROR = '[role=alert]';

interface Row {
  readonly file: string;
  readonly expected: string;
  readonly kind: string;
  readonly compareWith: string;
}

/** What the page said and showed. */
interface Got {
  readonly said: string;
  readonly shown?: Pixels | null;
  readonly result?: Pixels | null;
}

/** @param args - the folder, and the kinds to run if not all */
export async function measure([folder = '', kinds]: readonly string[]): Promise<void> {
  useCodecs(readCodec);
  const rows = (await readRows(folder)).filter(({ kind }) => !kinds || kinds.split(',').includes(kind));
  await withBuiltPage(async ({ page }) => {
    await page.goto(`${page.url()}#/about`);
    await page.getByRole('button', { name: /^Set up/ }).click();
    await page.getByText(/^Processor, \d+ threads?/).waitFor({ timeout: 0 });
    console.log(['file', 'kind', 'expected', 'got', 'shown', 'result', 'seconds'].join('\t'));
    for (const row of rows) {
      const began = performance.now();
      const { said, shown, result } = await take(page, folder, row);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      const compared = join(folder, row.compareWith);
      const other = row.compareWith !== '' && existsSync(compared) ? await readPixels(compared) : null;
      const columns = [
        row.file,
        row.kind,
        row.expected,
        said,
        distance(shown, other),
        distance(result, other),
      ];
      console.log([...columns, seconds].join('\t'));
    }
  });
}

async function readRows(folder: string): Promise<readonly Row[]> {
  const lines = (await readFile(join(folder, 'EXPECT.tsv'), 'utf8')).split('\n').slice(1);
  return lines
    .map((line) => line.split('\t'))
    .map(([file = '', expected = '', kind = '', compareWith = '']) => ({ file, expected, kind, compareWith }))
    .filter(({ file }) => file !== '');
}

async function take(page: Page, folder: string, { file, kind }: Row): Promise<Got> {
  const path = join(folder, file);
  if (!existsSync(path)) return { said: 'not in the folder' };
  try {
    if (kind.startsWith('restore'))
      return await restore(page, [path, join(folder, 'keys/key_plain.rofikey')]);
    // An identity is nothing without what it opens.
    const locked = file.startsWith('keys/identity') ? [join(folder, 'keys/locked_recipient.rofikey')] : [];
    if (kind === 'key') return await restore(page, [path, ...locked]);
    return await protect(page, path);
  } catch (error) {
    return { said: `nothing: ${String(error).split('\n')[0] ?? ''}` };
  }
}

/** Opens a photo and protects it if the page offers to. */
async function protect(page: Page, path: string): Promise<Got> {
  await fresh(page, 'protect');
  await choose(page, 'Choose a photo', [path]);
  const found = page.getByText(/^(\d+ faces?|No face was) found\.$/);
  await page.locator(ERROR).or(found).first().waitFor({ timeout: PATIENCE });
  if ((await found.count()) === 0) return { said: await text(page, ERROR) };
  const said = [await found.innerText(), ...(await notices(page))];
  said.push(
    ...(await page.getByText(/pixels between the eye corners|seems? to be seen/).allInnerTexts()).map(
      (span) => span.trim(),
    ),
  );
  const shown = await readCanvas(page, 'figure canvas');
  const button = page.getByRole('button', { name: /^Protect (this photo|\d+ faces)$/ });
  if ((await button.count()) === 0 || (await button.isDisabled())) return { said: said.join(' | '), shown };
  await button.click();
  const done = page.getByRole('heading', { name: /^(Ready to send|Look before|Covered|Do not)/ });
  await page.locator(ERROR).or(done).first().waitFor({ timeout: PATIENCE });
  if ((await done.count()) === 0) return { said: [...said, await text(page, ERROR)].join(' | '), shown };
  said.push(...(await notices(page)));
  const distances = await page.getByText(/^Distance \d/).allInnerTexts();
  said.push(...distances.map((line) => line.split(';')[0] ?? ''));
  return { said: said.join(' | '), shown, result: await readSaved(page) };
}

/** Gives files to the restoring screen and starts if it can. */
async function restore(page: Page, paths: readonly string[]): Promise<Got> {
  await fresh(page, 'restore');
  await choose(page, 'Choose files', paths);
  const start = page.getByRole('button', { name: /^(Restore|Rebuild the face)$/ });
  const key = page.getByText(/^(Key [0-9a-f]{16}|Locked .*)$/);
  const done = page.getByText(
    /^(The original is back|Take care: another original|A rebuilt face|This is not the person)$/,
  );
  // What comes back exactly comes back by itself.
  await page.locator(ERROR).or(start).or(key).or(done).first().waitFor({ timeout: PATIENCE });
  await page.waitForTimeout(500);
  if ((await start.count()) > 0) {
    await start.click();
    await page.locator(ERROR).or(done).first().waitFor({ timeout: PATIENCE });
  }
  const lines = [...(await key.allInnerTexts()), ...(await notices(page))];
  return { said: lines.join(' | ') };
}

async function fresh(page: Page, screen: 'protect' | 'restore'): Promise<void> {
  // An error of the file before would be taken for one of the next.
  if ((await page.locator(ERROR).count()) > 0) await page.reload();
  await page.evaluate((name) => (location.hash = `#/${name}`), screen === 'protect' ? 'restore' : 'protect');
  await page.evaluate((name) => (location.hash = `#/${name}`), screen);
  const again = page.getByRole('button', {
    name: /^(Start over|Restore another|Protect again with other settings)$/,
  });
  const lose = page.getByRole('button', { name: 'Throw the key away' });
  for (let i = 0; i < 3; i++) {
    if ((await lose.count()) > 0) await lose.click();
    else if ((await again.count()) > 0) await again.first().click();
  }
}

async function choose(page: Page, name: string, paths: readonly string[]): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles([...paths]);
}

/** Titles and sentences of errors, verdicts and warnings. */
async function notices(page: Page): Promise<readonly string[]> {
  const lines = await page.locator('[role=alert], [role=status], [data-tone]').allInnerTexts();
  const told = lines
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => !/^(\d+ faces?|No face was) found\.$/.test(line));
  return [...new Set(told)].filter((line) => line !== '');
}

async function text(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).allInnerTexts()).join(' ').replaceAll(/\s+/g, ' ');
}

async function readCanvas(page: Page, selector: string): Promise<Pixels | null> {
  const canvas = page.locator(selector).first();
  if ((await canvas.count()) === 0) return null;
  const { width, height, base64 } = await canvas.evaluate((element: HTMLCanvasElement) => {
    const image = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    let binary = '';
    for (let at = 0; at < image.data.length; at += 8192) {
      binary += String.fromCharCode(...image.data.subarray(at, at + 8192));
    }
    return { width: image.width, height: image.height, base64: btoa(binary) };
  });
  return { width, height, data: Uint8ClampedArray.from(Buffer.from(base64, 'base64')) };
}

/** The protected photo as it is saved; null where it may not be. */
async function readSaved(page: Page): Promise<Pixels | null> {
  const save = page.getByRole('button', { name: 'Save photo', exact: true });
  if ((await save.count()) === 0) return null;
  const download = page.waitForEvent('download');
  await save.click();
  const file = await download;
  const format = file.suggestedFilename().endsWith('.png') ? 'png' : 'jpeg';
  return decodePixels(await readFile(await file.path()), format);
}

async function readPixels(path: string): Promise<Pixels> {
  return decodePixels(await readFile(path), path.endsWith('.png') ? 'png' : 'jpeg');
}

/** Mean difference of colour channels in levels. */
function distance(one: Pixels | null | undefined, other: Pixels | null): string {
  if (!one || !other) return '';
  if (one.width !== other.width || one.height !== other.height) return 'other size';
  let sum = 0;
  for (let i = 0; i < one.data.length; i++) {
    if (i % 4 < 3) sum += Math.abs((one.data[i] ?? 0) - (other.data[i] ?? 0));
  }
  return (sum / (one.width * one.height * 3)).toFixed(2);
}
