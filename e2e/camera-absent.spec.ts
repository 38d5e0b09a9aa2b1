import { expect, test } from './fixtures.ts';

test('without a camera the page says so and offers a file instead', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  await page.goto('/');
  await page.getByRole('button', { name: 'Take a photo' }).click();
  await expect(page.getByRole('status').getByText('No camera was found')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
});
