/**
 * `npm run bench`: how long a photo with one face takes on this machine, in a real browser on the production build.
 * The first photo comes to a fresh worker with the models in the cache; the next ones find it warm.
 */
import { cpus } from 'node:os';
import type { RuntimeReport } from '../src/engine/api';
import { withBuiltPage } from './browser';
import type { Protection } from './page-bench';
import { portraitOf } from './portrait';

const RUNS = [
  { title: 'first, 2 MP', pixels: 2e6 },
  { title: 'next, 2 MP', pixels: 2e6 },
  { title: 'next, 12 MP', pixels: 12e6 },
];

type Step = Protection['timings'][number];

export async function measure(): Promise<void> {
  await withBuiltPage(async ({ page, worker }) => {
    const report = await page.evaluate((address) => bench.open(address), worker);
    const runs: Protection[] = [];
    for (const { pixels } of RUNS) {
      const photo = await portraitOf(page, pixels);
      runs.push(await page.evaluate((bytes) => bench.protect(bytes), photo));
    }
    print(report, runs);
  });
}

function print({ backend, threads }: RuntimeReport, runs: readonly Protection[]): void {
  const [cpu] = cpus();
  console.log(`\n${backend}, ${threads} threads, on ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}`);
  console.log('Milliseconds, outside networks in brackets\n');
  const line = (name: string, cells: readonly (string | number)[]) =>
    console.log(name.padEnd(28), ...cells.map((cell) => String(cell).padStart(14)));
  const row = (name: string, value: (run: Protection) => number) =>
    line(
      name,
      runs.map((run) => value(run).toFixed(0)),
    );

  line(
    '',
    RUNS.map(({ title }) => title),
  );
  for (const { step } of runs[0]?.timings ?? []) {
    line(
      step,
      runs.map(({ timings }) => timeOf(timings.find((timing) => timing.step === step))),
    );
  }
  row('opening networks, messages', (run) => run.milliseconds - sum(run, 'milliseconds'));
  row('in all', (run) => run.milliseconds);
  row('outside networks, %', (run) => 100 * (1 - sum(run, 'networkMilliseconds') / run.milliseconds));
  row('faces', ({ proof }) => proof.faces.length);
  row('keys drawn', ({ proof }) => proof.peopleTried);
}

function timeOf(step: Step | undefined): string {
  const { milliseconds = 0, networkMilliseconds = 0 } = step ?? {};
  return `${milliseconds.toFixed(0)} (${(milliseconds - networkMilliseconds).toFixed(0)})`;
}

function sum({ timings }: Protection, field: 'milliseconds' | 'networkMilliseconds'): number {
  return timings.reduce((total, timing) => total + timing[field], 0);
}
