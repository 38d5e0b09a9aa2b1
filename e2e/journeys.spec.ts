import { axeFindsNothing } from './axe.ts';
import { blended, greyPng, shrunk, withBystander } from './files.ts';
import { expect, ownSample, portrait, samplePhoto } from './fixtures.ts';
import { test } from './prepared.ts';

test('where no face is found the two eyes are placed with the keyboard', async ({ page, app }) => {
  await app.start();
  await app.choosePhoto(greyPng(800, 800));
  await app.refuses('No face was found');
  await page.getByRole('button', { name: 'Mark the eyes by hand' }).click();
  await page.getByRole('button', { name: 'Left eye mark' }).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await axeFindsNothing(page);
  await page.getByRole('button', { name: 'Use these eyes' }).click();
  await expect(page.getByRole('checkbox', { name: /^Face 1 \(placed by hand\)/ })).toBeChecked();
  await expect(page.getByRole('button', { name: 'Protect this photo' })).toBeEnabled();
});

test('a cancelled run leaves the photo, the page and the worker as they were, and Back goes a step back', async ({
  page,
  app,
  requests,
}) => {
  await app.start();
  await app.choosePhoto(await portrait());
  await app.faceBoxes();
  const engines = () => page.workers().filter((worker) => /worker-[\w-]+\.js$/.test(worker.url()));
  const [engine] = engines();
  const mark = requests.mark();
  await app.protect();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: /^Protect (this photo|\d+ faces)$/ })).toBeVisible();
  await app.protect();
  await app.protected();
  expect(engines()).toEqual([engine]);
  expect(requests.since(mark)).toEqual([]);

  await page.goBack();
  await expect(page.getByRole('button', { name: 'Protect this photo' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
});

test('what went out with a key keeps it, though the photo is protected again', async ({ page, app }) => {
  await app.start();
  await app.choosePhoto(await portrait());
  await app.protect();
  await app.protected();
  const photo = await app.save('Save photo', 'image/png');
  await page.getByRole('button', { name: 'Protect again with other settings' }).click();
  await app.protect();
  await app.protected();
  const key = await app.save('Save key', '');
  await app.dropPair(photo, key);
  await expect(page.getByText('The exact original')).toBeVisible();
});

test('a face from the side is covered, and one that is not chosen is said to be left as it is', async ({
  page,
  app,
}) => {
  await app.start();
  await app.choosePhoto(await samplePhoto(2));
  await expect(page.getByText('2 faces found.')).toBeVisible();
  await expect(page.getByText('At one place somebody seems to be seen')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove area 1' })).toBeVisible();
  await page.getByText('Face 1', { exact: true }).click();
  await page.getByText('Face 2', { exact: true }).click();
  await app.protect();
  await expect(page.getByRole('heading', { name: 'Covered: look before you send' })).toBeVisible();
  await expect(page.getByText('2 other faces are left as they are').first()).toBeVisible();
  // On paper as well.
  await expect(page.getByText('2 other faces are left as they are')).toHaveCount(2);
});

test('people who are too small to be replaced are covered before anybody asks, and the photo is not called ready', async ({
  page,
  app,
}) => {
  await app.start();
  await app.choosePhoto(await withBystander(page, await portrait(), await samplePhoto(4), 0.25));
  await expect(page.getByText('5 faces found.')).toBeVisible();
  await expect(page.getByText('Too small to replace')).toHaveCount(4);
  for (const face of await page.getByRole('checkbox', { name: /^Face \d$/ }).all())
    await expect(face).toBeChecked();
  await app.protect();
  await expect(page.getByRole('heading', { level: 1, name: 'Covered: look before you send' })).toBeVisible();
  await expect(page.getByText('Some faces are replaced, others only covered')).toBeVisible();
  await expect(page.getByText('left as it is')).toBeHidden();

  await page.getByRole('button', { name: 'Protect again with other settings' }).click();
  await page.getByText('Face 2', { exact: true }).click();
  await app.protect();
  await expect(page.getByText('1 other face is left as it is').first()).toBeVisible();
});

test('two visits are laid over each other and measured, and a mark is moved', async ({ page, app }) => {
  await app.start();
  await page.getByRole('navigation').getByRole('link', { name: 'Compare' }).click();
  await app.pressAndChoose('Choose photos', await samplePhoto(4));
  const mrd1 = page.getByRole('row', { name: /^MRD1/ }).first();
  await expect(mrd1).toBeVisible();
  await app.pressAndChoose('Add another visit', await samplePhoto(4));
  await expect(page.getByRole('cell', { name: '≈ 0' })).toHaveCount(12);
  const slider = page.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', '51%');
  await axeFindsNothing(page);

  await page.getByRole('group', { name: /^Picture: / }).focus();
  for (let i = 0; i < 2; i++) await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Right eye: upper lid' }).last().focus();
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowUp');
  // Until the person says that the marks lie where they belong, nothing has changed.
  await expect(mrd1.getByRole('cell').last()).toHaveText('≈ 0');
  for (const visit of await page.getByRole('switch', { name: 'The marks of this visit are placed' }).all()) {
    await visit.focus();
    await page.keyboard.press('Space');
  }
  await expect(page.getByText('marks placed', { exact: true })).toHaveCount(2);
  await expect(mrd1.getByRole('cell').last()).toHaveText(/^\+\d/);
  const csv = await app.save('Save as CSV', 'text/csv');
  expect(csv.buffer.toString()).toMatch(/Right eye,MRD1,mm,-?\d+\.\d\d,-?\d+\.\d\d\r\n/);
});

test('a visit is measured by two points of known length, and its measures are copied and printed', async ({
  page,
  context,
  app,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '');
  });
  await app.start();
  await page.goto('/#/compare');
  await app.choose('Choose photos', await shrunk(page, await portrait(), 0.5));
  await expect(page.getByText(/^Too small to measure well: \d+ pixels between the eyes/)).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).click();

  await app.choose('Choose photos', await portrait());
  await expect(page.getByText(/^Too small to measure well/)).toBeHidden();
  const intercanthal = page
    .getByRole('row', { name: /^Intercanthal/ })
    .getByRole('cell')
    .first();
  const millimetres = async (): Promise<number> => Number(await intercanthal.textContent());
  const byIris = await millimetres();
  await page.getByText('Two points', { exact: true }).click();
  const length = page.getByLabel('Millimetres between them');
  expect(await millimetres()).toBeCloseTo(byIris, 0);
  const known = Number(await length.inputValue());
  await length.fill(`${2 * known}`);
  await expect.poll(millimetres).toBeCloseTo(2 * byIris, 0);

  // The end of the ruler is a handle: brought nearer, the same millimetres are fewer pixels.
  await page.getByRole('group', { name: /^Picture: / }).focus();
  const before = await millimetres();
  const end = page.getByRole('button', { name: 'Other end of the ruler' });
  await end.focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(millimetres).toBeGreaterThan(before);

  await page.getByRole('button', { name: 'Copy' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/Right eye\tMRD1\tmm\t-?\d+\.\d/);
  await page.getByRole('button', { name: 'Print' }).click();
  await expect(page.locator('html[data-printed]')).toBeAttached();
  await page.emulateMedia({ media: 'print' });
  await expect(intercanthal).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
});

