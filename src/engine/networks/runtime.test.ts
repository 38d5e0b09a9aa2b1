import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ModelLibrary } from '../models/library';
import { MemoryStore } from '../models/store';
import type { Golden } from './golden';
import { probeGpu, type WithoutGpu } from './gpu';
import { Runtime, type Backend, type Ort, type RuntimeEnvironment } from './runtime';

const names = ['small', 'large'];
const golden: Golden = {
  inputs: { x: { seed: 1 } },
  outputs: { y: { samples: [0, 1, 2, 3].map((i) => [i, 2 * 0.5 * Math.sin(0.37 * i + 1)] as const) } },
};

/** Two networks of one doubling each; their bytes are only lengths for the fake runtime below. */
function library(): ModelLibrary {
  const files = new Map(names.map((name, i) => [`${name}.onnx`, new Uint8Array(i + 1).fill(i)]));
  const models = names.map((name, i) => ({
    name,
    version: '1',
    file: `${name}.onnx`,
    bytes: i + 1,
    sha256: createHash('sha256')
      .update(files.get(`${name}.onnx`)!)
      .digest('hex'),
    inputs: { x: [1, 4] },
    outputs: { y: [1, 4] },
    golden: 'golden.json',
  }));
  return new ModelLibrary('/', new MemoryStore(), (url) => {
    const file = url.slice(1);
    if (file === 'manifest.json')
      return Promise.resolve(
        Response.json({ version: 1, constants: import.meta.env.CONSTANTS_DIGEST, models }),
      );
    if (file === 'golden.json') return Promise.resolve(Response.json(golden));
    return Promise.resolve(new Response(files.get(file)));
  });
}

interface Behaviour {
  /** What a backend makes of x. */
  readonly compute?: (backend: Backend, x: number, bytes: number) => number;
  /** How long a run takes, milliseconds; it never ends where that is Infinity. */
  readonly takes?: (backend: Backend) => number;
  readonly withoutGpu?: WithoutGpu;
  readonly compares?: boolean;
  /** Settles when the device is lost. */
  readonly lost?: Promise<GPUDeviceLostInfo>;
}

function environment(
  behaviour: Behaviour,
): RuntimeEnvironment & { created: string[]; busiest: () => number } {
  const compute = behaviour.compute ?? ((_, x) => 2 * x);
  const created: string[] = [];
  let atOnce = 0;
  let busiest = 0;
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => time);
  const exclusive = async <T>(work: () => T): Promise<T> => {
    busiest = Math.max(busiest, ++atOnce);
    await new Promise((resolve) => setTimeout(resolve));
    atOnce--;
    return work();
  };
  const run = async <T>(backend: Backend, work: () => T): Promise<T> => {
    const milliseconds = behaviour.takes?.(backend) ?? 0;
    if (milliseconds === Infinity) await new Promise(() => undefined);
    time += milliseconds;
    return exclusive(work);
  };
  const loadOrt = () =>
    Promise.resolve({
      env: {
        wasm: {},
        webgpu: { device: Promise.resolve({ lost: behaviour.lost ?? new Promise(() => undefined) }) },
      },
      Tensor: class {
        constructor(
          readonly type: string,
          readonly data: Float32Array,
        ) {}
      },
      InferenceSession: {
        create: (bytes: Uint8Array, { executionProviders: [backend] }: { executionProviders: [Backend] }) =>
          exclusive(() => {
            created.push(`${backend} ${names[bytes.length - 1]!}`);
            return {
              run: ({ x }: { x: { data: Float32Array } }) =>
                run(backend, () => ({ y: { data: x.data.map((v) => compute(backend, v, bytes.length)) } })),
              release: () => Promise.resolve(),
            };
          }),
      },
    } as unknown as Ort);
  return {
    withoutGpu: behaviour.withoutGpu ?? null,
    compares: behaviour.compares ?? false,
    crossOriginIsolated: true,
    threads: 2,
    loadOrt,
    created,
    busiest: () => busiest,
  };
}

