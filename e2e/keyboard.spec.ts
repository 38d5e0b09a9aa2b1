import { axeFindsNothing } from './axe.ts';
import { greyPng } from './files.ts';
import { expect, ownSample, portrait } from './fixtures.ts';
import { test } from './prepared.ts';

test('a photo is protected, saved and restored with the keyboard alone', async ({ page, app }) => {
  await app.start();
  await app.open('Protect');
  await app.pressAndChoose('Choose a photo', await portrait());
  await expect(page.getByRole('heading', { level: 1, name: 'Protect a photo' })).toBeFocused();
  await axeFindsNothing(page);

  await app.press('More settings');
  const threshold = page.getByRole('slider');
  await threshold.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('0.55', { exact: true })).toBeVisible();
  const signsAlone = page.getByText(/stood out/);
  await expect(signsAlone).toBeVisible();
  await page.getByRole('switch', { name: 'Keep both eyes whole' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('switch', { name: 'Keep both eyes whole' })).toBeChecked();
  await expect(page.getByText('Both eyes are kept whole, with their lids.')).toBeVisible();
  await expect(signsAlone).toBeHidden();
  await page.keyboard.press('Space');
  await app.press('Protect this photo');
  await app.protected();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await axeFindsNothing(page);

  const original = page.getByText('Original', { exact: true });
  await expect(original).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { name: 'What was checked' })).toBeVisible();
  await expect(original).toBeHidden();
  await page.emulateMedia({ media: 'screen' });

  const photo = await app.pressAndSave('Save photo', 'image/png');
  const key = await app.pressAndSave('Save key', '');
  await expect(page.getByRole('heading', { level: 1, name: 'Both are saved. Now send them.' })).toBeFocused();
  await axeFindsNothing(page);
  await app.press('Finish');
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();

  await app.open('Restore');
  await app.pressAndChoose('Choose files', photo, key);
  await expect(page.getByText('The exact original')).toBeVisible();
  await app.pressAndSave('Save the original', 'image/jpeg');
});

test('several photos get one key and one zip, with the keyboard alone; what cannot be protected says why', async ({
  page,
  app,
}) => {
  await app.start();
  await app.open('Protect');
  await app.pressAndChoose('Choose a photo', await portrait(), greyPng(300, 300), await ownSample('redness'));
  await app.press('Protect all');
  await expect(page.getByRole('button', { name: 'Save all as zip' })).toBeVisible();
  const rows = page.getByRole('list', { name: 'Photos' }).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('No face was found');
  await expect(page.getByRole('button', { name: 'Try grey.png again' })).toBeVisible();
  await axeFindsNothing(page);
  const zip = await app.pressAndSave('Save all as zip', 'application/zip');
  expect(zip.buffer.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  await expect(page.getByRole('button', { name: 'Finish' })).toBeDisabled();
  await app.pressAndSave('Save key', '');
  await expect(page.getByRole('button', { name: 'Finish' })).toBeEnabled();
  await app.press('Finish');
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
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
