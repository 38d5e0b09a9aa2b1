import { expect, test } from '@playwright/test';
import { preview } from 'vite';
import { portrait } from '../fixtures.ts';
import { canOpenWindows } from './display.ts';
import { Firefox } from './firefox.ts';
import { WebKit } from './webkit.ts';

const BROWSERS = [
  { name: 'Firefox', browser: Firefox, port: 4181 },
  { name: 'WebKit', browser: WebKit, port: 4182 },
];

for (const { name, browser, port } of BROWSERS) {
  test(`in ${name} a photo is protected, and the very same file comes back with the server stopped`, async () => {
    test.skip(!browser.isInstalled, `${name} is not installed`);
    test.skip(!canOpenWindows, 'neither a display nor Xvfb is there');
    const address = `http://localhost:${port}/`;
    const original = await portrait();
    const person = await browser.start().catch((error: unknown) => {
      test.skip(true, `${name} does not start here: ${String(error)}`);
      throw error;
    });
    const server = await preview({ preview: { port, strictPort: true } });
    try {
      await person.open(`${address}#/about`);
      await person.press(/^Set up/);
      await person.reads(/Processor, \d+ threads?/);

      await person.open(`${address}#/protect`);
      await person.choose(original);
      await person.press(/^Protect this photo$/);
      await person.reads(/Ready to send|Look before you send/);
      const photo = await person.save(/^Save photo$/);
      const key = await person.save(/^Save key$/);
      await person.press(/^Yes, it is there$/);

      // Loaded again, the page is kept on the device.
      await person.open(`${address}#/restore`);
      await person.reload();
      await person.reads(/Restore the original/);
      await server.close();
      await person.reload();
      await person.choose(photo, key);
      await person.reads(/The exact original/);
      const restored = await person.save(/^Save the original$/);
      expect(restored.buffer.equals(original.buffer)).toBe(true);
    } finally {
      await person.end();
      await server.close();
    }
  });
}
