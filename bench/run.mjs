/**
 * `npm run bench`: how long a photo takes on this machine, in a real browser on the production build.
 * The first photo comes to a fresh worker with the models in the cache; the next one finds it warm.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findBrowser } from '../scripts/find-browser.mjs';
import { measureInPage } from './measure-in-page.mjs';

const PORT = 4175;
const PHOTO = 'node_modules/@vladmandic/face-api/demo/sample1.jpg';
const ARGUMENTS = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'];

const built = spawnSync('npx', ['vite', 'build', '--logLevel', 'warn'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(1);
const worker = readdirSync('dist/assets').find((file) => /^worker-.*\.js$/.test(file));

const server = await preview({ preview: { port: PORT, strictPort: true } });
const browser = await chromium.launch({ executablePath: findBrowser(), args: ARGUMENTS });
try {
  const page = await browser.newPage();
  await page.addInitScript({ path: 'node_modules/comlink/dist/umd/comlink.min.js' });
  await page.goto(`http://localhost:${PORT}/`);
  const photo = readFileSync(PHOTO).toString('base64');
  const measured = await page.evaluate(measureInPage, { worker: `/assets/${worker}`, photo });
  print(measured);
} finally {
  await browser.close();
  await server.close();
}

/** @param {Awaited<ReturnType<typeof measureInPage>>} measured */
function print({ report, runs }) {
  const [cpu] = cpus();
  console.log(
    `\n${report.backend}, ${report.threads} threads, on ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}`,
  );
  console.log(
    `One face, ${runs[0]?.size}, ${runs.map((run) => `${run.draws} draw`).join(' and ')} of the key\n`,
  );
  const steps = runs[0]?.timings.map(({ step }) => step) ?? [];
  const row = (/** @type {string} */ name, /** @type {(run: (typeof runs)[number]) => number} */ value) =>
    console.log(name.padEnd(28), ...runs.map((run) => value(run).toFixed(0).padStart(10)));
  console.log(''.padEnd(28), ...['first ms', 'next ms'].map((title) => title.padStart(10)));
  for (const step of steps)
    row(step, (run) => run.timings.find((timing) => timing.step === step)?.milliseconds ?? 0);
  row('opening networks, messages', (run) => run.wall - sum(run, 'milliseconds'));
  row('in all', (run) => run.wall);
  row('of that in networks', (run) => sum(run, 'networkMilliseconds'));
  row('outside networks, %', (run) => 100 * (1 - sum(run, 'networkMilliseconds') / run.wall));
}

/**
 * @param {Awaited<ReturnType<typeof measureInPage>>['runs'][number]} run
 * @param {'milliseconds' | 'networkMilliseconds'} field
 */
function sum(run, field) {
  return run.timings.reduce((total, timing) => total + timing[field], 0);
}
