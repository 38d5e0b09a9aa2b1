/** Most of a test's time would go into setting up the networks: those of later visits share a device that has them. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { App } from './app.ts';

export type Screen = Pick<BrowserContextOptions, 'viewport' | 'hasTouch' | 'isMobile'>;

/** Playwright's own, which tests have that ask for no other. */
export const DESK: Screen = { viewport: { width: 1280, height: 720 }, hasTouch: false, isMobile: false };

/** What a person does on a page that has been set up before. */
export class AppAgain extends App {
  override async start(): Promise<void> {
    await this.page.goto('/#/about');
    await this.networksRun();
  }
}

/** Devices that have the networks: one for each kind of screen, set up when the first test asks for it. */
export class Devices {
  readonly #devices = new Map<string, Promise<BrowserContext>>();

  constructor(
    private readonly browser: Browser,
    private readonly baseURL: string | undefined,
  ) {}

  with(screen: Screen): Promise<BrowserContext> {
    const kind = JSON.stringify(screen);
    const device = this.#devices.get(kind) ?? this.#setUp(screen);
    this.#devices.set(kind, device);
    return device;
  }

  async close(): Promise<void> {
    for (const device of this.#devices.values()) await (await device).close();
  }

  async #setUp(screen: Screen): Promise<BrowserContext> {
    const device = await this.browser.newContext({ ...screen, baseURL: this.baseURL });
    const page = await device.newPage();
    await new App(page).start();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.close();
    return device;
  }
}

/**
 * A new page of a device. Its networks run on one thread: those of several pages at work would only wait for each other;
 * a first visit uses as many as there are.
 */
export async function newPage(device: BrowserContext): Promise<Page> {
  const page = await device.newPage();
  const session = await device.newCDPSession(page);
  let id = 0;
  session.on('Target.attachedToTarget', ({ sessionId }) => {
    const send = (method: string, params: object): void => {
      const message = JSON.stringify({ id: ++id, method, params });
      session.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => undefined);
    };
    send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: 1 });
    send('Runtime.runIfWaitingForDebugger', {});
  });
  const everyWorker = { autoAttach: true, waitForDebuggerOnStart: true, flatten: false };
  await session.send('Target.setAutoAttach', everyWorker);
  return page;
}

/** Forgets what a person chose; what was downloaded stays. */
export async function forgetChoices(page: Page, baseURL: string | undefined): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(baseURL ?? '').origin;
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage,indexeddb' });
}
