import { LAUNCH_ARGUMENTS } from '../playwright.config.ts';
import { findBrowser } from '../scripts/find-browser.mjs';
import { expect, test } from './fixtures.ts';

/** A graphics processor that Chromium imitates on the processor: right, and some 65 times slower than wasm. */
const SOFTWARE_GPU = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

test.use({
  launchOptions: { executablePath: findBrowser(), args: [...LAUNCH_ARGUMENTS, ...SOFTWARE_GPU] },
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
