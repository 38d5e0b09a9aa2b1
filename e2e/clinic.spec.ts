import { createHash } from 'node:crypto';
import { expect, portrait, test, type TestFile } from './fixtures.ts';

function sha256({ buffer }: TestFile): string {
  return createHash('sha256').update(buffer).digest('hex');
}

test('a patient protects a photo for a clinic, which alone can restore it', async ({ page, app }) => {
  // Pages are left with keys and identities that were not saved, on purpose.
  page.on('dialog', (dialog) => void dialog.accept());
  const clinic = await app.makeIdentity();
  const stranger = await app.makeIdentity();

  await app.start();
  const original = await portrait();
  await app.choosePhoto(original);
  await app.protect();
  await app.protected();
  const photo = await app.save('Save photo', 'image/png');
  await app.unfold('Lock or name the key');
  await page.getByText('For a clinic', { exact: true }).click();
  await page.getByLabel('Public keys of the clinics').fill(clinic.recipient);
  const key = await app.save('Save key', '');
  await page.getByRole('button', { name: 'Finish' }).click();

  await page.reload();
  await app.open('Restore');
  await app.choose('Choose files', photo, key);
  await expect(page.getByText('Locked for a clinic')).toBeVisible();
  await app.choose('Open the clinic’s identity file', stranger.file);
  await app.refuses('This identity does not open the key');
  await app.choose('Open the clinic’s identity file', clinic.file);
  await expect(page.getByText('The exact original')).toBeVisible();
  const restored = await app.save('Save the original', 'image/jpeg');
  expect(sha256(restored)).toBe(sha256(original));
});
