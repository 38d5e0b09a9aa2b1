import type * as ort from 'onnxruntime-web';
import { RofiError } from '../../errors';
import type { RuntimeReport } from '../api';
import { asRofiError } from '../worker/as-rofi-error';
import type { ModelLibrary } from '../models/library';
import type { ModelEntry, Shape } from '../models/manifest';
import type { WithoutGpu } from './gpu';
import { goldenError, goldenInputs, goldenTolerance, parseGolden, type Golden } from './golden';

export type Backend = RuntimeReport['backend'];
export type Ort = Pick<typeof ort, 'InferenceSession' | 'Tensor' | 'env'>;
/** Flat float32 values by tensor name. */
export type Tensors = Readonly<Record<string, Float32Array>>;

/** What the runtime needs from the platform. */
export interface RuntimeEnvironment {
  /** Why the graphics processor is not even tried; null where there is one to try. */
  readonly withoutGpu: WithoutGpu | null;
  /** Whether the faster of both backends is taken; else WebGPU wherever it is right. */
  readonly compares: boolean;
  readonly crossOriginIsolated: boolean;
  readonly threads: number;
  /** ONNX Runtime with WebGPU beside wasm, or with wasm alone. */
  readonly loadOrt: (withGpu: boolean) => Promise<Ort>;
}

interface Network extends ModelEntry {
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly outputs: Readonly<Record<string, Shape>>;
  readonly golden: string;
}

/**
 * Runs the networks: on WebGPU when there is an adapter, every network reproduces its golden tensors on it, and it is
 * the faster one in a timed run; else on wasm. A GPU that fails, is lost or disagrees at any time is left for good, and
 * the work goes on in wasm.
 */
export class Runtime {
  readonly #sessions = new Map<string, ort.InferenceSession>();
  #backend: Backend;
  #reason: RuntimeReport['reason'];
  #times: RuntimeReport['times'] = null;
  #ort: Ort | undefined;
  #deviceLost: Promise<never> | undefined;
  #selfTestError = 0;
  /** Neither creating nor running sessions is re-entrant: one thing at a time. */
  #last: Promise<unknown> = Promise.resolve();

  /** Sessions are opened by {@link openAll} or when first run. */
  constructor(
    private readonly library: ModelLibrary,
    private readonly environment: RuntimeEnvironment,
  ) {
    this.#backend = environment.withoutGpu === null ? 'webgpu' : 'wasm';
    this.#reason = environment.withoutGpu ?? 'self-test-agreed';
  }

  get report(): RuntimeReport {
    const { crossOriginIsolated, threads } = this.environment;
    return {
      backend: this.#backend,
      reason: this.#reason,
      times: this.#times,
      threads,
      crossOriginIsolated,
      selfTestError: this.#selfTestError,
    };
  }

  /**
   * Opens every network, smallest first, and self-tests. On WebGPU each network is tested, for drivers go wrong one
   * operator at a time; wasm runs the same code everywhere, so there the smallest network stands for all.
   *
   * @throws RofiError `model-missing`, `model-corrupt`, `backend-failed`, `out-of-memory`
   */
  async openAll(): Promise<RuntimeReport> {
    const { models } = await this.library.manifest();
    const networks = models.filter(isNetwork).sort((a, b) => a.bytes - b.bytes);
    const largest = networks.at(-1);
    if (this.environment.compares && largest) await this.#exclusive(() => this.#compareOn(largest));
    for (const network of networks) await this.#exclusive(() => this.#session(network));
    const [smallest] = networks;
    if (this.#backend === 'wasm' && smallest) await this.#exclusive(() => this.#testWasm(smallest));
    return this.report;
  }

  /**
   * Runs one network.
   *
   * @param inputs - by tensor name, each as long as its shape in the manifest
   * @returns every output of the manifest
   * @throws RofiError `backend-failed`, `out-of-memory`, and what {@link openAll} throws
   */
  async run(name: string, inputs: Tensors): Promise<Tensors> {
    const network = await this.library.entry(name);
    if (!isNetwork(network))
      throw new RofiError('model-corrupt', `${name} is not a network`, { model: name });
    return this.#exclusive(async () => {
      try {
        return await this.#run(network, inputs);
      } catch (error) {
        if (this.#backend === 'wasm' || error instanceof RangeError) throw error;
        await this.#leaveGpu(error instanceof DeviceLost ? 'webgpu-lost' : 'webgpu-failed');
        return this.#run(network, inputs);
      }
    });
  }

