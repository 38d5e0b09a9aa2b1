import type * as ort from 'onnxruntime-web';
import { RofiError } from '../../errors';
import type { RuntimeReport } from '../api';
import { asRofiError } from '../worker/as-rofi-error';
import type { ModelLibrary } from '../models/library';
import type { ModelEntry, Shape } from '../models/manifest';
import { goldenError, goldenInputs, goldenTolerance, type Golden } from './golden';

export type Backend = RuntimeReport['backend'];
export type Ort = Pick<typeof ort, 'InferenceSession' | 'Tensor' | 'env'>;
/** Flat float32 values by tensor name. */
export type Tensors = Readonly<Record<string, Float32Array>>;

/** What the runtime needs from the platform. */
export interface RuntimeEnvironment {
  readonly gpu: Pick<GPU, 'requestAdapter'> | undefined;
  readonly crossOriginIsolated: boolean;
  readonly threads: number;
  readonly loadOrt: (backend: Backend) => Promise<Ort>;
}

interface Network extends ModelEntry {
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly outputs: Readonly<Record<string, Shape>>;
  readonly golden: string;
}

/**
 * Runs the networks: on WebGPU when there is a hardware adapter and every network reproduces its golden tensors on
 * it, else on wasm. A GPU that fails or disagrees at any time is left for good, and the work goes on in wasm.
 */
export class Runtime {
  readonly #sessions = new Map<string, ort.InferenceSession>();
  #ort: Ort | undefined;
  #selfTestError = 0;
  /** Neither creating nor running sessions is re-entrant: one thing at a time. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly library: ModelLibrary,
    private readonly environment: RuntimeEnvironment,
    private backend: Backend,
    private reason: RuntimeReport['reason'],
  ) {}

  /** Chooses the backend; sessions are opened by {@link openAll} or when first run. */
  static async start(library: ModelLibrary, environment: RuntimeEnvironment): Promise<Runtime> {
    const adapter = await environment.gpu?.requestAdapter().catch(() => null);
    if (!adapter) return new Runtime(library, environment, 'wasm', 'no-adapter');
    // A GPU emulated on the CPU is some 65 times slower than wasm.
    // Older browsers say nothing of the adapter.
    const { info } = adapter as Partial<Pick<GPUAdapter, 'info'>>;
    if (info?.isFallbackAdapter) return new Runtime(library, environment, 'wasm', 'software-adapter');
    return new Runtime(library, environment, 'webgpu', 'self-test-agreed');
  }

  get report(): RuntimeReport {
    const { crossOriginIsolated, threads } = this.environment;
    return {
      backend: this.backend,
      reason: this.reason,
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
    for (const network of networks) await this.#exclusive(() => this.#session(network));
    const [smallest] = networks;
    if (this.backend === 'wasm' && smallest) await this.#exclusive(() => this.#testWasm(smallest));
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
        if (this.backend === 'wasm' || error instanceof RangeError) throw error;
        await this.#leaveGpu('webgpu-failed');
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
    if (this.backend === 'wasm') return this.#createOn(network);
    try {
      const session = await this.#createOn(network);
      if ((await this.#selfTest(session, network)) <= goldenTolerance) return session;
      await session.release();
      await this.#leaveGpu('self-test-disagreed');
    } catch (error) {
      if (error instanceof RofiError && error.code.startsWith('model-')) throw error;
      await this.#leaveGpu('webgpu-failed');
    }
    return this.#createOn(network);
  }

  async #createOn(network: Network): Promise<ort.InferenceSession> {
    const bytes = await this.library.bytes(network.name);
    try {
      this.#ort ??= await this.#loadOrt();
      return await this.#ort.InferenceSession.create(bytes, { executionProviders: [this.backend] });
    } catch (error) {
      throw asRofiError(error, 'backend-failed');
    }
  }

  async #loadOrt(): Promise<Ort> {
    const loaded = await this.environment.loadOrt(this.backend);
    loaded.env.wasm.numThreads = this.environment.threads;
    loaded.env.logLevel = 'error';
    return loaded;
  }

  async #testWasm(network: Network): Promise<void> {
    const error = await this.#selfTest(await this.#session(network), network);
    if (error > goldenTolerance) {
      throw new RofiError('backend-failed', `${network.name} differs from its golden tensors by ${error}`);
    }
  }

  async #selfTest(session: ort.InferenceSession, network: Network): Promise<number> {
    const golden = (await this.library.json(network.golden)) as Golden;
    const outputs = await this.#feed(session, network, goldenInputs(golden, network.inputs));
    const error = goldenError(golden, outputs);
    this.#selfTestError = Math.max(this.#selfTestError, error);
    return error;
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
      const results = await session.run(feeds);
      return Object.fromEntries(
        Object.keys(network.outputs).map((name) => [name, results[name]?.data as Float32Array]),
      );
    } catch (error) {
      throw asRofiError(error, 'backend-failed');
    }
  }

  /** Goes over to wasm and opens there what was open. */
  async #leaveGpu(reason: 'self-test-disagreed' | 'webgpu-failed'): Promise<void> {
    const names = [...this.#sessions.keys()];
    // A device that was lost cannot release anything.
    for (const session of this.#sessions.values()) await session.release().catch(() => undefined);
    this.#sessions.clear();
    this.#ort = undefined;
    this.backend = 'wasm';
    this.reason = reason;
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

function isNetwork(entry: ModelEntry): entry is Network {
  return entry.inputs !== undefined && entry.outputs !== undefined && entry.golden !== undefined;
}
