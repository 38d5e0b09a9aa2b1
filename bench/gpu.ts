/**
 * `npm run bench:gpu`: what one photo takes on the graphics processor and on the processor of this machine, side by side,
 * and how far the two pictures differ. `-- --software` takes the graphics processor that Chromium imitates instead.
 */
import type { RuntimeReport } from '../src/engine/api';
import { withBuiltPage, type BuiltPage } from './browser';
import type { Difference, Protection } from './page-bench';
import { portraitOf } from './portrait';

/** What a headless Chromium on Linux needs to find the graphics processor. */
const HARDWARE = ['--enable-unsafe-webgpu', '--enable-features=Vulkan', '--ignore-gpu-blocklist'];
const SOFTWARE = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
const PIXELS = 2e6;

type Backend = RuntimeReport['backend'];
const backends: readonly Backend[] = ['webgpu', 'wasm'];

interface Run {
  readonly report: RuntimeReport;
  /** The first photo of a fresh worker, and the next one. */
  readonly photos: readonly Protection[];
}

export async function measure(args: readonly string[]): Promise<void> {
  await withBuiltPage(
    async (built) => {
      const photo = await portraitOf(built.page, PIXELS);
      const { key } = await protectOn(built, 'wasm', photo);
      const runs = new Map<Backend, Run>();
      for (const backend of backends) runs.set(backend, await runOn(built, backend, photo, key));
      const [webgpu, wasm] = backends.map((backend) => runs.get(backend)!);
      if (webgpu?.report.backend !== 'webgpu' || wasm === undefined) {
        console.log(`WebGPU does not run here: ${webgpu?.report.reason ?? ''}`);
        return;
      }
      const difference = await built.page.evaluate(([one, other]) => bench.compare(one, other), [
        webgpu.photos[0]!.file,
        wasm.photos[0]!.file,
      ] as const);
      print(await cardOf(built), webgpu, wasm, difference);
    },
    args.includes('--software') ? SOFTWARE : HARDWARE,
  );
}

async function protectOn({ page, worker }: BuiltPage, backend: Backend, photo: string): Promise<Protection> {
  await page.evaluate((address) => bench.open(address), `${worker}?backend=${backend}`);
  return page.evaluate((bytes) => bench.protect(bytes), photo);
}

async function runOn(
  { page, worker }: BuiltPage,
  backend: Backend,
  photo: string,
  key: string,
): Promise<Run> {
  const report = await page.evaluate((address) => bench.open(address), `${worker}?backend=${backend}`);
  const photos: Protection[] = [];
  for (let i = 0; i < 2; i++) {
    photos.push(await page.evaluate(([bytes, given]) => bench.protect(bytes, given), [photo, key] as const));
  }
  return { report, photos };
}

function cardOf({ page }: BuiltPage): Promise<string> {
  return page.evaluate(async () => {
    const adapter = await navigator.gpu.requestAdapter();
    const { vendor = '', architecture = '', device = '', description = '' } = adapter?.info ?? {};
    return [vendor, architecture, device, description].filter((part) => part !== '').join(', ');
  });
}

function print(card: string, webgpu: Run, wasm: Run, difference: Difference): void {
  console.log(
    `\n${card}; processor with ${wasm.report.threads} threads. Milliseconds, outside networks in brackets\n`,
  );
  const runs = [webgpu.photos[0]!, wasm.photos[0]!, webgpu.photos[1]!, wasm.photos[1]!];
  const line = (name: string, cells: readonly string[]) =>
    console.log(name.padEnd(28), ...cells.map((cell) => cell.padStart(16)));
  line('', ['first, webgpu', 'first, wasm', 'next, webgpu', 'next, wasm']);
  for (const { step } of wasm.photos[0]?.timings ?? []) {
    const cells = runs.map(({ timings }) => {
      const { milliseconds = 0, networkMilliseconds = 0 } =
        timings.find((timing) => timing.step === step) ?? {};
      return `${milliseconds.toFixed(0)} (${(milliseconds - networkMilliseconds).toFixed(0)})`;
    });
    line(step, cells);
  }
  line(
    'in all',
    runs.map(({ milliseconds }) => milliseconds.toFixed(0)),
  );
  console.log(`\nself-test: largest difference ${webgpu.report.selfTestError.toExponential(1)} on WebGPU`);
  console.log(
    `one key, two backends: ${(100 * difference.changed).toFixed(3)} % of the colour values differ, by ${difference.largest} of 255 at most`,
  );
}
