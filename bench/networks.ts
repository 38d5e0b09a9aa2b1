/**
 * `npm run bench:networks`: each network alone, in WebAssembly in Chromium and by native ONNX Runtime, on the same threads.
 * Native ONNX Runtime is large and serves nothing else here: `npm install --no-save onnxruntime-node@1.30.0` fetches it.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import type { Page } from '@playwright/test';
import type * as OrtModule from 'onnxruntime-common';
import { parseManifest, type ModelEntry } from '../src/engine/models/manifest';
import { goldenInputs, type Golden } from '../src/engine/networks/golden';
import { withBuiltPage } from './browser';

const MODELS = 'public/models';
const RUNTIME = 'node_modules/onnxruntime-web/dist';
const WARM_UP = 2;
const RUNS = 9;

type Ort = typeof OrtModule;
type Feeds = Readonly<
  Record<string, { readonly values: readonly number[]; readonly shape: readonly number[] }>
>;

/** Milliseconds of {@link RUNS} runs. */
type Times = readonly number[];

export async function measure(): Promise<void> {
  const threads = Math.min(cpus().length, 4);
  const native = loadNative();
  const { models } = parseManifest(JSON.parse(await readFile(`${MODELS}/manifest.json`, 'utf8')));
  await withBuiltPage(async ({ page }) => {
    await serveRuntime(page);
    console.log(
      `\n${threads} threads on ${cpus()[0]?.model ?? 'unknown CPU'}; median of ${RUNS} runs, milliseconds (spread)\n`,
    );
    line('', ['wasm', 'native', 'wasm ÷ native']);
    for (const model of models) {
      if (model.inputs === undefined) continue;
      const feeds = await feedsOf(model);
      const bytes = await readFile(`${MODELS}/${model.file}`);
      const wasm = await inBrowser(page, bytes, feeds, threads);
      const other = native && (await inNode(native, bytes, feeds, threads));
      line(model.name, [
        shown(wasm),
        other ? shown(other) : '–',
        other ? (median(wasm) / median(other)).toFixed(1) : '–',
      ]);
    }
  });
}

function loadNative(): Ort | null {
  // Not a dependency: neither compiler nor bundler need find it.
  const name = 'onnxruntime-node';
  try {
    return createRequire(import.meta.url)(name) as Ort;
  } catch {
    console.log(`${name} is not here: npm install --no-save ${name}@1.30.0`);
    return null;
  }
}

/** ONNX Runtime as it is published, global in the page, its threads at addresses of the page's own origin. */
async function serveRuntime(page: Page): Promise<void> {
  await page.route('**/ort/*', async (route) => {
    const file = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    const contentType = file.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
    const headers = { 'Cross-Origin-Embedder-Policy': 'require-corp' };
    await route.fulfill({ path: `${RUNTIME}/${file}`, contentType, headers });
  });
  const runtime = await readFile(`${RUNTIME}/ort.wasm.min.js`, 'utf8');
  await page.addInitScript({ content: `${runtime}\nglobalThis.ort = ort;` });
  await page.reload();
}

async function feedsOf({ golden: file = '', inputs = {} }: ModelEntry): Promise<Feeds> {
  const golden = JSON.parse(await readFile(`${MODELS}/${file}`, 'utf8')) as Golden;
  return Object.fromEntries(
    Object.entries(goldenInputs(golden, inputs)).map(([name, values]) => [
      name,
      { values: [...values], shape: inputs[name] ?? [] },
    ]),
  );
}

function inBrowser(page: Page, bytes: Buffer, feeds: Feeds, threads: number): Promise<Times> {
  const given = { network: bytes.toString('base64'), feeds, threads, warmUp: WARM_UP, runs: RUNS };
  return page.evaluate(async ({ network, feeds, threads, warmUp, runs }) => {
    const { ort } = globalThis as unknown as { readonly ort: Ort };
    ort.env.wasm.wasmPaths = new URL('/ort/', location.href).href;
    ort.env.wasm.numThreads = threads;
    const content = Uint8Array.from(atob(network), (character) => character.charCodeAt(0));
    const session = await ort.InferenceSession.create(content, { executionProviders: ['wasm'] });
    const tensors = Object.fromEntries(
      Object.entries(feeds).map(([name, { values, shape }]) => [
        name,
        new ort.Tensor('float32', Float32Array.from(values), shape),
      ]),
    );
    const times: number[] = [];
    for (let i = 0; i < warmUp + runs; i++) {
      const start = performance.now();
      await session.run(tensors);
      if (i >= warmUp) times.push(performance.now() - start);
    }
    await session.release();
    return times;
  }, given);
}

async function inNode(ort: Ort, bytes: Buffer, feeds: Feeds, threads: number): Promise<Times> {
  const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: threads });
  const tensors = Object.fromEntries(
    Object.entries(feeds).map(([name, { values, shape }]) => [
      name,
      new ort.Tensor('float32', Float32Array.from(values), shape),
    ]),
  );
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + RUNS; i++) {
    const start = performance.now();
    await session.run(tensors);
    if (i >= WARM_UP) times.push(performance.now() - start);
  }
  await session.release();
  return times;
}

function median(times: Times): number {
  return [...times].sort((one, other) => one - other)[times.length >> 1] ?? NaN;
}

function shown(times: Times): string {
  return `${median(times).toFixed(0)} (${Math.min(...times).toFixed(0)}–${Math.max(...times).toFixed(0)})`;
}

function line(name: string, cells: readonly string[]): void {
  console.log(name.padEnd(16), ...cells.map((cell) => cell.padStart(18)));
}
