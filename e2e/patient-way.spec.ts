import type { Locator, Page } from '@playwright/test';
import { createIdentity, recipientOf } from '../src/record/identity';
import { axeFindsNothing } from './axe.ts';
import { file } from './files.ts';
import { saved, type TestFile } from './app.ts';
import { expect, portrait, test as firstVisit } from './fixtures.ts';
import { test } from './prepared.ts';

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** What lies over the lower part of the page on a phone. */
async function visibleBottom(page: Page): Promise<number> {
  return page.getByRole('navigation').evaluate((tabs) => tabs.getBoundingClientRect().top);
}

/** Taps what can be tapped without scrolling, and counts. */
class Thumb {
  taps = 0;

  constructor(private readonly page: Page) {}

  async tap(button: Locator): Promise<void> {
    await expect(button).toBeEnabled();
    const box = await button.boundingBox();
    expect(box && box.y >= 0 && box.y + box.height <= (await visibleBottom(this.page)) + 1).toBe(true);
    await this.page.touchscreen.tap(box!.x + box!.width / 2, box!.y + box!.height / 2);
    this.taps += 1;
  }
}

firstVisit.describe('on a phone', () => {
  firstVisit.use(phone);

  firstVisit(
    'a first visit leads to a saved photo and key in four taps, without scrolling',
    async ({ page }) => {
      await page.goto('/');
      const thumb = new Thumb(page);
      const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
      // The photo itself is picked in the system’s own window.
      const chooser = page.waitForEvent('filechooser');
      await thumb.tap(button('Choose a photo'));
      await (await chooser).setFiles(await portrait());
      await thumb.tap(button(/^Set up and protect/));
      const photo = page.waitForEvent('download');
      await expect(button('Save photo')).toBeVisible();
      await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
      await thumb.tap(button('Save photo'));
      await photo;
      const key = page.waitForEvent('download');
      await thumb.tap(button('Save key'));
      await key;
      expect(thumb.taps).toBe(4);
      expect(await page.evaluate(() => window.scrollY)).toBe(0);

      // Whether it is there only the person can say; then the page says what to do with both.
      await thumb.tap(button('Yes, it is there'));
      await expect(
        page.getByRole('heading', { level: 1, name: 'Both are saved. Now send them.' }),
      ).toBeFocused();
    },
  );

  firstVisit(
    'with a clinic’s link one file for the clinic is made in three taps, and only the clinic opens it',
    async ({ page, app }) => {
      const clinic = await createIdentity();
      const query = new URLSearchParams({ to: await recipientOf(clinic), name: 'Eye clinic' });
      await page.goto(`/#/protect?${query.toString()}`);
      const button = (name: string | RegExp): Locator => page.getByRole('button', { name });
      await expect(page.getByText('“Eye clinic”')).toBeVisible();
      expect(new URL(page.url()).hash).toBe('#/protect');
      const thumb = new Thumb(page);
      const chooser = page.waitForEvent('filechooser');
      await thumb.tap(button('They are the same: choose a photo'));
      const original = await portrait();
      await (await chooser).setFiles(original);
      await thumb.tap(button(/^Set up and protect/));
      await expect(button('Save for the clinic')).toBeVisible();
      const download = page.waitForEvent('download');
      await thumb.tap(button('Save for the clinic'));
      const bundle = await saved(await download, 'application/zip');
      expect(thumb.taps).toBe(3);
      // The patient keeps the key as well.
      await app.save('Save key', '');

      await page.reload();
      await app.open('Restore');
      await app.choose('Choose files', bundle);
      await expect(page.getByText('Locked for a clinic')).toBeVisible();
      await app.choose('Open the clinic’s identity file', file('identity.txt', Buffer.from(`${clinic}\n`)));
      await expect(page.getByText('The exact original')).toBeVisible();
    },
  );
});

