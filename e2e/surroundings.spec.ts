import type { Page } from '@playwright/test';
import { useCodecs } from '../src/engine/image/codecs';
import { decodePixels } from '../src/engine/image/decode';
import { readCodec } from '../src/engine/testing/codecs';
import type { App, TestFile } from './app.ts';
import { withoutRecord } from './files.ts';
import { expect, portrait } from './fixtures.ts';
import { test } from './prepared.ts';

useCodecs(readCodec);

/** A portrait protected with this left round the face. */
async function protectedWith(
  page: Page,
  app: App,
  round: string,
): Promise<{ photo: TestFile; key: TestFile }> {
  await app.start();
  await app.choosePhoto(await portrait());
  await app.unfold('More settings');
  await page.getByRole('radio', { name: round }).check({ force: true });
  await app.protect();
  await app.protected();
  return { photo: await app.save('Save photo', 'image/png'), key: await app.save('Save key', '') };
}

/** The pair opens to the very portrait. */
async function comesBack(page: Page, app: App, photo: TestFile, key: TestFile): Promise<void> {
  await page.reload();
  await app.dropPair(photo, key);
  const restored = await app.save('Save the original', 'image/jpeg');
  expect(restored.buffer.equals((await portrait()).buffer)).toBe(true);
}

test('the background is hidden on request, and the exact original comes back all the same', async ({
  page,
  app,
}) => {
  const { photo, key } = await protectedWith(page, app, 'No background');
  await expect(page.getByText('The background is a plain colour')).toBeVisible();
  const { width, data } = await decodePixels(photo.buffer, 'png');
  const corners = [data.subarray(0, 3), data.subarray(4 * (width - 1), 4 * width - 1)];
  expect(corners.map((corner) => [...corner])).toEqual([
    [214, 214, 214],
    [214, 214, 214],
  ]);
  await comesBack(page, app, photo, key);
});

test('only the face is left on request: hair and room go, and both ways back still work', async ({
  page,
  app,
}) => {
  const { photo, key } = await protectedWith(page, app, 'Only the face');
  const { width, height, data } = await decodePixels(photo.buffer, 'png');
  const plain = data.reduce((count, value, i) => count + Number(i % 4 === 0 && value === 214), 0);
  expect(plain).toBeGreaterThan(0.4 * width * height);

  await page.reload();
  await app.rebuild(withoutRecord(photo), key);
  await expect(page.getByRole('heading', { name: 'A rebuilt face' })).toBeVisible({ timeout: 400_000 });
  await comesBack(page, app, photo, key);
});
