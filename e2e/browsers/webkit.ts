import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import process from 'node:process';
import { expect } from '@playwright/test';
import { Builder, By, type WebDriver, type WebElement } from 'selenium-webdriver';
import { openRoom, OtherBrowser, type Room } from './other-browser.ts';

/** As Debian has them: the engine of Safari, in a small window of its own. */
const DRIVER = '/usr/bin/WebKitWebDriver';
const BINARY = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']
  .map((folder) => `${folder}/webkit2gtk-4.1/MiniBrowser`)
  .find((path) => existsSync(path));
const PORT = 4481;
/** What Safari has and this window leaves out. */
const FEATURES = '--features=+AllowWebGLInWorkers,+OffscreenCanvasInWorkers,+OffscreenCanvas,+WebGL';

export class WebKit extends OtherBrowser {
  static readonly isInstalled = BINARY !== undefined && existsSync(DRIVER);

  private constructor(
    room: Room,
    private readonly driver: WebDriver,
    private readonly server: ChildProcess,
  ) {
    super(room);
  }

  static async start(): Promise<WebKit> {
    const room = await openRoom();
    const server = spawn(DRIVER, [`--port=${PORT}`], {
      stdio: 'ignore',
      // At home it saves what is downloaded.
      env: { ...process.env, DISPLAY: room.display.name, HOME: room.folder, JSC_useSharedArrayBuffer: '1' },
    });
    await expect.poll(answers).toBe(true);
    const driver = await new Builder()
      .usingServer(`http://127.0.0.1:${PORT}`)
      .withCapabilities({
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: BINARY, args: ['--automation', FEATURES] },
      })
      .build();
    return new WebKit(room, driver, server);
  }

  open(address: string): Promise<void> {
    return this.driver.get(address);
  }

  reload(): Promise<void> {
    return this.driver.navigate().refresh();
  }

  protected text(): Promise<string> {
    return this.driver.executeScript<string>('return document.body.innerText');
  }

  protected async click(name: RegExp): Promise<boolean> {
    const button = await this.driver.executeScript<WebElement | null>(
      'return [...document.querySelectorAll("button:enabled")].find((b) => new RegExp(arguments[0]).test(b.textContent))',
      name.source,
    );
    await button?.click();
    return button !== null;
  }

  protected async upload(paths: readonly string[]): Promise<boolean> {
    const [field] = await this.driver.findElements(By.css('main input[type=file]'));
    await field?.sendKeys(paths.join('\n'));
    return field !== undefined;
  }

  protected async close(): Promise<void> {
    await this.driver.quit();
    this.server.kill();
  }
}

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(PORT, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
