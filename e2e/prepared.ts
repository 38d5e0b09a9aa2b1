import { AppAgain, forgetChoices, newPage } from './devices.ts';
import { test as firstVisit } from './fixtures.ts';

/** {@link firstVisit} on a device that has the networks, and has kept nothing else of the test before. */
export const test = firstVisit.extend({
  context: async ({ devices, viewport, hasTouch, isMobile }, use) => {
    const device = await devices.with({ viewport, hasTouch, isMobile });
    await use(device);
    for (const page of device.pages()) await page.close();
  },
  page: async ({ context, baseURL }, use) => {
    const page = await newPage(context);
    await use(page);
    await forgetChoices(page, baseURL);
  },
  app: async ({ page }, use) => {
    await use(new AppAgain(page));
  },
});
