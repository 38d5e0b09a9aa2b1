import { expect, test } from '@playwright/test';
import { preview } from 'vite';
import { FirefoxUser, WHY_NO_FIREFOX } from './firefox.ts';
import { portrait } from './fixtures.ts';

const PORT = 4179;
const ADDRESS = `http://localhost:${PORT}/`;

test('in Firefox a photo is protected, and the very same file comes back with the server stopped', async () => {
  test.skip(WHY_NO_FIREFOX !== null, WHY_NO_FIREFOX ?? '');
  const server = await preview({ preview: { port: PORT, strictPort: true } });
  const user = await FirefoxUser.start();
  const { page } = user;
  const original = await portrait();
  try {
    await page.goto(`${ADDRESS}#/about`);
    await user.press(/^Set up/);
    await user.reads(/Processor, \d+ threads?/);

    await page.goto(`${ADDRESS}#/protect`);
    await user.choose(original);
    await user.press(/^Protect this photo$/);
    await user.reads(/Ready to send|Look before you send/);
    const photo = await user.save(/^Save photo$/);
    const key = await user.save(/^Save key$/);
    await user.press(/^Yes, it is there$/);

    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await server.close();
    await page.goto(`${ADDRESS}#/restore`);
    await page.reload();
    await user.choose(photo, key);
    await user.reads(/The exact original/);
    const restored = await user.save(/^Save the original$/);
    expect(restored.buffer.equals(original.buffer)).toBe(true);
    expect(restored.name).toBe(original.name);
  } finally {
    await user.end();
    await server.close();
  }
});
