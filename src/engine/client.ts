import { proxy, transfer, type Remote } from 'comlink';
import { RofiError } from '../errors';
import type { EngineApi } from './api';
import { carryErrors } from './transfer';
import { startWorker, type WorkerLink } from './worker-link';

/** Every call of {@link EngineApi}, with an AbortSignal after its arguments. */
export type EngineClient = {
  readonly [Name in keyof EngineApi]: (
    ...args: [...Parameters<EngineApi[Name]>, signal?: AbortSignal]
  ) => ReturnType<EngineApi[Name]>;
};

/**
 * The page's end of the worker: started by the first call, one call at a time.
 *
 * An abort ends the worker, for a network that runs cannot be interrupted; what waits in the queue goes on in a
 * fresh one, which knows nothing of photos inspected before. When the worker dies by itself, everything that waits
 * is rejected with `worker-lost`.
 */
export class EngineQueue {
  #link: WorkerLink | undefined;
  #last: Promise<unknown> = Promise.resolve();
  /** Fires for every call made since the worker started; replaced when it is lost. */
  #lost = new AbortController();

  constructor(private readonly start: () => WorkerLink) {}

  /**
   * Runs a job when all before it are done.
   *
   * @throws RofiError `aborted`, `worker-lost`, or what the job throws
   */
  run<T>(job: (api: Remote<EngineApi>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const ended = new AbortController();
    const abort = (): void => ended.abort(new RofiError('aborted'));
    const lose = (): void => ended.abort(lost.reason);
    const lost = this.#lost.signal;
    signal?.addEventListener('abort', abort);
    lost.addEventListener('abort', lose);
    if (signal?.aborted) abort();

    const result = this.#last.then(() => this.#runNow(job, ended.signal));
    this.#last = result.catch(() => undefined);
    // A call that still waits is rejected at once, not when its turn comes.
    return unlessAborted(result, ended.signal).finally(() => {
      signal?.removeEventListener('abort', abort);
      lost.removeEventListener('abort', lose);
    });
  }

  async #runNow<T>(job: (api: Remote<EngineApi>) => Promise<T>, ended: AbortSignal): Promise<T> {
    ended.throwIfAborted();
    const link = (this.#link ??= this.#startLink());
    const end = (): void => this.#end(link);
    ended.addEventListener('abort', end);
    try {
      return await unlessAborted(job(link.api), ended);
    } finally {
      ended.removeEventListener('abort', end);
    }
  }

  #startLink(): WorkerLink {
    const link = this.start();
    void link.died.then((reason) => {
      if (this.#link !== link) return;
      this.#end(link);
      const lost = this.#lost;
      this.#lost = new AbortController();
      lost.abort(new RofiError('worker-lost', reason));
    });
    return link;
  }

  #end(link: WorkerLink): void {
    link.terminate();
    if (this.#link === link) this.#link = undefined;
  }
}

/** The promise, or the signal's reason, whichever comes first. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as RofiError);
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The engine for the page. */
export function createEngine(start: () => WorkerLink = startWorker): EngineClient {
  carryErrors();
  const queue = new EngineQueue(start);
  return {
    models: (signal) => queue.run((api) => api.models(), signal),
    prepare: (onProgress, signal) => queue.run((api) => api.prepare(proxy(onProgress)), signal),
    clearModels: (signal) => queue.run((api) => api.clearModels(), signal),
    inspect: (source, onStep, signal) => queue.run((api) => api.inspect(source, proxy(onStep)), signal),
    placeFace: (photoId, eyes, signal) => queue.run((api) => api.placeFace(photoId, eyes), signal),
    protect: (photoId, options, onStep, signal) =>
      queue.run((api) => api.protect(photoId, options, proxy(onStep)), signal),
    summarise: (file, signal) => queue.run((api) => api.summarise(file), signal),
    restore: (file, key, options, onStep, signal) =>
      queue.run((api) => api.restore(file, key, options, proxy(onStep)), signal),
    measureLids: (file, signal) => queue.run((api) => api.measureLids(file), signal),
    guide: (frame, signal) => queue.run((api) => api.guide(transfer(frame, [frame])), signal),
  };
}
