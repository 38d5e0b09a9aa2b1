import { filesOf } from '../build/digests.ts';
import { readFile } from 'node:fs/promises';
import { file, greyPng, shrunk, withChangedKey, withChangedSeal } from './files.ts';
import { expect, portrait, test as firstVisit } from './fixtures.ts';
import { test } from './prepared.ts';

test('each unusable photo gets its own sentence, and the page stays usable', async ({ page, app }) => {
  await app.start();
  const photo = await portrait();
  const bad = [
    ['This is not a photo', file('notes.txt', Buffer.from('Dear doctor, ...'))],
    ['HEIC cannot be read here', file('phone.heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'))],
    ['PDF cannot be read here', file('letter.pdf', Buffer.from('%PDF-1.7'))],
    ['The photo cannot be read', file('cut.jpg', photo.buffer.subarray(0, photo.buffer.length / 2))],
    ['The file is empty', file('empty.jpg', Buffer.alloc(0))],
    ['The photo is too large', greyPng(10_000, 6_000, 1)],
    ['No face was found', greyPng(600, 600)],
  ] as const;
  for (const [sentence, chosen] of bad) {
    await app.choosePhoto(chosen);
    await app.refuses(sentence);
    const startOver = page.getByRole('button', { name: 'Start over' });
    if (await startOver.isVisible()) await startOver.click();
  }

  await app.choosePhoto(await shrunk(page, photo, 0.25));
  await expect(page.getByText(/^Too small to replace \(\d+ of at least 80 pixels/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).click();

  await app.choosePhoto(photo);
  await app.protect();
  await app.protected();
});

test('damaged keys and protected files get their own sentences', async ({ page, app, pair }) => {
  const { photo, key } = pair;
  await app.start();
  await app.open('Restore');
  await app.choose('Choose files', photo, file('mine.rofikey', Buffer.from('{"format":"other"}')));
  await app.refuses('This is not a key');
  await app.choose('Choose files', withChangedKey(key));
  await app.refuses('The key is damaged');
  await page.getByRole('button', { name: 'Start over' }).click();

  await app.dropPair(withChangedSeal(photo), key);
  await app.refuses('The protected photo was changed');
  await page.getByRole('button', { name: 'Start over' }).click();

  await app.dropPair(photo, key);
  await expect(page.getByText('The exact original')).toBeVisible();
});

firstVisit(
  'a network with one changed byte is refused, and works once it is right',
  async ({ page, app, context }) => {
    const [name = ''] = filesOf('dist/models').filter((file) => file.startsWith('recogniser-'));
    const changed = await readFile(`dist/models/${name}`);
    changed[changed.length - 100]! ^= 1;
    await context.route(`**/models/${name}`, (route) => route.fulfill({ body: changed }));
    await page.goto('/#/about');
    await page.getByRole('button', { name: /^Set up/ }).click();
    await app.refuses('A downloaded file failed its check');

    await context.unroute(`**/models/${name}`);
    await page.getByRole('button', { name: /^Go on \(/ }).click();
    await app.networksRun();
  },
);

test('a worker that dies in the middle leaves the page usable', async ({ page, app }) => {
  await app.start();
  await app.choosePhoto(await portrait());
  await app.faceBoxes();
  const engine = page.workers().find((worker) => /worker-[\w-]+\.js$/.test(worker.url()))!;
  // It ends without a word to the page when it comes to sealing.
  await engine.evaluate(() => {
    crypto.subtle.encrypt = () => {
      self.close();
      return new Promise<never>(() => undefined);
    };
  });
  await app.protect();
  await app.refuses('The work stopped unexpectedly');

  await app.protect();
  await app.protected();
});
