import { create } from 'zustand';
import { thumbnailOf, type Engine } from '../engine/worker/client';
import type { Pixels } from '../engine/types';
import { unshared } from '../bytes';
import type { PrivacyKey } from '../record/types';
import type { ContentsEntry } from '../record/contents';
import { protectedEntry } from './contents';
import { firstChoice } from './hiding';
import { copyOf, describeKey } from './made-key';
import { whenReady, type ModelsStore } from './models';
import { defaultOutput } from './output';
import { isSaveable } from './protection';
import { toProblem, type Problem } from './problem';
import { purposes, type PurposeSettings } from './purpose';
import { readPhoto } from './source';
import { isKeySaved, type VisitKeyStore } from './visit-key';

export type BatchItemState =
  'waiting' | 'working' | 'done' | 'doubtful' | 'covered' | 'unprotected' | 'failed';

export interface BatchItem {
  readonly id: number;
  readonly file: File;
  readonly state: BatchItemState;
  readonly problem: Problem | null;
  /** The protected photo, which the browser may keep on disk. */
  readonly output: { readonly name: string; readonly blob: Blob; readonly entry: ContentsEntry } | null;
  /** The finished picture, small. */
  readonly thumbnail: Pixels | null;
}

export interface Batch {
  readonly items: readonly BatchItem[];
  readonly running: boolean;
  /** The one key of all that is done, whatever becomes of the visit's key. */
  readonly key: PrivacyKey | null;
  readonly keySaved: boolean;
  /** Whether photos that the key opens are out of this page. */
  readonly keyNeeded: boolean;
  readonly zipSaved: boolean;
  readonly add: (files: readonly File[]) => void;
  readonly remove: (id: number) => void;
  readonly retry: (id: number) => Promise<void>;
  readonly purpose: PurposeSettings;
  readonly setPurpose: (settings: PurposeSettings) => void;
  /** Protects all that wait, one after the other. */
  readonly run: () => Promise<void>;
  /** Ends the photo in work; it waits again. What is done stays. */
  readonly cancel: () => void;
  readonly markZipSaved: () => void;
  readonly markKeySaved: () => void;
  readonly reset: () => void;
}

const initial = {
  items: [],
  running: false,
  key: null,
  keySaved: false,
  keyNeeded: false,
  purpose: purposes.signs,
  zipSaved: false,
} as const;

export type BatchStore = ReturnType<typeof createBatchStore>;

/** Many photos of one visit under one key. At any time at most one of them is decoded. */
export function createBatchStore(engine: Engine, models: ModelsStore, visitKey: VisitKeyStore) {
  let nextId = 0;
  let job = new AbortController();

  return create<Batch>()((set, get) => {
    function update(id: number, changed: Partial<BatchItem>): void {
      set({ items: get().items.map((item) => (item.id === id ? { ...item, ...changed } : item)) });
    }

    /** Before the first photo is done: the visit's key if there is one, else the one that photo was given. */
    async function keepKey(drawn: Uint8Array, signal: AbortSignal): Promise<void> {
      const described = get().key ? null : await describeKey(drawn);
      drawn.fill(0);
      signal.throwIfAborted();
      if (!described) return;
      const visit = visitKey.getState();
      if (visit.key === null) visit.adopt(copyOf(described), false, 'needed');
      const same = visitKey.getState().key?.id === described.id;
      visit.need(described.id);
      set({ key: described, keySaved: same && visitKey.getState().saved });
    }

    async function protectOne({ id, file }: BatchItem, signal: AbortSignal): Promise<void> {
      update(id, { state: 'working', problem: null });
      try {
        const source = await readPhoto(file);
        const session = await engine.open(source, () => undefined, signal);
        const { inspection } = session;
        const choice = firstChoice(session);
        if (choice.faces.length + choice.areas.length === 0) {
          update(id, { state: 'failed', problem: { code: 'no-face', values: {} } });
          return;
        }
        const output = defaultOutput(inspection, source.bytes.length);
        const key = get().key?.key ?? visitKey.getState().key?.key;
        const options = { ...choice, ...get().purpose, output, ...(key ? { key } : {}) };
        const result = await session.protect(options, () => undefined, signal);
        signal.throwIfAborted();
        const { verdict } = result.proof;
        if (!isSaveable(result.proof)) {
          update(id, { state: 'unprotected' });
          return;
        }
        await keepKey(result.key, signal);
        const blob = new Blob([unshared(result.file.bytes)], { type: result.mime });
        const state = verdict === 'protected' ? 'done' : verdict === 'covered' ? 'covered' : 'doubtful';
        const thumbnail = thumbnailOf(result.preview);
        const entry = await protectedEntry(result, source.bytes);
        update(id, { state, output: { name: result.file.name, blob, entry }, thumbnail });
      } catch (error) {
        const problem = toProblem(error);
        update(id, problem ? { state: 'failed', problem } : { state: 'waiting' });
      }
    }

    return {
      ...initial,

      add(files) {
        const added = files.map((file): BatchItem => ({
          id: nextId++,
          file,
          state: 'waiting',
          problem: null,
          output: null,
          thumbnail: null,
        }));
        set({ items: [...get().items, ...added], zipSaved: false });
      },

      remove: (id) => set({ items: get().items.filter((item) => item.id !== id) }),

      async retry(id) {
        update(id, { state: 'waiting', problem: null });
        await get().run();
      },

      setPurpose: (purpose) => set({ purpose }),

      async run() {
        if (get().running) return;
        job = new AbortController();
        const { signal } = job;
        set({ running: true });
        try {
          await whenReady(models, 'all', signal);
          for (;;) {
            const next = get().items.find(({ state }) => state === 'waiting');
            if (!next || signal.aborted) break;
            set({ zipSaved: false });
            await protectOne(next, signal);
          }
        } catch {
          // Cancelled while the networks were on their way: everything still waits.
        }
        if (job.signal === signal) set({ running: false });
      },

      cancel: () => job.abort(),
      markZipSaved: () => set({ zipSaved: true, keyNeeded: true }),

      markKeySaved() {
        const id = get().key?.id;
        if (id !== undefined) visitKey.getState().markSaved(id);
        set({ keySaved: true });
      },

      reset() {
        job.abort();
        job = new AbortController();
        const { key, keySaved, keyNeeded } = get();
        const visit = visitKey.getState();
        if (key && keyNeeded && !isKeySaved(key, keySaved, visit)) visit.takeOver(key);
        key?.key.fill(0);
        set(initial);
      },
    };
  });
}
