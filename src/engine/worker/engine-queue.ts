import type { Remote } from 'comlink';
import { RofiError } from '../../errors';
import type { EngineApi } from '../api';
import type { WorkerLink } from './worker-link';

/** A worker that does not leave a cancelled job in so many milliseconds is ended. */
const PATIENCE = 1000;

/**
 * The page's end of the worker: started by the first call, one job at a time.
 *
 * A job that is aborted is rejected at once. The worker is told, and goes on to the next job when it has left that one;
 * if it does not within a second it is ended, and a fresh one knows nothing of photos inspected before. When the worker
 * dies by itself, everything that waits is rejected with `worker-lost`.
 */
export class EngineQueue {
  #link: WorkerLink | undefined;
  #last: Promise<unknown> = Promise.resolve();
  /** Fires for every call made since the worker started; replaced when it is lost. */
  #lost = new AbortController();

  constructor(
    private readonly start: () => WorkerLink,
    private readonly patience = PATIENCE,
  ) {}

  /**
   * Runs a job when all before it are done. A job of several calls asks `ended` between them.
   *
   * @throws RofiError `aborted`, `worker-lost`, or what the job throws
   */
  run<T>(job: (api: Remote<EngineApi>, ended: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const ended = new AbortController();
    const abort = (): void => ended.abort(new RofiError('aborted'));
    const lose = (): void => ended.abort(lost.reason);
    const lost = this.#lost.signal;
    signal?.addEventListener('abort', abort);
    lost.addEventListener('abort', lose);
    if (signal?.aborted) abort();

    const result = this.#last.then(() => this.#runNow(job, ended.signal));
    this.#last = result.catch(() => undefined);
    // A call that is aborted is rejected at once, not when its turn comes or the worker has left it.
    return unlessAborted(result, ended.signal).finally(() => {
      signal?.removeEventListener('abort', abort);
      lost.removeEventListener('abort', lose);
    });
  }

  async #runNow<T>(
    job: (api: Remote<EngineApi>, ended: AbortSignal) => Promise<T>,
    ended: AbortSignal,
  ): Promise<T> {
    ended.throwIfAborted();
    const link = (this.#link ??= this.#startLink());
    const running = job(link.api, ended);
    try {
      return await unlessAborted(running, ended);
    } catch (error) {
      if (ended.aborted) await this.#leave(link, running);
      throw error;
    }
  }

  /** Waits until the worker has left a job that nobody wants; ends it when it does not. */
  async #leave(link: WorkerLink, running: Promise<unknown>): Promise<void> {
    if (this.#link !== link) return;
    void link.api.cancel().catch(() => undefined);
    const left = running.then(
      () => true,
      () => true,
    );
    const tooLate = new Promise<false>((resolve) => setTimeout(() => resolve(false), this.patience));
    if (!(await Promise.race([left, tooLate]))) this.#end(link);
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
