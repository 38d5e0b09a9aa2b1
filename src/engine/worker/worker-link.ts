import { wrap, type Remote } from 'comlink';
import type { EngineApi } from '../api';
import type { AliveMessage } from './serve';

/** A running worker, as the client sees it. */
export interface WorkerLink {
  readonly api: Remote<EngineApi>;
  /** Settles when the worker has died by itself. */
  readonly died: Promise<string>;
  terminate(): void;
}

/** Starts the engine's worker. */
export function startWorker(): WorkerLink {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'rofi-engine' });
  const died = new Promise<string>((resolve) => {
    worker.addEventListener('error', (event) => resolve(event.message));
    worker.addEventListener('message', ({ data }: MessageEvent<Partial<AliveMessage> | null>) => {
      if (typeof data?.alive !== 'string') return;
      // Granted only when the worker no longer holds it.
      void navigator.locks.request(data.alive, { mode: 'shared' }, () => resolve('the worker ended'));
    });
  });
  return { api: wrap<EngineApi>(worker), died, terminate: () => worker.terminate() };
}
