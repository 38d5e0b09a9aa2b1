import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { embedRecord, extractRecord } from '../src/record/container';
import { chunkNames, file, otherKey, privateWords, withMetadata, withoutRecord } from './files.ts';
import type { TestFile } from './app.ts';
import { expect, ownSample, portrait, samplePhoto, test as firstVisit } from './fixtures.ts';
import { test } from './prepared.ts';

function sha256({ buffer }: TestFile): string {
  return createHash('sha256').update(buffer).digest('hex');
}

test('a protected photo gives the very same file back after a reload, and asks the network for nothing', async ({
  page,
  app,
  requests,
}) => {
  // Not the first visit: everything is here.
  await app.start();
  const original = withMetadata(await samplePhoto(1));
  await app.open('Protect');
  // The list of demo photos may still be on its way.
  await page.waitForLoadState('networkidle');
  const chosen = requests.mark();
  const { photo, key } = await app.protectAndSave(original);
  expect(requests.since(chosen)).toEqual([]);

  expect(new Set(chunkNames(photo))).toEqual(new Set(['IHDR', 'IDAT', 'roFi', 'IEND']));
  for (const word of privateWords) expect(photo.buffer.includes(word), word).toBe(false);
  expect(photo.name).not.toContain('jane');

  await page.reload();
  await app.dropPair(photo, key);
  await expect(page.getByText('The exact original')).toBeVisible();
  await expect(page.getByText(sha256(original))).toBeVisible();
  const restored = await app.save('Save the original', 'image/jpeg');
  expect(sha256(restored)).toBe(sha256(original));
  expect(restored.name).toBe(original.name);
});

firstVisit(
  'a pair opens without any network, and is looked at closely',
  async ({ page, app, requests, pair }) => {
    await page.goto('/#/restore');
    await app.choose('Choose files', pair.photo, pair.key);
    await expect(page.getByText('The exact original')).toBeVisible();
    expect(requests.since(0).filter((url) => /\.(onnx|atlas|task)(\?|$)/.test(url))).toEqual([]);
    await page.getByRole('button', { name: 'Eyes' }).click();
    await expect(page.getByRole('button', { name: 'Both eyes' })).toBeVisible();
    await expect(page.getByText(/% of the picture’s own size$/)).toBeVisible();
    await page.getByRole('button', { name: 'Whole' }).click();
    await expect(page.getByRole('slider')).toHaveAttribute('aria-valuetext', '0%');
  },
);

firstVisit('an original is saved while its picture is still to be decoded', async ({ page, app, pair }) => {
  // The decoders do not come before the file is saved.
  let decode = (): void => undefined;
  const saved = new Promise<void>((resolve) => (decode = resolve));
  await page.route(/(jpeg_dec|squoosh_png).*\.wasm/, async (route) => {
    await saved;
    await route.continue();
  });
  await page.goto('/#/restore');
  await app.choose('Choose files', pair.photo, pair.key);
  await expect(page.getByText('The exact original')).toBeVisible();
  const restored = await app.save('Save the original', 'image/jpeg');
  expect(sha256(restored)).toBe(sha256(pair.original));
  // Until then nothing is said of the picture that it came with.
  await expect(
    page.getByText(/Whether it belongs to the picture you were sent is being checked/),
  ).toBeVisible();
  await expect(page.getByText('Being compared with how it was saved…')).toBeVisible();
  const contents = page.getByRole('button', { name: 'Save what was checked (contents.json)' });
  await expect(contents).toBeDisabled();
  const stage = page.getByRole('group', { name: /^Picture: / });
  const before = await stage.boundingBox();
  decode();
  await expect(page.getByText('As it was saved.')).toBeVisible();
  await expect(page.getByText('The exact original')).toBeVisible();
  expect(await stage.boundingBox()).toEqual(before);

  const checked = await app.save('Save what was checked (contents.json)', 'application/json');
  const { entries } = JSON.parse(checked.buffer.toString()) as { entries: object[] };
  expect(entries).toMatchObject([
    {
      sha256: sha256(pair.original),
      from: sha256(pair.photo),
      facts: { kind: 'original', keyFits: 'record', pixelsChanged: false, samePicture: true },
    },
  ]);
});

