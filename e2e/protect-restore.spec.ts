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
  await app.restore(photo, key);
  await expect(page.getByText('Exact: The exact original')).toBeVisible();
  await expect(page.getByText(sha256(original))).toBeVisible();
  const restored = await app.save('Save the restored photo', 'image/jpeg');
  expect(sha256(restored)).toBe(sha256(original));
  expect(restored.name).toBe(original.name);
});

test('from the pixels alone a face comes back at the same place', async ({ page, app }) => {
  await app.start();
  const original = await samplePhoto(1);
  await app.choosePhoto(original);
  const before = await app.faceBoxes();
  expect(before.length).toBeGreaterThan(0);
  await app.protect();
  await app.protected();
  const photo = await app.save('Save photo', 'image/png');
  const key = await app.save('Save key', '');
  await page.getByRole('button', { name: 'Finish' }).click();

  await app.restore(withoutRecord(photo), key, true);
  // The search for the lost alignment takes up to some two hundred restorations a face.
  await expect(page.getByText('Rebuilt: Rebuilt from the pixels')).toBeVisible({ timeout: 500_000 });
  const restored = await app.save('Save the restored photo', 'image/png');
  expect(sha256(restored)).not.toBe(sha256(photo));

  await app.choosePhoto(restored);
  const after = await app.faceBoxes();
  expect(after).toHaveLength(before.length);
  for (const [i, box] of before.entries()) {
    // The detector draws its box a little otherwise round every face; an eighth of a face is another place.
    const tolerance = box.width / 8;
    expect(Math.abs(after[i]!.x - box.x)).toBeLessThan(tolerance);
    expect(Math.abs(after[i]!.y - box.y)).toBeLessThan(tolerance);
    expect(Math.abs(after[i]!.width - box.width)).toBeLessThan(2 * tolerance);
  }
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
