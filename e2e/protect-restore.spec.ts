import { createHash } from 'node:crypto';
import { chunkNames, otherKey, privateWords, withMetadata, withoutRecord } from './files.ts';
import { expect, samplePhoto, test, type TestFile } from './fixtures.ts';

function sha256({ buffer }: TestFile): string {
  return createHash('sha256').update(buffer).digest('hex');
}

test('a protected photo gives the very same file back after a reload, and asks the network for nothing', async ({
  page,
  app,
  requests,
}) => {
  await app.start();
  // The second visit, when everything is here.
  await page.reload();
  await app.networksRun();

  const original = withMetadata(await samplePhoto(1));
  await app.open('Protect');
  const chosen = requests.mark();
  const { photo, key } = await app.protectAndSave(original);
  expect(requests.since(chosen)).toEqual([]);

  expect(new Set(chunkNames(photo))).toEqual(new Set(['IHDR', 'IDAT', 'roFi', 'IEND']));
  for (const word of privateWords) expect(photo.buffer.includes(word), word).toBe(false);
  expect(photo.name).not.toContain('jane');

  await page.reload();
  await app.dropPair(photo, key);
  await expect(page.getByText('Exact: The exact original')).toBeVisible();
  await expect(page.getByText(sha256(original))).toBeVisible();
  const restored = await app.save('Save the restored photo', 'image/jpeg');
  expect(sha256(restored)).toBe(sha256(original));
  expect(restored.name).toBe(original.name);
});

test('a wrong key says so, and shows somebody else on request', async ({ page, app }) => {
  await app.start();
  const { photo } = await app.protectAndSave(await samplePhoto(1));
  await page.reload();
  await app.restore(photo, await otherKey());
  await app.refuses('This key does not fit this photo');
  await page.getByRole('button', { name: 'Show the face this key gives' }).click();
  await expect(page.getByText('Not the person: A virtual face')).toBeVisible();
});

test('a wrong key without a record to tell is refused by the pixels', async ({ page, app }) => {
  await app.start();
  const { photo } = await app.protectAndSave(await samplePhoto(1));
  await page.reload();
  await app.restore(withoutRecord(photo), await otherKey());
  // Every place near the eyes is tried before the page says so.
  await expect(page.getByRole('alert').getByText('This key finds nothing in this photo')).toBeVisible({
    timeout: 400_000,
  });
  await expect(page.getByRole('button', { name: 'Show the face this key gives' })).toBeVisible();
});
