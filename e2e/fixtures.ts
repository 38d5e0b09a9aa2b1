import { readFile } from 'node:fs/promises';
import { test as base, expect } from '@playwright/test';

/** Requests seen by the browser context, service worker and web workers included. */
export class RequestLog {
  readonly #urls: string[] = [];

  add(url: string): void {
    // Data and blob addresses never leave the page.
    if (/^https?:/.test(url)) this.#urls.push(url);
  }

  /** Everything asked for since the mark. */
  since(mark: number): readonly string[] {
    return this.#urls.slice(mark);
  }

  mark(): number {
    return this.#urls.length;
  }
}

/** Fails when anything is asked of another origin. */
export const test = base.extend<{ requests: RequestLog }>({
  requests: [
    async ({ context, baseURL }, use) => {
      const requests = new RequestLog();
      context.on('request', (request) => requests.add(request.url()));
      await use(requests);
      const own = new URL(baseURL ?? '').origin;
      expect(requests.since(0).filter((url) => new URL(url).origin !== own)).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** One of the real photos 1–6 that come with a development dependency. */
export function samplePhoto(number: number): string {
  return `node_modules/@vladmandic/face-api/demo/sample${number}.jpg`;
}

export function samplePhotoBytes(number: number): Promise<Buffer> {
  return readFile(samplePhoto(number));
}
