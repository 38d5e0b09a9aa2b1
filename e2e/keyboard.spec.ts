import { expect, portrait, test } from './fixtures.ts';

test('photos are protected together and restored with the keyboard alone', async ({ page, app }) => {
  await app.start();
  await app.open('Protect');
  await app.pressAndChoose('Choose a photo', await portrait(), await portrait());
  await app.press('Protect all');
  await expect(page.getByRole('button', { name: 'Save all as zip' })).toBeVisible();
  await app.pressAndSave('Save all as zip', 'application/zip');
  await app.pressAndSave('Save key', '');
  await app.press('Finish');

  await app.pressAndChoose('Choose a photo', await portrait());
  await app.press('Protect this photo');
  await app.protected();
  const photo = await app.pressAndSave('Save photo', 'image/png');
  const key = await app.pressAndSave('Save key', '');
  await app.press('Finish');

  await app.open('Restore');
  await app.pressAndChoose('Choose files', photo, key);
  await expect(page.getByText('The exact original')).toBeVisible();
  await app.pressAndSave('Save the original', 'image/jpeg');
});

test('a key is made, locked, saved and opened with the keyboard alone', async ({ page, app }) => {
  await page.goto('/#/keys');
  await app.press('Make a new key');
  const name = await page.getByRole('heading', { name: /^Key [0-9a-f]{16}$/ }).textContent();
  await page.getByRole('radio', { name: 'No lock' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.type('four quiet green lamps');
  await page.keyboard.press('Tab');
  await page.keyboard.type('four quiet green lamps');
  const file = await app.pressAndSave('Save key', '');
  await app.press('Close this key');
  await app.pressAndChoose('Open a key file', file);
  await page.getByRole('textbox', { name: 'Passphrase' }).focus();
  await page.keyboard.type('four quiet green lamps');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: name ?? '' })).toBeVisible();
});