const input = { x: Float32Array.of(1, 2, 3, 4) };
const doubled = { y: Float32Array.of(2, 4, 6, 8) };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('Runtime', () => {
  it('runs on a GPU that reproduces the golden tensors', async () => {
    const runtime = new Runtime(library(), environment({}));
    const report = await runtime.openAll();
    expect(report).toMatchObject({ backend: 'webgpu', reason: 'self-test-agreed', threads: 2 });
    expect(report.selfTestError).toBeLessThan(1e-6);
    expect(await runtime.run('large', input)).toEqual(doubled);
  });

  it('runs on wasm where there is no GPU to try', async () => {
    const platform = environment({ withoutGpu: 'no-adapter' });
    const runtime = new Runtime(library(), platform);
    expect(await runtime.openAll()).toMatchObject({ backend: 'wasm', reason: 'no-adapter', times: null });
    expect(platform.created).toEqual(['wasm small', 'wasm large']);
  });

  it.each([
    ['webgpu', 'self-test-agreed', { webgpu: 0, wasm: 60 }],
    ['wasm', 'wasm-faster', { webgpu: 60, wasm: 0 }],
  ] as const)('runs on %s where that is faster', async (backend, reason, times) => {
    const runtime = new Runtime(library(), environment({ compares: true, takes: (each) => times[each] }));
    const report = await runtime.openAll();
    expect(report).toMatchObject({ backend, reason, times });
    expect(await runtime.run('large', input)).toEqual(doubled);
  });

  it('leaves a GPU that is wrong on one network only, and opens the others again in wasm', async () => {
    const platform = environment({
      compute: (backend, x, bytes) => (backend === 'webgpu' && bytes === 2 ? 2 * x + 0.01 : 2 * x),
    });
    const runtime = new Runtime(library(), platform);
    const report = await runtime.openAll();
    expect(report).toMatchObject({ backend: 'wasm', reason: 'self-test-disagreed' });
    expect(report.selfTestError).toBeCloseTo(0.01, 4);
    expect(platform.created).toEqual(['webgpu small', 'webgpu large', 'wasm small', 'wasm large']);
    expect(await runtime.run('small', input)).toEqual(doubled);
  });

  it('leaves a GPU whose output is no number', async () => {
    const compute = (backend: Backend, x: number) => (backend === 'webgpu' ? NaN : 2 * x);
    const runtime = new Runtime(library(), environment({ compute }));
    expect(await runtime.openAll()).toMatchObject({ backend: 'wasm', reason: 'self-test-disagreed' });
  });

  it('finishes in wasm what a lost GPU began', async () => {
    let lost = false;
    const compute = (backend: Backend, x: number) => {
      if (backend === 'webgpu' && lost) throw new Error('device lost');
      return 2 * x;
    };
    const runtime = new Runtime(library(), environment({ compute }));
    await runtime.openAll();
    lost = true;
    expect(await runtime.run('small', input)).toEqual(doubled);
    expect(runtime.report).toMatchObject({ backend: 'wasm', reason: 'webgpu-failed' });
  });

  it('finishes in wasm what hung on a GPU that was lost', async () => {
    let lose: (info: GPUDeviceLostInfo) => void = () => undefined;
    const lost = new Promise<GPUDeviceLostInfo>((resolve) => (lose = resolve));
    let hangs = false;
    const takes = (backend: Backend) => (hangs && backend === 'webgpu' ? Infinity : 0);
    const runtime = new Runtime(library(), environment({ lost, takes }));
    await runtime.openAll();
    hangs = true;
    const running = runtime.run('small', input);
    lose({ reason: 'destroyed', message: '' });
    expect(await running).toEqual(doubled);
    expect(runtime.report).toMatchObject({ backend: 'wasm', reason: 'webgpu-lost' });
  });

  it('refuses to go on when wasm itself is wrong', async () => {
    const runtime = new Runtime(
      library(),
      environment({ withoutGpu: 'no-adapter', compute: (_, x) => 3 * x }),
    );
    await expect(runtime.openAll()).rejects.toMatchObject({ code: 'backend-failed' });
  });

  it('does one thing at a time, however many are asked for', async () => {
    const platform = environment({ withoutGpu: 'no-adapter' });
    const runtime = new Runtime(library(), platform);
    await Promise.all(['small', 'large', 'small', 'large'].map((name) => runtime.run(name, input)));
    expect(platform.busiest()).toBe(1);
    expect(platform.created).toEqual(['wasm small', 'wasm large']);
  });

  it('goes on after a failed run, and names out of memory', async () => {
    let fails = true;
    const compute = (_: Backend, x: number) => {
      if (fails) throw new Error('std::bad_alloc');
      return 2 * x;
    };
    const runtime = new Runtime(library(), environment({ withoutGpu: 'no-adapter', compute }));
    await expect(runtime.run('small', input)).rejects.toMatchObject({ code: 'out-of-memory' });
    fails = false;
    expect(await runtime.run('small', input)).toEqual(doubled);
  });

  it('refuses an input of the wrong length', async () => {
    const runtime = new Runtime(library(), environment({}));
    await expect(runtime.run('small', { x: new Float32Array(3) })).rejects.toThrow(RangeError);
  });
});

describe('probeGpu', () => {
  const offering = (adapter: { readonly isFallbackAdapter: boolean } | null) => ({
    gpu: { requestAdapter: () => Promise.resolve(adapter && ({ info: adapter } as GPUAdapter)) },
  });

  it('takes hardware, and what imitates it only where that is asked for', async () => {
    expect(await probeGpu({})).toBe('no-adapter');
    expect(await probeGpu(offering(null))).toBe('no-adapter');
    expect(await probeGpu(offering({ isFallbackAdapter: true }))).toBe('software-adapter');
    expect(await probeGpu(offering({ isFallbackAdapter: true }), true)).toBeNull();
    expect(await probeGpu(offering({ isFallbackAdapter: false }))).toBeNull();
    // Older browsers say nothing of it.
    expect(await probeGpu({ gpu: { requestAdapter: () => Promise.resolve({} as GPUAdapter) } })).toBeNull();
  });
});
