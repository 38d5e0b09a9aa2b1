import { create } from 'zustand';
import { describeKey } from './describe-key';
import { engine, heldPhoto } from './engine';
import { networksReady } from './models';
import { defaultOutput } from './output';
import { toProblem, type Problem } from './problem';
import { readableSource } from './source';
import { useVisitKey } from './visit-key';

export type BatchItemState = 'waiting' | 'working' | 'done' | 'recognised' | 'failed';

export interface BatchItem {
  readonly id: number;
  readonly file: File;
  readonly state: BatchItemState;
  readonly problem: Problem | null;
  /** Faces too small to protect, which stay as they are. */
  readonly others: number;
  /** The protected photo, which the browser may keep on disk. */
  readonly output: { readonly name: string; readonly blob: Blob } | null;
}

interface Batch {
  readonly items: readonly BatchItem[];
  readonly running: boolean;
  readonly keepBothEyes: boolean;
  readonly signThreshold: number;
  readonly zipSaved: boolean;
  readonly add: (files: readonly File[]) => void;
  readonly remove: (id: number) => void;
  readonly retry: (id: number) => Promise<void>;
  readonly setKeepBothEyes: (keep: boolean) => void;
  readonly setSignThreshold: (threshold: number) => void;
  /** Protects all that wait, one after the other. */
  readonly run: () => Promise<void>;
  /** Ends the photo in work; it waits again. What is done stays. */
  readonly cancel: () => void;
  readonly markZipSaved: () => void;
  readonly reset: () => void;
}

const initial = {
  items: [],
  running: false,
  keepBothEyes: false,
  signThreshold: 0.5,
  zipSaved: false,
} as const;

let nextId = 0;
let job = new AbortController();

/** Many photos of one visit under one key. At any time at most one of them is decoded. */
export const useBatch = create<Batch>()((set, get) => {
  function update(id: number, changed: Partial<BatchItem>): void {
    set({ items: get().items.map((item) => (item.id === id ? { ...item, ...changed } : item)) });
  }

  async function protectOne({ id, file }: BatchItem, signal: AbortSignal): Promise<void> {
    update(id, { state: 'working', problem: null });
    try {
      const source = await readableSource(file);
      const inspection = await engine.inspect(source, () => undefined, signal);
      const faces = inspection.faces.filter(({ tooSmall }) => !tooSmall).map((face) => face.id);
      if (faces.length === 0) {
        const code = inspection.faces.length === 0 ? 'no-face' : 'face-too-small';
        update(id, { state: 'failed', problem: { code, values: {} } });
        return;
      }
      const { signThreshold, keepBothEyes } = get();
      const output = defaultOutput(inspection.width * inspection.height, source.bytes.length);
      const visit = useVisitKey.getState();
      const key = visit.key ? { key: visit.key.key } : {};
      const options = { faces, signThreshold, keepBothEyes, output, ...key };
      const result = await engine.protect(inspection.photoId, options, () => undefined, signal);
      if (result.proof.verdict === 'recognised') {
        update(id, { state: 'recognised' });
        return;
      }
      if (!visit.key) visit.adopt(await describeKey(result.key), false);
      const blob = new Blob([result.file.bytes.slice()], { type: result.mime });
      const others = inspection.faces.length - faces.length;
      update(id, { state: 'done', others, output: { name: result.file.name, blob } });
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
        others: 0,
        output: null,
      }));
      set({ items: [...get().items, ...added], zipSaved: false });
    },

    remove: (id) => set({ items: get().items.filter((item) => item.id !== id) }),

    async retry(id) {
      update(id, { state: 'waiting', problem: null });
      await get().run();
    },

    setKeepBothEyes: (keepBothEyes) => set({ keepBothEyes }),
    setSignThreshold: (signThreshold) => set({ signThreshold }),

    async run() {
      if (get().running) return;
      job = new AbortController();
      const { signal } = job;
      heldPhoto.id = null;
      set({ running: true });
      try {
        await networksReady(signal);
        for (;;) {
          const next = get().items.find(({ state }) => state === 'waiting');
          if (!next || signal.aborted) break;
          set({ zipSaved: false });
          await protectOne(next, signal);
        }
      } catch {
        // Cancelled while the networks were on their way: everything still waits.
      }
      set({ running: false });
    },

    cancel: () => job.abort(),
    markZipSaved: () => set({ zipSaved: true }),
    reset: () => set(initial),
  };
});
