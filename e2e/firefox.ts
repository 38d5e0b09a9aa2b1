import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { expect } from '@playwright/test';
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import type { TestFile } from './app.ts';

const DISPLAY = '/usr/bin/Xvfb';

/** An installed Firefox; Playwright drives none but its own. */
const BINARY = [process.env['FIREFOX_PATH'], '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  (path) => path !== undefined && existsSync(path),
);

/** Why Firefox cannot be asked here; null where it can. Without a display it has no WebGL. */
export const WHY_NO_FIREFOX =
  BINARY === undefined
    ? 'no Firefox is installed'
    : process.env['DISPLAY'] === undefined && !existsSync(DISPLAY)
      ? 'neither a display nor Xvfb is there'
      : null;

/** A person before the page in Firefox, with a folder for what is saved. */
export class FirefoxUser {
  private constructor(
    private readonly browser: Browser,
    private readonly display: ChildProcess | undefined,
    private readonly folder: string,
    readonly page: Page,
  ) {}

  static async start(): Promise<FirefoxUser> {
    const folder = await mkdtemp(join(tmpdir(), 'rofi-firefox-'));
    const { display, name } = await openDisplay();
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: BINARY ?? '',
      headless: false,
      env: { ...process.env, DISPLAY: name },
      extraPrefsFirefox: {
        'browser.download.folderList': 2,
        'browser.download.dir': folder,
        // Drawn by the processor, where there is nothing else.
        'webgl.force-enabled': true,
      },
    });
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    return new FirefoxUser(browser, display, folder, page);
  }

  async end(): Promise<void> {
    await this.browser.close();
    this.display?.kill();
    await rm(this.folder, { recursive: true });
  }

  /** Waits until the page says something. */
  async reads(text: RegExp): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(() => document.body.innerText), { timeout: 180_000 })
      .toMatch(text);
  }

  async press(name: RegExp): Promise<void> {
    const button = await this.#button(name);
    await button.click();
  }

  /** Hands files to the screen's file field. */
  async choose(...files: readonly TestFile[]): Promise<void> {
    const folder = await mkdtemp(join(this.folder, 'chosen-'));
    const paths = files.map(({ name }) => join(folder, name));
    for (const [i, path] of paths.entries()) await writeFile(path, files[i]?.buffer ?? '');
    const field = await this.page.waitForSelector('main input[type=file]');
    await (field as ElementHandle<HTMLInputElement>).uploadFile(...paths);
  }

  /** Presses a button that saves a file. */
  async save(name: RegExp): Promise<TestFile> {
    const before = new Set(await readdir(this.folder));
    await this.press(name);
    // While it writes, Firefox has an empty file in its place, and a part beside it.
    const saved = async (): Promise<string | undefined> => {
      const made = (await readdir(this.folder)).filter((file) => !before.has(file));
      if (made[0] === undefined || made.some((file) => file.endsWith('.part'))) return undefined;
      return (await stat(join(this.folder, made[0]))).size > 0 ? made[0] : undefined;
    };
    await expect.poll(saved).toBeDefined();
    const file = (await saved()) ?? '';
    return { name: file, mimeType: '', buffer: await readFile(join(this.folder, file)) };
  }

  async #button(name: RegExp): Promise<ElementHandle<HTMLButtonElement>> {
    const found = await this.page.waitForFunction(
      (source) =>
        [...document.querySelectorAll('button')].find(
          (button) => new RegExp(source).test(button.textContent) && !button.disabled,
        ),
      { timeout: 180_000 },
      name.source,
    );
    return found as ElementHandle<HTMLButtonElement>;
  }
}

/** The display there is, or one that nobody sees. */
async function openDisplay(): Promise<{ readonly display?: ChildProcess; readonly name: string }> {
  if (process.env['DISPLAY'] !== undefined) return { name: process.env['DISPLAY'] };
  const display = spawn(DISPLAY, ['-displayfd', '1', '-screen', '0', '1280x1000x24'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    display.stdout.once('data', (said: Buffer) => resolve(said.toString().trim()));
    display.once('error', reject);
  });
  return { display, name: `:${number}` };
}
