import { readFile } from 'node:fs/promises';
import { expect, portrait, test } from './fixtures.ts';
import { StaticHost } from './static-host.ts';

const PORT = 4179;

test.use({ baseURL: `http://localhost:${PORT}` });

test('a new version announces itself, waits for the run in work, and takes over when asked', async ({
  page,
  app,
  context,
}) => {
  const host = await StaticHost.start({ port: PORT });
  try {
    await app.start();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await app.networksRun();
    await app.choosePhoto(await portrait());
    await app.faceBoxes();
    const version = await readFile('dist/sw.js');
    host.replaced.set('/sw.js', Buffer.concat([version, Buffer.from('\n// Another version.\n')]));
    // Asked for once, it may be the browser's own look from before the change that answers.
    await expect(async () => {
      await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
      await expect(page.getByText('A new version is ready')).toBeVisible({ timeout: 2000 });
    }).toPass();
    const reload = page.getByRole('button', { name: 'Reload now' });
    await expect(reload).toBeEnabled();
    await app.protect();
    await expect(reload).toBeDisabled();
    await app.protected();
    await expect(reload).toBeEnabled();

    await app.save('Save photo', 'image/png');
    await app.save('Save key', '');
    const controller = page.evaluate(
      () =>
        new Promise((resolve) => {
          navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true });
        }),
    );
    // Another tab, in which somebody has a key that is nowhere else.
    const other = await context.newPage();
    other.on('dialog', (dialog) => void dialog.dismiss());
    await other.goto('/#/keys');
    await other.getByRole('button', { name: 'Make a new key' }).click();
    const key = other.getByRole('heading', { name: /^Key [0-9a-f]{16}$/ });
    const name = await key.textContent();
    await expect(other.getByText('A new version is ready')).toBeVisible();

    await reload.click();
    await controller.catch(() => undefined);
    await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
    await expect(page.getByText('A new version is ready')).toBeHidden();
    await expect(key).toHaveText(name ?? '');
  } finally {
    await host.stop();
  }
});