test.describe('on a phone, later', () => {
  test.use(phone);

  test('what is tuned or marked by hand is in sight', async ({ page, app }) => {
    await app.start();
    await app.choosePhoto(await portrait());
    await app.unfold('More settings');
    const slider = page.getByRole('slider', { name: 'How much stays' });
    await slider.focus();
    await slider.press('ArrowLeft');
    await expect(page.getByRole('img', { name: 'Face 1: what is kept of the eyes' })).toBeInViewport();
    await expect(page.getByText('How much stays', { exact: true })).toBeInViewport();

    await page.getByRole('button', { name: 'Mark the eyes by hand' }).click();
    const heading = page.getByRole('heading', { name: 'Mark the two eyes' });
    await expect(heading).toBeFocused();
    await expect(heading).toBeInViewport();
    await expect(page.getByRole('button', { name: 'Left eye mark' })).toBeInViewport();
  });

  test('the result can be drawn anew, looked into and thrown away', async ({ page, app }) => {
    await app.start();
    await app.choosePhoto(await portrait());
    await page.getByText('Drooping lid or squint').click();
    await app.protect();
    await app.protected();
    const key = page.getByRole('button', { name: /This visit’s key$/ });
    const first = await key.getAttribute('aria-label');
    // Picture, verdict and what to do next are in sight together.
    await expect(page.getByRole('group', { name: /^Picture: / })).toBeInViewport();
    await expect(page.getByRole('button', { name: 'Save photo' })).toBeInViewport();
    const height = async (): Promise<number> =>
      (await page.getByRole('group', { name: /^Picture: / }).boundingBox())!.height;
    expect(await height()).toBeLessThanOrEqual(0.45 * phone.viewport.height);
    // On its side picture and button are beside each other.
    await page.setViewportSize({ width: 740, height: 360 });
    await expect(page.getByRole('button', { name: 'Save photo' })).toBeInViewport({ ratio: 1 });
    expect(await height()).toBeGreaterThan(0.5 * 360);
    await page.setViewportSize(phone.viewport);

    await app.unfold('Lock or name the key');
    const locks = page.getByRole('radiogroup', { name: 'Lock the key' }).locator('label');
    const tops = await locks.evaluateAll((options) => options.map((one) => one.getBoundingClientRect().top));
    expect(tops).toHaveLength(3);
    expect(new Set(tops).size).toBe(1);

    await app.press('Another face');
    await expect.poll(() => key.getAttribute('aria-label')).not.toBe(first);
    await app.protected();
    await app.unfold('4 of 4 checks passed');
    const checks = page.getByRole('group', { name: '4 of 4 checks passed' });
    await expect(checks.getByText('Two face-recognition programs do not recognise you.')).toBeVisible();
    await axeFindsNothing(page);

    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Send the eyes, not the face.' })).toBeVisible();
    await expect(key).toBeHidden();
  });

  test('photo and key are handed to other programs, and the page does not ask for them again', async ({
    page,
    app,
  }) => {
    await page.addInitScript(() => {
      const shared: string[] = [];
      Object.assign(window, { shared });
      navigator.canShare = () => true;
      navigator.share = (data) => {
        shared.push(...(data?.files ?? []).map(({ name }) => name));
        return Promise.resolve();
      };
    });
    await app.start();
    await app.choosePhoto(await portrait());
    await app.protect();
    await app.protected();
    await page.getByRole('button', { name: 'Send photo' }).click();
    await page.getByRole('button', { name: 'Send key' }).click();
    await expect(page.getByText(/^Look where you sent it: is key-/)).toBeVisible();
    await page.getByRole('button', { name: 'Yes, it is there' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Both are sent.' })).toBeVisible();
    const shared = await page.evaluate(() => (window as { readonly shared?: readonly string[] }).shared);
    expect(shared).toEqual([
      expect.stringMatching(/^protected-.*\.png$/),
      expect.stringMatching(/^key-.*\.rofikey\.txt$/),
    ]);
  });
});

test.describe('whose key it is', () => {
  test('the next person gets a key of their own after starting over, though the one before was saved', async ({
    page,
    app,
  }) => {
    await app.start();
    await app.choosePhoto(await portrait());
    await app.protect();
    await app.protected();
    const first = await app.save('Save key', '');
    await page.getByRole('button', { name: 'Protect again with other settings' }).click();
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect(page.getByRole('button', { name: /This visit’s key$/ })).toBeHidden();

    await app.choosePhoto(await portrait());
    await app.protect();
    await app.protected();
    await expect(page.getByText('Key saved')).toBeHidden();
    expect((await app.save('Save key', '')).name).not.toBe(first.name);

    // The photo is not saved: nothing is dropped over it.
    const next: TestFile = { ...(await portrait()), name: 'next.jpg' };
    await app.drop(next);
    await page.getByRole('dialog').getByRole('button', { name: 'Go back' }).click();
    await app.protected();
    await app.drop(next);
    await page.getByRole('button', { name: 'Throw it away and open the new one' }).click();
    await expect(page.getByRole('img', { name: 'Photo: next.jpg' })).toBeVisible();
  });

  test('a visit does not end while a saved photo needs a key that is not', async ({ page, app }) => {
    await app.start();
    await app.choosePhoto(await portrait());
    await app.protect();
    await app.protected();
    await app.save('Save photo', 'image/png');
    await page.getByRole('button', { name: /This visit’s key$/ }).click();
    await page.getByRole('button', { name: 'End visit' }).click();
    const dialog = page.getByRole('dialog', { name: 'A key is not saved yet' });
    await dialog.getByRole('button', { name: 'Go back' }).click();
    await app.protected();
    await page.getByRole('button', { name: /This visit’s key$/ }).click();
    await page.getByRole('button', { name: 'End visit' }).click();
    await app.save('Save key', '', dialog);
    await expect(page.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
  });

  test('another photo of the visit gets the same key, and says so', async ({ page, app }) => {
    await app.start();
    const { key } = await app.protectAndSave(await portrait());
    await page.getByRole('button', { name: 'Another photo, same key' }).click();
    await expect(page.getByText(`The next photo gets the same key, ${key.name.slice(4, 20)}.`)).toBeVisible();
    await app.choosePhoto(await portrait());
    await app.protect();
    await app.protected();
    await expect(page.getByText('Same key as the photo before: already saved')).toBeVisible();
    await app.save('Save photo', 'image/png');
    await expect(page.getByText('It is the one you saved for the photo before.')).toBeVisible();
  });
});

test('files are opened by what they are, wherever they are dropped', async ({ page, app, pair }) => {
  const { photo, key } = pair;
  await app.start();
  await app.drop(photo);
  const question = page.getByRole('dialog', { name: 'This photo is already protected' });
  await question.getByRole('button', { name: 'Restore it' }).click();
  await expect(page).toHaveTitle('Restore · ROFI');
  // The photo waits for its key, also on another screen.
  await app.open('About');
  await app.drop(key);
  await expect(page.getByText('The exact original')).toBeVisible();

  await app.open('About');
  await app.drop(key);
  await expect(page).toHaveTitle('Keys · ROFI');
  await app.drop(file('letter.txt', Buffer.from('Dear doctor')));
  await app.refuses('This is not a photo');
  await app.drop(await portrait(), await portrait());
  await expect(page.getByRole('heading', { level: 1, name: 'Several photos, one key' })).toBeVisible();
});

test('a key that the system opens with the installed page is opened', async ({ page, pair }) => {
  const bytes = pair.key.buffer.toString('base64');
  await page.addInitScript((base64) => {
    const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const handle = { getFile: () => Promise.resolve(new File([content], 'a.rofikey')) };
    const queue = { setConsumer: (take: (launch: object) => void) => take({ files: [handle] }) };
    Object.defineProperty(window, 'launchQueue', { value: queue });
  }, bytes);
  await page.goto('/');
  await expect(page).toHaveTitle('Keys · ROFI');
  const id = pair.key.name.slice(4, 20);
  await expect(page.getByRole('heading', { name: new RegExp(id) })).toBeVisible();
});

test('addresses are read leniently, and one that is none says so', async ({ page }) => {
  for (const address of ['/#/restore?', '/#/restore?key=1', '/#/Restore']) {
    await page.goto(address);
    await expect(page).toHaveTitle('Restore · ROFI');
  }
  await page.goto('/#/nowhere');
  await expect(page.getByRole('heading', { level: 1, name: 'There is no such page here' })).toBeVisible();
});

test('the one button is in sight, however large the screen', async ({ page, app }) => {
  await app.start();
  await app.choosePhoto(await portrait());
  for (const viewport of [phone.viewport, { width: 1280, height: 800 }, { width: 1366, height: 768 }]) {
    await page.setViewportSize(viewport);
    await expect(page.getByRole('button', { name: 'Protect this photo' })).toBeInViewport({ ratio: 1 });
  }
});
