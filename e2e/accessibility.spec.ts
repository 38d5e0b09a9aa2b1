import type { Page } from '@playwright/test';
import { axeFindsNothing } from './axe.ts';
import { expect, test } from './fixtures.ts';

/** How to come to each state of a screen from its address, without any network. */
const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  protect: (page) => page.goto('/#/protect').then(() => undefined),
  settings: async (page) => {
    await page.goto('/#/protect');
    await page.getByRole('button', { name: 'Settings' }).click();
  },
  restore: (page) => page.goto('/#/restore').then(() => undefined),
  compare: (page) => page.goto('/#/compare').then(() => undefined),
  keys: (page) => page.goto('/#/keys').then(() => undefined),
  'an open key': async (page) => {
    await page.goto('/#/keys');
    await page.getByRole('button', { name: 'Make a new key' }).click();
    await page.getByRole('button', { name: 'Show the key sheet' }).click();
    await page.getByText('Passphrase', { exact: true }).click();
  },
  'a clinic': async (page) => {
    await page.goto('/#/keys');
    await page.getByRole('tab', { name: 'For clinics' }).click();
    await page.getByRole('button', { name: 'Make an identity' }).click();
    await expect(page.getByRole('img', { name: 'QR code of the public key' })).toBeVisible();
  },
  'a visit that has a key': async (page) => {
    await page.goto('/#/keys');
    await page.getByRole('button', { name: 'Make a new key' }).click();
    await page.getByRole('button', { name: /This visit’s key$/ }).click();
  },
  'an address that is none': (page) => page.goto('/#/nowhere').then(() => undefined),
  about: (page) => page.goto('/#/about').then(() => undefined),
  'a stand': (page) => page.goto('/#/stand').then(() => undefined),
};

for (const [name, open] of Object.entries(states)) {
  test(`everybody can read and press ${name}, however the device shows it`, async ({ page }) => {
    await open(page);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await axeFindsNothing(page);
    for (const width of [1440, 768, 360]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    const heights = await page
      .locator('main button:visible, header button:visible, nav a:visible')
      .evaluateAll((controls) => controls.map((control) => control.getBoundingClientRect().height));
    // Smaller ones are hidden and there for assistive technology only.
    for (const height of heights.filter((value) => value > 10)) expect(height).toBeGreaterThanOrEqual(44);
  });
}

test('the keyboard alone reaches every screen', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  for (const name of ['Restore', 'Compare', 'Keys', 'About']) {
    await page.getByRole('link', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveTitle(`${name} · ROFI`);
    await expect(page.getByRole('main')).toBeFocused();
  }
});

test('the page speaks Simplified Chinese and remembers it', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('简体中文').click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('只给眼睛，不给面孔。');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('button', { name: '选择照片' })).toBeVisible();
});

test('the chosen appearance wins over the device’s', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await expect.poll(background).not.toBe(light);
});
