import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { openDisplay } from './display.ts';
import { OtherBrowser } from './other-browser.ts';

const BINARY = [process.env['FIREFOX_PATH'], '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  (path) => path !== undefined && existsSync(path),
);

export class Firefox extends OtherBrowser {
  static readonly isInstalled = BINARY !== undefined;

  private constructor(
    folder: string,
    private readonly browser: Browser,
    private readonly page: Page,
    private readonly closeDisplay: () => void,
  ) {
    super(folder);
  }

  static async start(): Promise<Firefox> {
    const folder = await mkdtemp(join(tmpdir(), 'rofi-firefox-'));
    const display = await openDisplay();
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: BINARY ?? '',
      headless: false,
      env: { ...process.env, DISPLAY: display.name },
      extraPrefsFirefox: {
        'browser.download.folderList': 2,
        'browser.download.dir': folder,
        // Drawn by the processor, where there is nothing else.
        'webgl.force-enabled': true,
      },
    });
    return new Firefox(folder, browser, await browser.newPage(), display.close);
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  protected text(): Promise<string> {
    return this.page.evaluate(() => document.body.innerText);
  }

  protected async click(name: RegExp): Promise<boolean> {
    for (const button of await this.page.$$('button:enabled')) {
      const text = await button.evaluate(({ textContent }) => textContent);
      if (!name.test(text)) continue;
      await button.click();
      return true;
    }
    return false;
  }

  protected async upload(paths: readonly string[]): Promise<boolean> {
    const field = await this.page.$('main input[type=file]');
    await field?.uploadFile(...paths);
    return field !== null;
  }

  protected async close(): Promise<void> {
    await this.browser.close();
    this.closeDisplay();
  }
}
