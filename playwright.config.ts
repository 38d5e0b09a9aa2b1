import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/find-browser.mjs';

const port = 4174;
const otherBrowsers = ['**/camera*.spec.ts', '**/webgpu.spec.ts', '**/browsers/*.spec.ts'];

export const LAUNCH_ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const;

/** Against the production build, under its real headers. `npm run build` comes first. */
export default defineConfig({
  testDir: 'e2e',
  // Each of these starts a browser of its own, after which the others would have to set up their devices anew.
  projects: [
    { name: 'page', testMatch: '**/*.spec.ts', testIgnore: otherBrowsers },
    { name: 'other browsers', testMatch: otherBrowsers },
  ],
  outputDir: 'test-results/e2e',
  // Most of a test's time goes to one thread at a time.
  workers: 2,
  // Generous: a machine that does other work as well must not fail a test.
  timeout: 600_000,
  expect: { timeout: 180_000 },
  use: {
    baseURL: `http://localhost:${port}`,
    // What failed shows its last picture; recording every test costs a seventh of its time: `--trace on` when looking for it.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: findBrowser(),
      args: [...LAUNCH_ARGUMENTS],
    },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}`,
    reuseExistingServer: false,
  },
});