  async #run(network: Network, inputs: Tensors): Promise<Tensors> {
    return this.#feed(await this.#session(network), network, inputs);
  }

  async #session(network: Network): Promise<ort.InferenceSession> {
    const open = this.#sessions.get(network.name);
    if (open) return open;
    const session = await this.#create(network);
    this.#sessions.set(network.name, session);
    return session;
  }

  async #create(network: Network): Promise<ort.InferenceSession> {
    if (this.#backend === 'wasm') return this.#createOn(network, 'wasm');
    try {
      const session = await this.#createOn(network, 'webgpu');
      if ((await this.#selfTest(session, network)) <= goldenTolerance) return session;
      await session.release();
      await this.#leaveGpu('self-test-disagreed');
    } catch (error) {
      if (error instanceof RofiError && error.code.startsWith('model-')) throw error;
      await this.#leaveGpu('webgpu-failed');
    }
    return this.#createOn(network, 'wasm');
  }

  async #createOn(network: Network, backend: Backend): Promise<ort.InferenceSession> {
    const bytes = await this.library.bytes(network.name);
    try {
      this.#ort ??= await this.#loadOrt();
      const session = await this.#ort.InferenceSession.create(bytes, { executionProviders: [backend] });
      if (backend === 'webgpu') this.#deviceLost ??= lossOf(await this.#ort.env.webgpu.device);
      return session;
    } catch (error) {
      throw asRofiError(error, 'backend-failed');
    }
  }

  async #loadOrt(): Promise<Ort> {
    const loaded = await this.environment.loadOrt(this.#backend === 'webgpu');
    loaded.env.wasm.numThreads = this.environment.threads;
    loaded.env.logLevel = 'error';
    return loaded;
  }

  /** A weak graphics processor is slower than wasm: whichever does the largest network faster once it is warm, stays. */
  async #compareOn(network: Network): Promise<void> {
    if (this.#backend === 'wasm') return;
    const session = await this.#session(network);
    // The self-test may have left it.
    if (this.environment.withoutGpu !== null || this.#reason !== 'self-test-agreed') return;
    const webgpu = await this.#timeOf(session, network);
    const other = await this.#createOn(network, 'wasm');
    await this.#timeOf(other, network);
    const wasm = await this.#timeOf(other, network);
    await other.release();
    this.#times = { webgpu, wasm };
    if (wasm < webgpu) await this.#leaveGpu('wasm-faster');
  }

  async #timeOf(session: ort.InferenceSession, network: Network): Promise<number> {
    const inputs = goldenInputs(await this.#golden(network), network.inputs);
    const start = performance.now();
    await this.#feed(session, network, inputs);
    return performance.now() - start;
  }

  async #testWasm(network: Network): Promise<void> {
    const error = await this.#selfTest(await this.#session(network), network);
    if (error > goldenTolerance) {
      throw new RofiError('backend-failed', `${network.name} differs from its golden tensors by ${error}`);
    }
  }

  async #selfTest(session: ort.InferenceSession, network: Network): Promise<number> {
    const golden = await this.#golden(network);
    const outputs = await this.#feed(session, network, goldenInputs(golden, network.inputs));
    const error = goldenError(golden, outputs);
    this.#selfTestError = Math.max(this.#selfTestError, error);
    return error;
  }

  async #golden({ golden }: Network): Promise<Golden> {
    return parseGolden(await this.library.json(golden));
  }

  async #feed(session: ort.InferenceSession, network: Network, inputs: Tensors): Promise<Tensors> {
    const { Tensor } = this.#ort ?? (this.#ort = await this.#loadOrt());
    const feeds = Object.fromEntries(
      Object.entries(network.inputs).map(([name, shape]) => {
        const values = inputs[name];
        const length = shape.reduce((product, size) => product * size, 1);
        if (values?.length !== length) {
          throw new RangeError(`${network.name}: ${name} has ${values?.length ?? 0} values, not ${length}`);
        }
        return [name, new Tensor('float32', values, shape)];
      }),
    );
    try {
      const results = await this.#orLost(session.run(feeds));
      return Object.fromEntries(
        Object.keys(network.outputs).map((name) => [name, results[name]?.data as Float32Array]),
      );
    } catch (error) {
      throw error instanceof DeviceLost ? error : asRofiError(error, 'backend-failed');
    }
  }

  /** A run on a device that is lost may never end, or end with anything. */
  async #orLost<Result>(running: Promise<Result>): Promise<Result> {
    if (this.#backend === 'wasm' || !this.#deviceLost) return running;
    const result = await Promise.race([running, this.#deviceLost]);
    // The news of a loss may come after what a run made of it.
    await Promise.race([this.#deviceLost, Promise.resolve()]);
    return result;
  }

  /** Goes over to wasm, in the same build where that is here, and opens there what was open. */
  async #leaveGpu(reason: RuntimeReport['reason']): Promise<void> {
    const names = [...this.#sessions.keys()];
    // A device that was lost cannot release anything.
    for (const session of this.#sessions.values()) await session.release().catch(() => undefined);
    this.#sessions.clear();
    this.#backend = 'wasm';
    this.#reason = reason;
    for (const name of names) {
      const network = await this.library.entry(name);
      if (isNetwork(network)) await this.#session(network);
    }
  }

  #exclusive<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

class DeviceLost extends Error {}

function lossOf({ lost }: Pick<GPUDevice, 'lost'>): Promise<never> {
  const loss = lost.then(({ reason, message }) => {
    throw new DeviceLost(`${reason}: ${message}`);
  });
  // Nobody may be waiting when it happens.
  loss.catch(() => undefined);
  return loss;
}

function isNetwork(entry: ModelEntry): entry is Network {
  return entry.inputs !== undefined && entry.outputs !== undefined && entry.golden !== undefined;
}
