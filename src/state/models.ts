import { create } from 'zustand';
import type { ModelState, RuntimeReport } from '../engine/api';
import { engine } from './engine';
import { toProblem, type Problem } from './problem';

/**
 * Where the networks stand: `missing` waits for the person's consent to the download, `preparing` opens and
 * self-tests them.
 */
export type ModelStatus = 'checking' | 'missing' | 'downloading' | 'preparing' | 'ready' | 'failed';

interface Models {
  readonly status: ModelStatus;
  readonly models: readonly ModelState[];
  readonly receivedBytes: number;
  /** What has to be downloaded, 0 when everything is here. */
  readonly missingBytes: number;
  readonly report: RuntimeReport | null;
  readonly problem: Problem | null;
  /** Looks what is here, and starts the networks when nothing has to be downloaded. */
  readonly check: () => Promise<void>;
  /** Downloads what is missing, the person having agreed, and starts the networks. */
  readonly prepare: () => Promise<void>;
  readonly cancel: () => void;
  readonly clear: () => Promise<void>;
}

let running: AbortController | null = null;

export const useModels = create<Models>()((set, get) => ({
  status: 'checking',
  models: [],
  receivedBytes: 0,
  missingBytes: 0,
  report: null,
  problem: null,

  async check() {
    set({ status: 'checking', problem: null });
    try {
      const models = await engine.models();
      const missing = models.filter(({ cached }) => !cached);
      const missingBytes = missing.reduce((sum, { bytes }) => sum + bytes, 0);
      set({ models, missingBytes, status: missingBytes > 0 ? 'missing' : 'preparing' });
      if (missingBytes === 0) await get().prepare();
    } catch (error) {
      set({ status: 'failed', problem: toProblem(error) });
    }
  },

  async prepare() {
    const { missingBytes } = get();
    running = new AbortController();
    set({ status: missingBytes > 0 ? 'downloading' : 'preparing', receivedBytes: 0, problem: null });
    const received = new Map<string, number>();
    try {
      const report = await engine.prepare(({ model, receivedBytes }) => {
        received.set(model, receivedBytes);
        const sum = [...received.values()].reduce((total, bytes) => total + bytes, 0);
        set({ receivedBytes: sum, status: sum < missingBytes ? 'downloading' : 'preparing' });
      }, running.signal);
      set({ report, models: await engine.models(), missingBytes: 0, status: 'ready' });
    } catch (error) {
      const problem = toProblem(error);
      set({ problem, status: problem ? 'failed' : 'missing' });
    }
  },

  cancel() {
    running?.abort();
  },

  async clear() {
    await engine.clearModels();
    set({ report: null });
    const models = await engine.models();
    const missingBytes = models.reduce((sum, { bytes, cached }) => (cached ? sum : sum + bytes), 0);
    set({ models, missingBytes, status: 'missing' });
  },
}));

/** Resolves once the networks run. Rejects when `signal` is aborted first. */
export function networksReady(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      unsubscribe();
      signal.removeEventListener('abort', onAbort);
    };
    const onAbort = (): void => {
      settle();
      reject(new DOMException('cancelled', 'AbortError'));
    };
    const unsubscribe = useModels.subscribe(({ status }) => {
      if (status !== 'ready') return;
      settle();
      resolve();
    });
    signal.addEventListener('abort', onAbort);
    if (useModels.getState().status === 'ready') {
      settle();
      resolve();
    }
  });
}
