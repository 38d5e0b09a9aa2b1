import { expect } from './fixtures.ts';
import { test } from './prepared.ts';

test('at a stand a visitor sees the protected photo, the wrong key and the way back, and leaves nothing', async ({
  page,
  app,
}) => {
  await app.start();
  await page.clock.install();
  await page.goto('/#/stand');
  await page.getByRole('button', { name: 'Sample: Drooping lid' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'Your photo, and what others get' }),
  ).toBeVisible();
  await expect(page.getByRole('img', { name: 'Original' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'Protected' })).toBeVisible();

  await page.getByText('With a wrong key', { exact: true }).first().click();
  await expect(page.getByText('A wrong key gives nobody.')).toBeVisible();
  await expect(page.getByRole('img', { name: 'With a wrong key' })).toBeVisible();
  await page.getByText('With the key', { exact: true }).first().click();
  await expect(page.getByText('The key gives the original back.')).toBeVisible();
  await expect(page.getByRole('img', { name: 'With the key' })).toBeVisible();

  // Nobody touches it for a minute.
  await page.clock.fastForward(61_000);
  await expect(page.getByRole('button', { name: 'Use the camera' })).toBeVisible();
  await expect(page.getByRole('img')).toHaveCount(0);
});
