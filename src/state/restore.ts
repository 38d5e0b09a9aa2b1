import { create } from 'zustand';
import type { JobNews, Need, ProtectedSummary, RestoreOptions, RestoreResult } from '../engine/api';
import type { Engine } from '../engine/worker/client';
import type { SourceFile } from '../engine/types';
import type { PrivacyKey } from '../record/types';
import { readKeyFile, unlockWithIdentity, unlockWithPassphrase, type LockedKey } from './key-reader';
import { whenReady, type ModelsStore } from './models';
import { toProblem, type Problem } from './problem';
import { withNews, type Progress } from './progress';
import { isPhoto, readSource } from './source';

export type RestoreMode = RestoreOptions['mode'];

export interface Restore {
  readonly photo: SourceFile | null;
  readonly summary: ProtectedSummary | null;
  readonly key: PrivacyKey | null;
  readonly locked: LockedKey | null;
  readonly unlocking: boolean;
  readonly mode: RestoreMode;
  readonly running: boolean;
  /** What the run in work needs to be here first. */
  readonly need: Need;
  readonly progress: Progress | null;
  readonly problem: Problem | null;
  readonly result: RestoreResult | null;
  /**
   * Takes a protected photo, its key or a clinic's identity file, in any order. What fits exactly is restored at once.
   */
  readonly addFiles: (files: readonly File[]) => Promise<void>;
  readonly setKey: (key: PrivacyKey) => Promise<void>;
  readonly unlock: (passphrase: string) => Promise<void>;
  readonly setMode: (mode: RestoreMode) => void;
  /** @param options - what differs from the chosen mode */
  readonly restore: (options?: Partial<RestoreOptions>) => Promise<void>;
  readonly cancel: () => void;
  readonly reset: () => void;
}

const initial = {
  photo: null,
  summary: null,
  key: null,
  locked: null,
  unlocking: false,
  mode: 'auto',
  running: false,
  need: 'nothing',
  progress: null,
  problem: null,
  result: null,
} as const;

export type RestoreStore = ReturnType<typeof createRestoreStore>;

export function createRestoreStore(engine: Engine, models: ModelsStore) {
  let job = new AbortController();

  return create<Restore>()((set, get) => {
    /** What was made of another photo or key must not stand beside this one. */
    function dropResult(): void {
      job.abort();
      set({ result: null, problem: null, progress: null, running: false });
    }

    async function addPhoto(file: File): Promise<void> {
      const photo = await readSource(file, 'protected');
      dropResult();
      set({ photo, summary: null });
      const summary = await engine.summarise(photo);
      if (get().photo === photo) set({ summary });
    }

    function holdKey(key: PrivacyKey): void {
      dropResult();
      get().key?.key.fill(0);
      set({ key, locked: null });
    }

    async function addKeyFile(file: SourceFile): Promise<void> {
      const { locked } = get();
      const read = await readKeyFile(file);
      if (read.kind === 'key') holdKey(read.key);
      else if (read.kind === 'locked') {
        dropResult();
        get().key?.key.fill(0);
        set({ locked: read.locked, key: null });
      } else if (locked) {
        const key = await unlockWithIdentity(locked, read.file.bytes, null);
        if (get().locked === locked) holdKey(key);
      }
    }

    /** Whether the sealed original comes back by itself: the photo says it has one, and names this key. */
    function isExact(mode: RestoreMode): boolean {
      const { key, summary } = get();
      return mode === 'auto' && key !== null && summary?.kind === 'sealed' && summary.keyId === key.id;
    }

    async function startIfFitting(): Promise<void> {
      const { photo, running, problem, result, mode } = get();
      if (photo && !running && !problem && !result && isExact(mode)) await get().restore();
    }

    return {
      ...initial,

      async addFiles(files) {
        let problem: Problem | null = null;
        for (const file of files) {
          try {
            const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
            if (isPhoto(head)) await addPhoto(file);
            else await addKeyFile(await readSource(file, 'key'));
          } catch (error) {
            problem ??= toProblem(error);
          }
        }
        // The next file must not wipe away what is wrong with the one before.
        if (problem) set({ problem });
        await startIfFitting();
      },

      async setKey(key) {
        holdKey(key);
        await startIfFitting();
      },

      async unlock(passphrase) {
        const { locked } = get();
        if (!locked) return;
        set({ unlocking: true, problem: null });
        try {
          const key = await unlockWithPassphrase(locked, passphrase);
          if (get().locked === locked) holdKey(key);
        } catch (error) {
          set({ problem: toProblem(error) });
        }
        set({ unlocking: false });
        await startIfFitting();
      },

      setMode: (mode) => set({ mode }),

      async restore(options = {}) {
        const { photo, key, mode } = get();
        if (!photo || !key) return;
        job.abort();
        job = new AbortController();
        const { signal } = job;
        const wanted = { mode, allowWrongKey: false, ...options };
        const need = isExact(wanted.mode) ? 'nothing' : 'all';
        set({ running: true, need, progress: null, problem: null, result: null });
        const onNews = (news: JobNews): void => {
          if (!signal.aborted) set({ progress: withNews(get().progress, news) });
        };
        try {
          await whenReady(models, need, signal);
          const result = await engine.restore(photo, key.key, wanted, onNews, signal);
          if (!signal.aborted) set({ result, running: false });
        } catch (error) {
          // Another run, photo or key has taken the place of this one.
          if (job.signal === signal) set({ problem: toProblem(error), running: false });
        }
      },

      cancel: () => job.abort(),

      reset() {
        job.abort();
        const { key } = get();
        key?.key.fill(0);
        set(initial);
      },
    };
  });
}
