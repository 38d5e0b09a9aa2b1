import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { chromium, type Browser, type Page } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from '../scripts/find-browser.mjs';
import { installPageBench } from './page-bench';

const PORT = 4175;
const ARGUMENTS = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'];

/** The production build in a real Chromium. */
export interface BuiltPage {
  readonly page: Page;
  readonly browser: Browser;
  /** Address of the engine's worker. */
  readonly worker: string;
}

/** Builds the page, serves it under its real headers, and opens it in Chromium with `bench` in every page. */
export async function withBuiltPage(
  work: (built: BuiltPage) => Promise<void>,
  flags: readonly string[] = [],
): Promise<void> {
  const built = spawnSync('npx', ['vite', 'build', '--logLevel', 'warn'], { stdio: 'inherit' });
  if (built.status !== 0) throw new TypeError('the build failed');
  const file = readdirSync('dist/assets').find((name) => /^worker-.*\.js$/.test(name));

  const server = await preview({ preview: { port: PORT, strictPort: true } });
  const browser = await chromium.launch({ executablePath: findBrowser(), args: [...ARGUMENTS, ...flags] });
  try {
    const page = await browser.newPage();
    await page.addInitScript({ path: 'node_modules/comlink/dist/umd/comlink.min.js' });
    await page.addInitScript(installPageBench);
    await page.goto(`http://localhost:${PORT}/`);
    await work({ page, browser, worker: `/assets/${file ?? ''}` });
  } finally {
    await browser.close();
    await server.close();
  }
}
