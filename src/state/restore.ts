import { create } from 'zustand';
import type { ProtectedSummary, RestoreOptions, RestoreResult, StepProgress } from '../engine/api';
import { engine, heldPhoto } from './engine';
import type { SourceFile } from '../engine/types';
import type { PrivacyKey } from '../record/types';
import { looksLikeImage } from './image-magic';
import { readKeyFile, unlockWithIdentity, unlockWithPassphrase, type LockedKey } from './key-reader';
import { networksReady } from './models';
import { toProblem, type Problem } from './problem';
import { readSource } from './source';

export type RestoreMode = RestoreOptions['mode'];

interface Restore {
  readonly photo: SourceFile | null;
  readonly url: string | null;
  readonly summary: ProtectedSummary | null;
  readonly key: PrivacyKey | null;
  readonly locked: LockedKey | null;
  readonly unlocking: boolean;
  readonly mode: RestoreMode;
  readonly running: boolean;
  readonly progress: StepProgress | null;
  readonly problem: Problem | null;
  readonly result: RestoreResult | null;
  /** Takes a protected photo, its key or a clinic's identity file, in any order. */
  readonly addFiles: (files: readonly File[]) => Promise<void>;
  readonly setKey: (key: PrivacyKey) => void;
  readonly unlock: (passphrase: string) => Promise<void>;
  readonly setMode: (mode: RestoreMode) => void;
  /** @param options - what differs from the chosen mode */
  readonly restore: (options?: Partial<RestoreOptions>) => Promise<void>;
  readonly cancel: () => void;
  readonly reset: () => void;
}

const initial = {
  photo: null,
  url: null,
  summary: null,
  key: null,
  locked: null,
  unlocking: false,
  mode: 'auto',
  running: false,
  progress: null,
  problem: null,
  result: null,
} as const;

let job = new AbortController();

export const useRestore = create<Restore>()((set, get) => {
  async function addPhoto(file: File, photo: SourceFile): Promise<void> {
    const { url } = get();
    if (url) URL.revokeObjectURL(url);
    set({ photo, url: URL.createObjectURL(file), summary: null, result: null, problem: null });
    const summary = await engine.summarise(photo);
    if (get().photo === photo) set({ summary });
  }

  async function addKeyFile(file: SourceFile): Promise<void> {
    const { locked } = get();
    const read = await readKeyFile(file);
    if (read.kind === 'key') get().setKey(read.key);
    else if (read.kind === 'locked') set({ locked: read.locked, key: null, problem: null });
    else if (locked) get().setKey(await unlockWithIdentity(locked, read.file.bytes, null));
  }

  return {
    ...initial,

    async addFiles(files) {
      for (const file of files) {
        try {
          const source = await readSource(file);
          if (looksLikeImage(source.bytes)) await addPhoto(file, source);
          else await addKeyFile(source);
        } catch (error) {
          set({ problem: toProblem(error) });
        }
      }
    },

    setKey: (key) => set({ key, locked: null, result: null, problem: null }),

    async unlock(passphrase) {
      const { locked } = get();
      if (!locked) return;
      set({ unlocking: true, problem: null });
      try {
        get().setKey(await unlockWithPassphrase(locked, passphrase));
      } catch (error) {
        set({ problem: toProblem(error) });
      } finally {
        set({ unlocking: false });
      }
    },

    setMode: (mode) => set({ mode }),

    async restore(options = {}) {
      const { photo, key, mode } = get();
      if (!photo || !key) return;
      job = new AbortController();
      const { signal } = job;
      heldPhoto.id = null;
      set({ running: true, progress: null, problem: null, result: null });
      try {
        await networksReady(signal);
        const wanted = { mode, allowWrongKey: false, ...options };
        const onStep = (progress: StepProgress): void => set({ progress });
        const result = await engine.restore(photo, key.key, wanted, onStep, signal);
        if (get().photo === photo) set({ result });
      } catch (error) {
        set({ problem: toProblem(error) });
      } finally {
        set({ running: false });
      }
    },

    cancel: () => job.abort(),

    reset() {
      const { url, key } = get();
      if (url) URL.revokeObjectURL(url);
      key?.key.fill(0);
      set(initial);
    },
  };
});
