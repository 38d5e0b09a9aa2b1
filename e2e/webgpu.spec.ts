import type { Page, Route } from '@playwright/test';
import { LAUNCH_ARGUMENTS } from '../playwright.config.ts';
import { findBrowser } from '../scripts/find-browser.mjs';
import { expect, portrait, test } from './fixtures.ts';

/** A graphics processor that Chromium imitates on the processor: right, and some 65 times slower than wasm. */
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

test.use({
  launchOptions: { executablePath: findBrowser(), args: [...LAUNCH_ARGUMENTS, ...SOFTWARE_GPU] },
  // It would answer for the worker's script, which a test changes.
  serviceWorkers: 'block',
});

/** Ends the graphics processor of a worker that is told `lose-gpu`. */
const DESTROYABLE = `
const request = GPUAdapter.prototype.requestDevice;
GPUAdapter.prototype.requestDevice = async function (...options) {
  const device = await request.apply(this, options);
  new BroadcastChannel('lose-gpu').onmessage = () => device.destroy();
  return device;
};
`;

/** Lets the page's worker take the graphics processor that it would refuse, and lose it when told. */
async function useSoftwareGpu(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Original = Worker;
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        const address = new URL(url, location.href);
        address.searchParams.set('backend', 'webgpu');
        super(address, options);
      }
    };
  });
  await page.route(/assets\/worker-[^/]*\.js/, async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: DESTROYABLE + (await response.text()) });
  });
}

test('every network reproduces its golden tensors on WebGPU; a device lost in mid-run is replaced by wasm', async ({
  page,
  app,
}) => {
  await useSoftwareGpu(page);
  await page.goto('/#/about');
  await page.getByRole('button', { name: /^Download \d/ }).click();
  // Opening them tests each network, and one that disagrees would be left for wasm.
  await expect(page.getByText('Graphics processor (WebGPU)')).toBeVisible({ timeout: 400_000 });
  await expect(page.getByText('Its results agree with the published ones.')).toBeVisible();
  console.log(await page.getByText('Largest difference from the published results').textContent());

  await app.choosePhoto(await portrait());
  await app.faceBoxes();
  await app.protect();
  await expect(page.getByText('Drawing the key’s virtual person').first()).toBeVisible();
  await page.evaluate(() => new BroadcastChannel('lose-gpu').postMessage(null));
  await app.protected();
  await app.open('About');
  await expect(page.getByText('The graphics processor was lost in mid-work')).toBeVisible();
});

test('an imitated graphics processor is not used, and its program not fetched', async ({
  page,
  app,
  requests,
}) => {
  await app.start();
  await expect(page.getByText('only imitates a graphics processor')).toBeVisible();
  expect(requests.since(0).filter((url) => /jspi|asyncify/.test(url) && /wasm/.test(url))).toEqual([]);
});
