import { expect, test } from './fixtures.ts';

test.use({ serviceWorkers: 'block' });

test('a screen that fails leaves the page and the only copy of a key', async ({ page, context, app }) => {
  page.on('dialog', (dialog) => void dialog.accept());
  await context.route('**/assets/AboutScreen-*.js', (route) => route.abort());
  await page.goto('/#/keys');
  await page.getByRole('button', { name: 'Make a new key' }).click();
  const name = await page.getByRole('heading', { name: /^Key [0-9a-f]{16}$/ }).textContent();
  await app.open('About');
  await app.refuses('This part of the page has failed');
  await expect(page.getByRole('heading', { name: name ?? '' })).toBeVisible();
  const key = await app.save('Save key', '');
  expect(key.name).toBe(`key-${name?.slice(4)}.rofikey`);

  await page.getByRole('navigation').getByRole('link', { name: 'Keys' }).click();
  await expect(page.getByText('Key saved')).toBeVisible();
});

test('the page works where there is no service worker', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined });
  });
  await page.goto('/#/about');
  await expect(page.getByText('Not yet: load the page once more.')).toBeVisible();
});