firstVisit('an original in another picture comes with a warning', async ({ page, app, pair }) => {
  const { buffer } = await ownSample('redness');
  const grafted = file('grafted.jpg', Buffer.from(embedRecord(buffer, extractRecord(pair.photo.buffer))));
  await page.goto('/#/restore');
  await app.choose('Choose files', grafted, pair.key);
  const warning = page.getByText('This original belongs to another or an edited picture');
  await expect(page.getByRole('status').filter({ has: warning })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Take care: another original' })).toBeVisible();
  await expect(page.getByText('The exact original')).toBeHidden();
  const restored = await app.save('Save this original', 'image/jpeg');
  expect(sha256(restored)).toBe(sha256(pair.original));
});

test('several photos come back in one go, each as what it is', async ({ page, app }) => {
  await app.start();
  await app.open('Protect');
  await app.choose('Choose a photo', await portrait(), await ownSample('redness'));
  await page.getByRole('button', { name: 'Protect all' }).click();
  const zip = unzipSync(await app.save('Save all as zip', 'application/zip').then(({ buffer }) => buffer));
  const key = await app.save('Save key', '');
  const photos = Object.entries(zip)
    .filter(([name]) => /\.(png|jpg)$/.test(name))
    .map(([name, bytes]) => file(name, Buffer.from(bytes)));
  expect(photos).toHaveLength(2);

  await page.reload();
  await app.open('Restore');
  const lost = { ...withoutRecord(photos[1]!), name: 'lost.png' };
  await app.choose('Choose files', ...photos, lost, key);
  const rows = page.getByRole('list', { name: 'Protected photos' }).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(0)).toContainText('The exact original');
  await expect(rows.nth(1)).toContainText('The exact original');
  await expect(rows.nth(2)).toContainText('This copy lost its sealed original');
  await rows.nth(2).getByRole('button', { name: 'Rebuild the face' }).click();
  await expect(rows.nth(2)).toContainText('rebuilt-lost.png');
  await rows.nth(2).getByRole('button', { name: 'Look at lost.png' }).click();
  await expect(page.getByRole('heading', { name: 'A rebuilt face' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  const restored = unzipSync(
    await app.save('Save 3 photos as zip', 'application/zip').then(({ buffer }) => buffer),
  );
  expect(Object.keys(restored)).toEqual(
    expect.arrayContaining(['portrait.jpg', 'redness.jpg', 'rebuilt-lost.png']),
  );
  expect(Buffer.from(restored['redness.jpg']!).equals((await ownSample('redness')).buffer)).toBe(true);
});

test('a wrong key says so, and shows somebody else on request, who is not called restored', async ({
  page,
  app,
  pair,
}) => {
  await app.start();
  await app.dropPair(pair.photo, await otherKey());
  await app.refuses('This key does not fit this photo');
  await page.getByRole('button', { name: 'Show the face this key gives' }).click();
  await expect(page.getByRole('heading', { name: 'This is not the person' })).toBeVisible();
  const nobody = await app.save('Save this picture anyway', 'image/png');
  expect(nobody.name).toMatch(/^not-the-person-.*\.png$/);
});

test('a wrong key without a record to tell is refused by the pixels', async ({ page, app, pair }) => {
  await app.start();
  await app.rebuild(withoutRecord(pair.photo), await otherKey());
  // Every place near the eyes is tried before the page says so.
  await expect(page.getByRole('alert').getByText('This key finds nothing in this photo')).toBeVisible({
    timeout: 400_000,
  });
  await expect(page.getByRole('button', { name: 'Show the face this key gives' })).toBeVisible();
});
