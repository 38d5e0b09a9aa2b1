import { expect, test } from './fixtures.ts';

test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), '--use-fake-device-for-media-stream'],
    });
  },
});

test('the camera takes a photo that is not mirrored, with the keyboard alone', async ({
  page,
  context,
  app,
}) => {
  await context.grantPermissions(['camera']);
  await page.goto('/');
  await app.press('Take a photo');
  const shutter = page.getByRole('button', { name: 'Take the photo' });
  await expect(shutter).toBeEnabled();
  await expect(page.getByText('The preview is mirrored, the photo is not.')).toBeVisible();
  await app.press('Take the photo');
  const shot = page.getByRole('img', { name: 'The photo just taken' });
  await expect(shot).toBeVisible();
  expect(await shot.evaluate((image) => getComputedStyle(image).transform)).toBe('none');
  await app.press('Use this photo');
  await expect(page.getByRole('heading', { level: 1, name: 'Protect a photo' })).toBeVisible();
});

test('a refused camera says how to allow it', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Take a photo' }).click();
  await expect(page.getByRole('status').getByText('The camera is blocked')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
});

test('a camera that gives no picture says so, and the next try takes one', async ({ page, context, app }) => {
  await page.addInitScript(() => {
    const noPicture = (): Promise<never> => Promise.reject(new DOMException('no frame', 'UnknownError'));
    ImageCapture.prototype.takePhoto = noPicture;
    const real = OffscreenCanvas.prototype;
    const canvas = Object.getOwnPropertyDescriptor(real, 'convertToBlob') ?? {};
    real.convertToBlob = () => {
      Object.defineProperty(real, 'convertToBlob', canvas);
      return noPicture();
    };
  });
  await context.grantPermissions(['camera']);
  await page.goto('/');
  await app.press('Take a photo');
  const shutter = page.getByRole('button', { name: 'Take the photo' });
  await expect(shutter).toBeEnabled();
  await app.press('Take the photo');
  await expect(page.getByText('The picture could not be taken')).toBeVisible();
  await expect(shutter).toBeEnabled();
  await app.press('Take the photo');
  await expect(page.getByRole('img', { name: 'The photo just taken' })).toBeVisible();
});
