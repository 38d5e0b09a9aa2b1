import { existsSync } from 'node:fs';
import process from 'node:process';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { openRoom, OtherBrowser, type Room } from './other-browser.ts';

const BINARY = [process.env['FIREFOX_PATH'], '/usr/bin/firefox-esr', '/usr/bin/firefox'].find(
  (path) => path !== undefined && existsSync(path),
);

export class Firefox extends OtherBrowser {
  static readonly isInstalled = BINARY !== undefined;

  private constructor(
    room: Room,
    private readonly browser: Browser,
    private readonly page: Page,
  ) {
    super(room);
  }

  static async start(): Promise<Firefox> {
    const room = await openRoom();
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: BINARY ?? '',
      headless: false,
      env: { ...process.env, DISPLAY: room.display.name },
      extraPrefsFirefox: {
        'browser.download.folderList': 2,
        'browser.download.dir': room.folder,
        // Drawn by the processor, where there is nothing else.
        'webgl.force-enabled': true,
      },
    });
    return new Firefox(room, browser, await browser.newPage());
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

  protected close(): Promise<void> {
    return this.browser.close();
  }
}
