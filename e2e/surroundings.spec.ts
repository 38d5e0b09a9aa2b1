import { useCodecs } from '../src/engine/image/codecs';
import { decodePixels } from '../src/engine/image/decode';
import { readCodec } from '../src/engine/testing/codecs';
import type { App } from './app.ts';
import { withoutRecord } from './files.ts';
import { expect, portrait } from './fixtures.ts';
import { test } from './prepared.ts';

useCodecs(readCodec);

/** The page with a photo chosen and all settings open. */
async function choosePortrait(app: App): Promise<Awaited<ReturnType<typeof portrait>>> {
  await app.start();
  const original = await portrait();
  await app.choosePhoto(original);
  await app.unfold('More settings');
  return original;
}

test('the background is hidden on request, and the exact original comes back all the same', async ({
  page,
  app,
}) => {
  const original = await choosePortrait(app);
  await page.getByRole('radio', { name: 'No background' }).check({ force: true });
  await app.protect();
  await app.protected();
  await expect(page.getByText('The background is a plain colour')).toBeVisible();
  const photo = await app.save('Save photo', 'image/png');
  const { width, data } = await decodePixels(photo.buffer, 'png');
  const corners = [data.subarray(0, 3), data.subarray(4 * (width - 1), 4 * width - 1)];
  expect(corners.map((corner) => [...corner])).toEqual([
    [214, 214, 214],
    [214, 214, 214],
  ]);

  const key = await app.save('Save key', '');
  await page.reload();
  await app.dropPair(photo, key);
  const restored = await app.save('Save the original', 'image/jpeg');
  expect(restored.buffer.equals(original.buffer)).toBe(true);
});

test('only the face is left on request: hair and room go, and both ways back still work', async ({
  page,
  app,
}) => {
  const original = await choosePortrait(app);
  await page.getByRole('radio', { name: 'Only the face' }).check({ force: true });
  await expect(page.getByText('Hair, ears, clothes and the room go.')).toBeVisible();
  await app.protect();
  await app.protected();
  const photo = await app.save('Save photo', 'image/png');
  const { width, height, data } = await decodePixels(photo.buffer, 'png');
  const plain = data.reduce((count, value, i) => count + Number(i % 4 === 0 && value === 214), 0);
  expect(plain).toBeGreaterThan(0.4 * width * height);
  const key = await app.save('Save key', '');

  await page.reload();
  await app.rebuild(withoutRecord(photo), key);
  await expect(page.getByRole('heading', { name: 'A rebuilt face' })).toBeVisible({ timeout: 400_000 });
  await page.reload();
  await app.dropPair(photo, key);
  const restored = await app.save('Save the original', 'image/jpeg');
  expect(restored.buffer.equals(original.buffer)).toBe(true);
});
