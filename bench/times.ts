/**
 * `npm run bench`: how long a photo takes on this machine, in a real browser on the production build.
 * The first photo comes to a fresh worker with the models in the cache; the next one finds it warm.
 */
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { RuntimeReport } from '../src/engine/api';
import { withBuiltPage } from './browser';
import type { Protection } from './page-bench';

const PHOTO = 'node_modules/@vladmandic/face-api/demo/sample2.jpg';

export async function measure(): Promise<void> {
  await withBuiltPage(async ({ page, worker }) => {
    const photo = await readFile(PHOTO, 'base64');
    const report = await page.evaluate((address) => bench.open(address), worker);
    const runs: Protection[] = [];
    for (let run = 0; run < 2; run++) runs.push(await page.evaluate((bytes) => bench.protect(bytes), photo));
    print(report, runs);
  });
}

function print({ backend, threads }: RuntimeReport, runs: readonly Protection[]): void {
  const [cpu] = cpus();
  const [first] = runs;
  const draws = runs.map(({ proof }) => `${proof.draws} draw`).join(' and ');
  console.log(`\n${backend}, ${threads} threads, on ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}`);
  console.log(
    `Faces: ${first?.proof.faces.length ?? 0}, ${first?.width ?? 0}×${first?.height ?? 0}, ${draws} of the key\n`,
  );
  const row = (name: string, value: (run: Protection) => number) =>
    console.log(name.padEnd(28), ...runs.map((run) => value(run).toFixed(0).padStart(10)));
  console.log(''.padEnd(28), ...['first ms', 'next ms'].map((title) => title.padStart(10)));
  for (const { step } of first?.timings ?? []) {
    row(step, ({ timings }) => timings.find((timing) => timing.step === step)?.milliseconds ?? 0);
  }
  row('opening networks, messages', (run) => run.milliseconds - sum(run, 'milliseconds'));
  row('in all', (run) => run.milliseconds);
  row('of that in networks', (run) => sum(run, 'networkMilliseconds'));
  row('outside networks, %', (run) => 100 * (1 - sum(run, 'networkMilliseconds') / run.milliseconds));
}

function sum({ timings }: Protection, field: 'milliseconds' | 'networkMilliseconds'): number {
  return timings.reduce((total, timing) => total + timing[field], 0);
}
