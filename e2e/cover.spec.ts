import { chunkNames, greyPng } from './files.ts';
import { expect, portrait } from './fixtures.ts';
import { test } from './prepared.ts';

const covered = { level: 1, name: 'Covered: look before you send it' } as const;

test('a face is covered on request, never called ready to send, and comes back exactly', async ({
  page,
  app,
}) => {
  await app.start();
  const original = await portrait();
  await app.choosePhoto(original);
  await page.getByRole('checkbox', { name: 'Cover Face 1 instead' }).focus();
  await page.keyboard.press('Space');
  await app.protect();
  await expect(page.getByRole('heading', covered)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Another face' })).toBeHidden();
  await app.unfold('3 of 3 checks passed');
  const checks = page.getByRole('group', { name: '3 of 3 checks passed' });
  await expect(checks.getByText('under a mosaic this says less')).toBeVisible();
  await expect(checks.getByText('Your eyes did not move')).toBeHidden();
  const photo = await app.save('Save photo', 'image/png');
  const key = await app.save('Save key', '');
  expect(chunkNames(photo)).toContain('roFi');

  await page.reload();
  await app.dropPair(photo, key);
  await expect(page.getByText('The exact original')).toBeVisible();
  const restored = await app.save('Save the original', 'image/jpeg');
  expect(restored.buffer.equals(original.buffer)).toBe(true);
});

test('where no face is found an area is covered with the keyboard', async ({ page, app }) => {
  await app.start();
  await app.choosePhoto(greyPng(800, 800));
  await app.refuses('No face was found');
  await page.getByRole('button', { name: 'Cover an area by hand' }).click();
  await expect(page.getByRole('heading', { name: 'Mark an area to cover' })).toBeFocused();
  await page.getByRole('button', { name: 'Opposite corner' }).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByRole('button', { name: 'Cover this area' }).click();
  await expect(page.getByRole('button', { name: 'Remove area 1' })).toBeVisible();
  await app.protect();
  await expect(page.getByRole('heading', covered)).toBeVisible();
  await expect(page.getByText('2 of 2 checks passed')).toBeVisible();
});
