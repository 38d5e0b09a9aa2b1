import type { CDPSession, Page } from '@playwright/test';
import type { TestFile } from './app.ts';
import { expect, test } from './fixtures.ts';

/** Drops a pair that comes back exactly, and waits for its pictures. */
async function restored(page: Page, photo: TestFile, key: TestFile): Promise<void> {
  await page.goto('/#/restore');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files', exact: true }).click();
  await (await chooser).setFiles([photo, key]);
  await expect(page.getByText('As it was saved.')).toBeVisible();
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Fingers on a touch screen. */
class Fingers {
  private constructor(
    private readonly page: Page,
    private readonly session: CDPSession,
  ) {}

  static async on(page: Page): Promise<Fingers> {
    return new Fingers(page, await page.context().newCDPSession(page));
  }

  /** Puts them down, moves each from its first to its last place, and lifts them. */
  async move(from: readonly Point[], to: readonly Point[]): Promise<void> {
    const steps = 20;
    for (let step = 0; step <= steps; step++) {
      const between = (start: number, end: number): number => start + ((end - start) * step) / steps;
      const touchPoints = from.map(({ x, y }, id) => ({
        id,
        x: between(x, to[id]!.x),
        y: between(y, to[id]!.y),
      }));
      const type = step === 0 ? 'touchStart' : 'touchMove';
      await this.session.send('Input.dispatchTouchEvent', { type, touchPoints });
      await this.page.waitForTimeout(16);
    }
    await this.session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }
}

async function middleOf(page: Page): Promise<Point> {
  const { x, y, width, height } = (await stage(page).boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

const stage = (page: Page) => page.getByRole('group', { name: /^Picture: / });

test('pictures are looked at pixel by pixel, by wheel, keys, buttons and two fingers, and one scrolls the page', async ({
  page,
  browser,
  baseURL,
  pair,
}) => {
  const { original, photo, key } = pair;
  await restored(page, photo, key);
  await expect(stage(page)).toHaveAttribute('data-zoomed', 'false');

  // One to one shows the very pixels of the file that came back.
  await stage(page).focus();
  await page.keyboard.press('1');
  await expect(page.getByText('100% of the picture’s own size')).toBeVisible();
  const differing = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const whole = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    whole.drawImage(bitmap, 0, 0);
    const canvas = document.querySelector<HTMLCanvasElement>('[data-pane="after"] canvas')!;
    const { width, height } = canvas;
    const seen = canvas.getContext('2d')!.getImageData(0, 0, width, height).data;
    const at = (x: number, y: number) => whole.getImageData(x, y, width, height).data;
    const difference = (x: number, y: number) => {
      const expected = at(x, y);
      let sum = 0;
      for (let i = 0; i < seen.length; i += 401) sum += Math.abs(seen[i]! - expected[i]!);
      return sum / (seen.length / 401);
    };
    const [left, top] = [(bitmap.width - width) / 2, (bitmap.height - height) / 2];
    const places = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x, y] as const));
    return Math.min(...places.map(([x, y]) => difference(Math.round(left) + x, Math.round(top) + y)));
  }, original.buffer.toString('base64'));
  // Two JPEG decoders differ by a level here and there.
  expect(differing).toBeLessThan(1);

  await page.keyboard.press('0');
  await expect(stage(page)).toHaveAttribute('data-zoomed', 'false');
  const box = (await stage(page).boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForTimeout(400);
  await page.mouse.wheel(0, -400);
  await expect(stage(page)).toHaveAttribute('data-zoomed', 'true');
  await page.getByRole('button', { name: 'Whole' }).click();
  await page.getByText('Side by side', { exact: true }).click();
  await expect(page.locator('[data-pane]')).toHaveCount(2);

  const touch = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 360, height: 740 },
  });
  const phone = await touch.newPage();
  await phone.goto(`${baseURL}/#/restore`);
  await restored(phone, photo, key);
  const fingers = await Fingers.on(phone);
  const middle = await middleOf(phone);
  // One that moves up on the picture scrolls the page.
  await fingers.move([middle], [{ ...middle, y: middle.y - 200 }]);
  await expect.poll(() => phone.evaluate(() => window.scrollY)).toBeGreaterThan(100);
  // It rolls on for a while, and then stands where it is put.
  await expect
    .poll(async () => {
      const before = await phone.evaluate(() => window.scrollY);
      await phone.waitForTimeout(100);
      return (await phone.evaluate(() => window.scrollY)) - before;
    })
    .toBe(0);
  await phone.evaluate(() => window.scrollTo(0, 0));
  await expect(stage(phone)).toHaveAttribute('data-zoomed', 'false');

  // Two that part come closer, and the page stays where and as large as it is.
  const { x, y } = await middleOf(phone);
  const apart = (by: number): readonly Point[] => [
    { x: x - by, y },
    { x: x + by, y },
  ];
  await fingers.move(apart(20), apart(100));
  await expect(stage(phone)).toHaveAttribute('data-zoomed', 'true');
  expect(await phone.evaluate(() => [window.scrollY, window.visualViewport?.scale])).toEqual([0, 1]);
  await fingers.move(apart(120), apart(15));
  await expect(stage(phone)).toHaveAttribute('data-zoomed', 'false');
  await touch.close();
});
