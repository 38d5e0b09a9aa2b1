import { proxy, transfer } from 'comlink';
import type { EngineApi, OnNews, PictureCheck, RestoreOptions, RestoreResult } from '../api';
import { EngineQueue } from './engine-queue';
import { copyKey, openPhoto, type PhotoSession } from './photo-session';
import { carryErrors } from './transfer';
import type { SourceFile } from '../types';
import { startWorker, type WorkerLink } from './worker-link';

export { thumbnailOf } from '../image/resize';
export type { PhotoSession } from './photo-session';

/** Calls of {@link EngineApi} that stand for themselves, with an AbortSignal after their arguments. */
type Single =
  | 'models'
  | 'prepare'
  | 'clearModels'
  | 'summarise'
  | 'glance'
  | 'picture'
  | 'measureLids'
  | 'compareFaces'
  | 'guide';

/** What the page may ask of the engine. */
export type Engine = {
  readonly [Name in Single]: (
    ...args: [...Parameters<EngineApi[Name]>, signal?: AbortSignal]
  ) => Promise<Awaited<ReturnType<EngineApi[Name]>>>;
} & {
  /** Opens a photo: decodes it, finds its faces and their signs. */
  readonly open: (source: SourceFile, onNews: OnNews, signal?: AbortSignal) => Promise<PhotoSession>;
  /** Gives the original back; the key is copied before the call waits for its turn. */
  readonly restore: (
    file: SourceFile,
    key: Uint8Array,
    options: RestoreOptions,
    onNews: OnNews,
    signal?: AbortSignal,
  ) => Promise<RestoreResult>;
  /** Whether a restored original belongs to the picture it came with; the key is copied likewise. */
  readonly checkOriginal: (file: SourceFile, key: Uint8Array, signal?: AbortSignal) => Promise<PictureCheck>;
};

/** The engine for the page. */
export function createEngine(start: () => WorkerLink = startWorker, patience?: number): Engine {
  carryErrors();
  const queue = new EngineQueue(start, patience);
  return {
    models: (signal) => queue.run((api) => api.models(), signal),
    prepare: (need, onProgress, signal) => queue.run((api) => api.prepare(need, proxy(onProgress)), signal),
    clearModels: (signal) => queue.run((api) => api.clearModels(), signal),
    open: (source, onNews, signal) => openPhoto(queue, source, onNews, signal),
    summarise: (file, signal) => queue.run((api) => api.summarise(file), signal),
    glance: (file, signal) => queue.run((api) => api.glance(file), signal),
    picture: (file, signal) => queue.run((api) => api.picture(file), signal),
    async restore(file, key, options, onNews, signal) {
      const copy = copyKey(key);
      const restore = queue.run((api) => api.restore(file, copy, options, proxy(onNews)), signal);
      return restore.finally(() => copy.fill(0));
    },
    async checkOriginal(file, key, signal) {
      const copy = copyKey(key);
      const check = queue.run((api) => api.checkOriginal(file, copy), signal);
      return check.finally(() => copy.fill(0));
    },
    compareFaces: (one, other, signal) => queue.run((api) => api.compareFaces(one, other), signal),
    measureLids: (file, signal) => queue.run((api) => api.measureLids(file), signal),
    guide: (frame, signal) => queue.run((api) => api.guide(transfer(frame, [frame])), signal),
  };
}
