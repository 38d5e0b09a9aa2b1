import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { StaticHost } from './static-host.ts';

const PORT = 4177;

test.use({ baseURL: `http://localhost:${PORT}` });

let host: StaticHost;
test.beforeEach(async () => {
  host = await StaticHost.start({ port: PORT });
});
test.afterEach(() => host.stop());

test('where the host sends no headers, the second load is isolated and under the policy, and About says so', async ({
  page,
  app,
}) => {
  await app.start();
  await expect(page.getByText('it stands in the page and does not cover its workers yet')).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect(page.getByText('it runs on one thread, and more slowly')).toBeVisible();
  await page.evaluate(() => navigator.serviceWorker.ready);

  await page.reload();
  await expect(
    page.getByText('added on this device by the part of the page that is kept here'),
  ).toBeVisible();
  await expect(page.getByText('so it may use several threads')).toBeVisible();
  await expect(page.getByText(/^Processor, [2-9]/)).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const worker = await page.evaluate(async () => {
    const { headers } = await fetch(
      performance.getEntriesByType('resource').find(({ name }) => name.endsWith('.js'))!.name,
    );
    return [headers.get('content-security-policy'), headers.get('cross-origin-embedder-policy')];
  });
  expect(worker[0]).toContain("worker-src 'self'");
  expect(worker[1]).toBe('require-corp');
});

test('a host takes the page back by serving sw-off.js in place of sw.js', async ({ page }) => {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  host.replaced.set('/sw.js', await readFile('dist/sw-off.js'));
  const remaining = async (): Promise<readonly number[]> =>
    page.evaluate(async () => {
      const registrations = await navigator.serviceWorker.getRegistrations();
      return [registrations.length, (await caches.keys()).length];
    });
  // Asked for once, it may be the browser's own look from before the change that answers; and what the old one is still
  // answering is waited for, by Chromium up to five minutes.
  await expect
    .poll(
      async () => {
        await page.evaluate(async () => {
          for (const registration of await navigator.serviceWorker.getRegistrations()) {
            await registration.update().catch(() => undefined);
          }
        });
        return remaining();
      },
      { timeout: 420_000 },
    )
    .toEqual([0, 0]);
  // The open page asks for it once more, and it leaves again with the next thing that is fetched.
  await page.evaluate(() => navigator.serviceWorker.register('/sw.js'));
  await expect
    .poll(async () => {
      await page.evaluate(() => fetch('/icon.svg').then((response) => response.text()));
      return remaining();
    })
    .toEqual([0, 0]);
  // Open pages stay as they are.
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
});