test('two people are not taken for one patient, and of a group the person chooses', async ({ page, app }) => {
  await app.start();
  await page.goto('/#/compare');
  // Nobody warns of one person.
  await app.choose('Choose photos', await portrait(), await shrunk(page, await portrait(), 0.6));
  const doubt = page.getByRole('status').getByText('Perhaps these are two people');
  // Until it is checked, the page says beside the measures that it is not; that may be over before one looks.
  await expect(page.getByRole('columnheader', { name: 'Change' })).toBeVisible();
  await expect(page.getByText(/^Whether both photos show one person/)).toBeHidden();
  await expect(doubt).toBeHidden();
  await page.getByRole('button', { name: 'Start over' }).click();
  // Of these two only one recogniser says that they are two.
  const between = await blended(page, await portrait(), await ownSample('redness'));
  await app.choose('Choose photos', await portrait(), between);
  await expect(doubt).toBeVisible();
  await page.getByRole('button', { name: 'Start over' }).click();
  await app.choose('Choose photos', await samplePhoto(1), await samplePhoto(4));
  await expect(page.getByRole('alert').getByText('These look like two people')).toBeVisible();
  await expect(doubt).toBeHidden();
  await app.choose('Add another visit', await samplePhoto(2));
  const faces = page.getByRole('group', { name: 'Which face?' }).getByRole('button');
  await expect(faces.first()).toHaveAttribute('aria-pressed', /true|false/);
  await faces.last().click();
  await expect(faces.last()).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('img', { name: /^MRD1 of both eyes/ })).toBeVisible();
});
