import { createHash } from 'node:crypto';
import { createIdentity, recipientOf } from '../src/record/identity';
import type { TestFile } from './app.ts';
import { file } from './files.ts';
import { expect, portrait } from './fixtures.ts';
import { test } from './prepared.ts';

function sha256({ buffer }: TestFile): string {
  return createHash('sha256').update(buffer).digest('hex');
}

test('a patient protects a photo for a clinic, which alone can restore it', async ({ page, app }) => {
  const [clinic, stranger] = [await createIdentity(), await createIdentity()];
  const identityFile = (identity: string): TestFile => file('identity.txt', Buffer.from(`${identity}\n`));

  await app.start();
  const original = await portrait();
  await app.choosePhoto(original);
  await app.protect();
  await app.protected();
  const photo = await app.save('Save photo', 'image/png');
  await app.unfold('Lock or name the key');
  await page.getByText('For a clinic', { exact: true }).click();
  await page.getByLabel('Public keys of the clinics').fill(await recipientOf(clinic));
  const key = await app.save('Save key', '');
  await page.getByRole('button', { name: 'Finish' }).click();

  await page.reload();
  await app.open('Restore');
  await app.choose('Choose files', photo, key);
  await expect(page.getByText('Locked for a clinic')).toBeVisible();
  await app.choose('Open the clinic’s identity file', identityFile(stranger));
  await app.refuses('This identity does not open the key');
  await app.choose('Open the clinic’s identity file', identityFile(clinic));
  await expect(page.getByText('The exact original')).toBeVisible();
  const restored = await app.save('Save the original', 'image/jpeg');
  expect(sha256(restored)).toBe(sha256(original));
});

test('an identity that nobody has saved is not closed unasked', async ({ page }) => {
  await page.goto('/#/keys');
  await page.getByRole('tab', { name: 'For clinics' }).click();
  await page.getByRole('button', { name: 'Make an identity' }).click();
  const close = page.getByRole('button', { name: 'Close the identity' });
  await close.click();
  await expect(page.getByText('This identity is not saved')).toBeVisible();
  await page.getByRole('button', { name: 'Keep it open' }).click();
  await expect(page.getByText('This identity is not saved')).toBeHidden();
  await close.click();
  await page.getByRole('button', { name: 'Close it and lose it' }).click();
  await expect(page.getByRole('button', { name: 'Make an identity' })).toBeVisible();
});
