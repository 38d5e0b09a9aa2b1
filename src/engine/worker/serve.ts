import { expose } from 'comlink';
import type { EngineApi } from '../api';
import { carryErrors } from './transfer';

/** The worker's message once it holds its lifeline; the page then waits for the lock's release. */
export interface AliveMessage {
  readonly alive: string;
}

/**
 * Answers the page's calls. The worker holds a lock for as long as it lives: the browser frees it when the worker
 * ends, for whatever reason, and only so does the page learn of a worker that died in silence.
 *
 * @param onJob - called before each call but `cancel`
 */
export function serve(api: EngineApi, onJob: () => void): void {
  carryErrors();
  // Comlink asks for a method whenever it is called.
  expose(
    new Proxy(api, {
      get(target, name) {
        if (name !== 'cancel') onJob();
        return Reflect.get(target, name) as unknown;
      },
    }),
  );
  if (!('locks' in navigator)) return;
  void navigator.locks.request(`rofi-worker-${crypto.randomUUID()}`, (lock) => {
    postMessage({ alive: lock?.name ?? '' } satisfies AliveMessage);
    return new Promise<never>(() => undefined);
  });
}
