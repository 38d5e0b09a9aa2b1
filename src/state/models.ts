import { create } from 'zustand';
import type { ModelState, Need, RuntimeReport } from '../engine/api';
import type { Engine } from '../engine/worker/client';
import { toProblem, type Problem } from './problem';

type Wanted = Exclude<Need, 'nothing'>;

/** Where a need stands: `missing` waits for the person's consent to the download, `preparing` opens and self-tests. */
export type ModelStatus = 'checking' | 'missing' | 'downloading' | 'preparing' | 'ready' | 'failed';

export interface Models {
  /** What this page can do now. */
  readonly ready: Need;
  /** What is in work, if anything, and what came of it. */
  readonly work: 'checking' | 'downloading' | 'preparing' | 'failed' | null;
  readonly models: readonly ModelState[];
  readonly receivedBytes: number;
  /** What the download still takes at the rate it has had; null until that can be told. */
  readonly secondsLeft: number | null;
  readonly report: RuntimeReport | null;
  readonly problem: Problem | null;
  /** Looks what is here, and starts what needs no download. */
  readonly check: () => Promise<void>;
  /** Downloads what is missing for a need, the person having agreed, and starts it. */
  readonly prepare: (need: Wanted) => Promise<void>;
  readonly cancel: () => void;
  readonly clear: () => Promise<void>;
}

const rank: Readonly<Record<Need, number>> = { nothing: 0, landmarks: 1, all: 2 };

/** Whether what can be done now is enough. */
export function isReady({ ready }: Pick<Models, 'ready'>, need: Need): boolean {
  return rank[ready] >= rank[need];
}

/** What a need still has to download, as it is sent. */
export function missingBytes({ models }: Pick<Models, 'models'>, need: Need): number {
  return models
    .filter((model) => !model.cached && rank[model.need] <= rank[need])
    .reduce((sum, { sentBytes }) => sum + sentBytes, 0);
}

export function statusOf(state: Pick<Models, 'ready' | 'work' | 'models'>, need: Need): ModelStatus {
  if (isReady(state, need)) return 'ready';
  return state.work ?? 'missing';
}

export type ModelsStore = ReturnType<typeof createModelsStore>;

/** @param keep - asks the browser to keep what is downloaded; never rejects */
export function createModelsStore(engine: Engine, keep: () => Promise<unknown>) {
  let running = new AbortController();

  return create<Models>()((set, get) => ({
    ready: 'nothing',
    work: 'checking',
    models: [],
    receivedBytes: 0,
    secondsLeft: null,
    report: null,
    problem: null,

    async check() {
      set({ work: 'checking', problem: null });
      try {
        const models = await engine.models();
        set({ models, work: null });
        const here = (['all', 'landmarks'] as const).find((need) => missingBytes({ models }, need) === 0);
        if (here && models.length > 0) await get().prepare(here);
      } catch (error) {
        set({ work: 'failed', problem: toProblem(error) });
      }
    },

    async prepare(need) {
      running.abort();
      running = new AbortController();
      const { signal } = running;
      const missing = missingBytes(get(), need);
      set({
        work: missing > 0 ? 'downloading' : 'preparing',
        receivedBytes: 0,
        secondsLeft: null,
        problem: null,
      });
      const begun = performance.now();
      const received = new Map<string, number>();
      if (missing > 0) void keep();
      try {
        const report = await engine.prepare(
          need,
          ({ model, receivedBytes }) => {
            if (signal.aborted) return;
            received.set(model, receivedBytes);
            const sum = [...received.values()].reduce((total, bytes) => total + bytes, 0);
            const seconds = (performance.now() - begun) / 1000;
            set({
              receivedBytes: sum,
              secondsLeft: seconds > 1 && sum > 0 ? ((missing - sum) * seconds) / sum : null,
              work: sum < missing ? 'downloading' : 'preparing',
            });
          },
          signal,
        );
        const models = await engine.models(signal);
        const ready = isReady(get(), need) ? get().ready : need;
        set({ report: report ?? get().report, models, ready, work: null });
      } catch (error) {
        if (running.signal !== signal) return;
        const problem = toProblem(error);
        set({ problem, work: problem ? 'failed' : null });
        // What arrived before is kept, and need not come again.
        set({ models: await engine.models().catch(() => get().models) });
      }
    },

    cancel: () => running.abort(),

    async clear() {
      running.abort();
      set({ ready: 'nothing', report: null, problem: null });
      try {
        await engine.clearModels();
        set({ models: await engine.models(), work: null });
      } catch (error) {
        set({ work: 'failed', problem: toProblem(error) });
      }
    },
  }));
}

/**
 * Resolves once a need can be met.
 *
 * @throws the signal's reason when it is aborted first
 */
export function whenReady(models: ModelsStore, need: Need, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    const settle = (): void => {
      unsubscribe();
      stop.abort();
    };
    const look = (state: Models): void => {
      if (!isReady(state, need)) return;
      settle();
      resolve();
    };
    const unsubscribe = models.subscribe(look);
    const onAbort = (): void => {
      settle();
      reject(signal.reason as Error);
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { signal: stop.signal });
    look(models.getState());
  });
}
