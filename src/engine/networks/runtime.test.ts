import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ModelLibrary } from '../models/library';
import { MemoryStore } from '../models/store';
import type { Golden } from './golden';
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
    if (file === 'manifest.json') return Promise.resolve(Response.json({ version: 1, models }));
    if (file === 'golden.json') return Promise.resolve(Response.json(golden));
    return Promise.resolve(new Response(files.get(file)));
  });
}

interface Behaviour {
  /** What a backend makes of x. */
  readonly compute?: (backend: Backend, x: number, bytes: number) => number;
  readonly adapter?: { readonly isFallbackAdapter: boolean } | null;
}

function environment(
  behaviour: Behaviour,
): RuntimeEnvironment & { created: string[]; busiest: () => number } {
  const compute = behaviour.compute ?? ((_, x) => 2 * x);
  const created: string[] = [];
  let atOnce = 0;
  let busiest = 0;
  const exclusive = async <T>(work: () => T): Promise<T> => {
    busiest = Math.max(busiest, ++atOnce);
    await new Promise((resolve) => setTimeout(resolve));
    atOnce--;
    return work();
  };
  const loadOrt = (backend: Backend) =>
    Promise.resolve({
      env: { wasm: {} },
      Tensor: class {
        constructor(
          readonly type: string,
          readonly data: Float32Array,
        ) {}
      },
      InferenceSession: {
        create: (bytes: Uint8Array) =>
          exclusive(() => {
            created.push(`${backend} ${names[bytes.length - 1]!}`);
            return {
              run: ({ x }: { x: { data: Float32Array } }) =>
                exclusive(() => ({ y: { data: x.data.map((v) => compute(backend, v, bytes.length)) } })),
              release: () => Promise.resolve(),
            };
          }),
      },
    } as unknown as Ort);
  const { adapter } = behaviour;
  return {
    gpu: { requestAdapter: () => Promise.resolve(adapter ? ({ info: adapter } as GPUAdapter) : null) },
    crossOriginIsolated: true,
    threads: 2,
    loadOrt,
    created,
    busiest: () => busiest,
  };
}

const hardware = { isFallbackAdapter: false };
const input = { x: Float32Array.of(1, 2, 3, 4) };
const doubled = { y: Float32Array.of(2, 4, 6, 8) };

describe('Runtime', () => {
  it('runs on a GPU that reproduces the golden tensors', async () => {
    const runtime = await Runtime.start(library(), environment({ adapter: hardware }));
    const report = await runtime.openAll();
    expect(report).toMatchObject({ backend: 'webgpu', reason: 'self-test-agreed', threads: 2 });
    expect(report.selfTestError).toBeLessThan(1e-6);
    expect(await runtime.run('large', input)).toEqual(doubled);
  });

  it.each([
    ['no-adapter', null],
    ['software-adapter', { isFallbackAdapter: true }],
  ])('runs on wasm for %s', async (reason, adapter) => {
    const platform = environment({ adapter });
    const runtime = await Runtime.start(library(), platform);
    expect(await runtime.openAll()).toMatchObject({ backend: 'wasm', reason });
    expect(platform.created).toEqual(['wasm small', 'wasm large']);
  });

  it('leaves a GPU that is wrong on one network only, and opens the others again in wasm', async () => {
    const platform = environment({
      adapter: hardware,
      compute: (backend, x, bytes) => (backend === 'webgpu' && bytes === 2 ? 2 * x + 0.01 : 2 * x),
    });
    const runtime = await Runtime.start(library(), platform);
    const report = await runtime.openAll();
    expect(report).toMatchObject({ backend: 'wasm', reason: 'self-test-disagreed' });
    expect(report.selfTestError).toBeCloseTo(0.01, 4);
    expect(platform.created).toEqual(['webgpu small', 'webgpu large', 'wasm small', 'wasm large']);
    expect(await runtime.run('small', input)).toEqual(doubled);
  });

  it('leaves a GPU whose output is no number', async () => {
    const compute = (backend: Backend, x: number) => (backend === 'webgpu' ? NaN : 2 * x);
    const runtime = await Runtime.start(library(), environment({ adapter: hardware, compute }));
    expect(await runtime.openAll()).toMatchObject({ backend: 'wasm', reason: 'self-test-disagreed' });
  });

  it('finishes in wasm what a lost GPU began', async () => {
    let lost = false;
    const compute = (backend: Backend, x: number) => {
      if (backend === 'webgpu' && lost) throw new Error('device lost');
      return 2 * x;
    };
    const runtime = await Runtime.start(library(), environment({ adapter: hardware, compute }));
    await runtime.openAll();
    lost = true;
    expect(await runtime.run('small', input)).toEqual(doubled);
    expect(runtime.report).toMatchObject({ backend: 'wasm', reason: 'webgpu-failed' });
  });

  it('refuses to go on when wasm itself is wrong', async () => {
    const runtime = await Runtime.start(library(), environment({ compute: (_, x) => 3 * x }));
    await expect(runtime.openAll()).rejects.toMatchObject({ code: 'backend-failed' });
  });

  it('does one thing at a time, however many are asked for', async () => {
    const platform = environment({});
    const runtime = await Runtime.start(library(), platform);
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
    const runtime = await Runtime.start(library(), environment({ compute }));
    await expect(runtime.run('small', input)).rejects.toMatchObject({ code: 'out-of-memory' });
    fails = false;
    expect(await runtime.run('small', input)).toEqual(doubled);
  });

  it('refuses an input of the wrong length', async () => {
    const runtime = await Runtime.start(library(), environment({}));
    await expect(runtime.run('small', { x: new Float32Array(3) })).rejects.toThrow(RangeError);
  });
});
