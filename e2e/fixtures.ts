import { test as base, expect, type ConsoleMessage, type Request } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { App, type TestFile } from './app.ts';
import { AppAgain, DESK, Devices, newPage } from './devices.ts';

/** Requests of the page, its workers and its service worker, in order. */
class RequestLog {
  readonly #urls: string[] = [];

  add(url: string): void {
    // Data and blob addresses never leave the page.
    if (/^https?:/.test(url)) this.#urls.push(url);
  }

  mark(): number {
    return this.#urls.length;
  }

  /** Everything asked for since the mark. */
  since(mark: number): readonly string[] {
    return this.#urls.slice(mark);
  }
}

interface TestFixtures {
  /** Parts of the refusals that a test asks for. */
  readonly expected: readonly string[];
  readonly requests: RequestLog;
  readonly app: App;
}

interface WorkerFixtures {
  readonly devices: Devices;
  /** A real photo, protected once for all tests that only open it. */
  readonly pair: { readonly original: TestFile; readonly photo: TestFile; readonly key: TestFile };
}

/** Fails when anything is asked of another origin, or the page or a worker wants what its policy refuses. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  expected: [[], { option: true }],
  requests: [
    async ({ context, baseURL, expected }, use) => {
      const requests = new RequestLog();
      const refused: string[] = [];
      const onRequest = (request: Request): void => requests.add(request.url());
      const onConsole = (message: ConsoleMessage): void => {
        if (/violates the following|requires 'Trusted/i.test(message.text())) refused.push(message.text());
      };
      context.on('request', onRequest).on('console', onConsole);
      await use(requests);
      context.off('request', onRequest).off('console', onConsole);
      expect(refused.filter((text) => !expected.some((part) => text.includes(part)))).toEqual([]);
      const own = new URL(baseURL ?? '').origin;
      expect(requests.since(0).filter((url) => new URL(url).origin !== own)).toEqual([]);
    },
    { auto: true },
  ],
  app: async ({ page }, use) => {
    await use(new App(page));
  },
  devices: [
    async ({ browser }, use, { project }) => {
      const devices = new Devices(browser, project.use.baseURL);
      await use(devices);
      await devices.close();
    },
    { scope: 'worker' },
  ],
  pair: [
    async ({ devices }, use) => {
      const page = await newPage(await devices.with(DESK));
      const app = new AppAgain(page);
      await app.start();
      const original = await samplePhoto(1);
      const made = await app.protectAndSave(original);
      await page.close();
      await use({ original, ...made });
    },
    { scope: 'worker' },
  ],
});

export { expect };

/** One of the real photos 1–6 that come with a development dependency. */
export async function samplePhoto(number: number): Promise<TestFile> {
  const name = `sample${number}.jpg`;
  const buffer = await readFile(`node_modules/@vladmandic/face-api/demo/${name}`);
  return { name, mimeType: 'image/jpeg', buffer };
}

/** One of the page's own samples, by the sign it shows; none of them exists. */
export async function ownSample(sign: 'ptosis' | 'redness'): Promise<TestFile> {
  const name = `${sign}.jpg`;
  return { name, mimeType: 'image/jpeg', buffer: await readFile(`public/samples/${name}`) };
}

/** One face of them: for tests where it does not matter whose photo it is. */
export async function portrait(): Promise<TestFile> {
  return { ...(await ownSample('ptosis')), name: 'portrait.jpg' };
}
