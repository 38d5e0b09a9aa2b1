import type { TestFile } from './app.ts';
import { expect, test } from './fixtures.ts';
import type { Page } from '@playwright/test';

async function keyNumber(page: Page): Promise<string> {
  const heading = await page.getByRole('heading', { name: /^Key [0-9a-f]{16}$/ }).textContent();
  return heading?.slice(4) ?? '';
}

async function makeKey(page: Page): Promise<string> {
  await page.goto('/#/keys');
  await page.getByRole('button', { name: 'Make a new key' }).click();
  return keyNumber(page);
}

test.beforeEach(({ page }) => {
  // Leaving with an unsaved key asks; the tests here leave on purpose.
  page.on('dialog', (dialog) => void dialog.accept());
});

test('a key locked with a passphrase opens with it and with nothing else', async ({ page, app }) => {
  const made = await makeKey(page);
  await page.getByText('Passphrase', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('four quiet green lamps');
  await page.getByLabel('Passphrase again').fill('four quiet green lamps');
  const file = await app.save('Save key', '');
  await page.getByRole('button', { name: 'Close this key' }).click();

  await app.choose('Open a key file', file);
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('four quiet green lamp');
  await page.getByRole('button', { name: 'Unlock' }).click();
  await app.refuses('That does not open the key');
  await page.getByRole('textbox', { name: 'Passphrase' }).fill('four quiet green lamps');
  await page.getByRole('button', { name: 'Unlock' }).click();
  expect(await keyNumber(page)).toBe(made);
});

test('the printed sheet gives the key back, scanned or typed', async ({ page, app }) => {
  const made = await makeKey(page);
  await page.getByRole('button', { name: 'Show the key sheet' }).click();
  const code = page.getByRole('img', { name: 'QR code of the key' });
  const picture: TestFile = { name: 'sheet.png', mimeType: 'image/png', buffer: await code.screenshot() };
  const typed = await page.getByText(/^ROFIKEY1:/).textContent();
  await page.getByRole('button', { name: 'Close this key' }).click();

  await page.getByRole('button', { name: 'Scan a printed key' }).click();
  await app.choose('Read it from a picture', picture);
  expect(await keyNumber(page)).toBe(made);
  await page.getByRole('button', { name: 'Close this key' }).click();

  await page.getByRole('button', { name: 'Scan a printed key' }).click();
  await page.getByLabel('Text under the code').fill((typed ?? '').toLowerCase());
  await page.getByRole('button', { name: 'Open this key' }).click();
  expect(await keyNumber(page)).toBe(made);

  // A picture of the sheet is a key wherever photos are wanted.
  await app.open('Restore');
  await app.choose('Choose files', picture);
  await expect(page.locator('main').getByText(`Key ${made}`)).toBeVisible();
  await expect(page.getByText('sheet.png')).toHaveCount(0);
});

test('a key for a clinic opens with its identity, not with a stranger’s', async ({ page, app }) => {
  const clinic = await app.makeIdentity();
  const stranger = await app.makeIdentity();
  await page.reload();

  const made = await makeKey(page);
  await page.getByText('For a clinic', { exact: true }).click();
  await page.getByLabel('Public keys of the clinics').fill('age1nonsense');
  await page.getByRole('button', { name: 'Save key' }).click();
  await app.refuses('This is not a clinic’s public key');
  await page.getByLabel('Public keys of the clinics').fill(clinic.recipient);
  const locked = await app.save('Save key', '');
  await page.getByRole('button', { name: 'Close this key' }).click();

  await app.choose('Open a key file', locked);
  await app.choose('Open the clinic’s identity file', stranger.file);
  await app.refuses('This identity does not open the key');
  await app.choose('Open the clinic’s identity file', clinic.file);
  expect(await keyNumber(page)).toBe(made);
});

test('a file that is no key is refused, and the page stays usable', async ({ page, app }) => {
  await page.goto('/#/keys');
  await app.choose('Open a key file', { name: 'a.txt', mimeType: '', buffer: Buffer.from('hello') });
  await app.refuses('This is not a key');
  await page.getByRole('button', { name: 'Make a new key' }).click();
  expect(await keyNumber(page)).toMatch(/^[0-9a-f]{16}$/);
});

test('leaving with an unsaved key asks first, with a saved one it does not', async ({ page, app }) => {
  await makeKey(page);
  let asked = 0;
  page.on('dialog', () => void (asked += 1));
  await page.reload();
  expect(asked).toBe(1);
  await makeKey(page);
  await app.save('Save key', '');
  await page.reload();
  expect(asked).toBe(1);
});
