import { create } from 'zustand';
import type { Engine } from '../engine/worker/client';
import type { JobNews, ProtectOptions, ProtectResult } from '../engine/api';
import type { Pixels } from '../engine/types';
import { RofiError } from '../errors';
import { createKey } from '../record/key';
import { firstChoice } from './hiding';
import { whenReady, type ModelsStore } from './models';
import { toProblem, type Problem } from './problem';
import { withNews, type Progress } from './progress';
import { purposes } from './purpose';
import { readPhoto } from './source';

/** What is shown beside the original: the protected photo, what the key makes of it, or what another key does. */
export type StandView = 'protected' | 'restored' | 'wrong-key';

/** A photo shown at a table: protected, opened and attacked in front of its owner, never saved, then forgotten. */
export interface Stand {
  readonly stage: 'waiting' | 'working' | 'shown';
  readonly progress: Progress | null;
  readonly problem: Problem | null;
  readonly original: Pixels | null;
  readonly verdict: ProtectResult['proof']['verdict'] | null;
  /** What has been made so far. */
  readonly pictures: Readonly<Partial<Record<StandView, Pixels>>>;
  readonly view: StandView;
  /** Protects every face, covering what cannot be replaced, under a key of its own. */
  readonly start: (file: File) => Promise<void>;
  readonly show: (view: StandView) => Promise<void>;
  /** Ends what runs, forgets the photo and overwrites its key. */
  readonly forget: () => void;
}

const initial = {
  stage: 'waiting',
  progress: null,
  problem: null,
  original: null,
  verdict: null,
  pictures: {},
  view: 'protected',
} as const;

/** As small as a screen shows, so that nobody waits: the files go nowhere. */
const options: Omit<ProtectOptions, 'faces'> = {
  ...purposes.signs,
  output: { format: 'jpeg', size: 2048, sealOriginal: true },
};

export function createStandStore(engine: Engine, models: ModelsStore) {
  let job = new AbortController();
  let made: ProtectResult | null = null;

  return create<Stand>()((set, get) => {
    const newsOf =
      (signal: AbortSignal) =>
      (news: JobNews): void => {
        if (!signal.aborted) set({ progress: withNews(get().progress, news) });
      };

    async function open(
      { file, key }: ProtectResult,
      view: StandView,
      signal: AbortSignal,
    ): Promise<Pixels | null> {
      const wrong = view === 'wrong-key';
      const used = wrong ? createKey() : key;
      const options = { mode: wrong ? 'neural' : 'auto', allowWrongKey: wrong } as const;
      const restored = await engine.restore(file, used, options, newsOf(signal), signal);
      return restored.pictures?.preview ?? (await engine.glance(restored.file, signal)).preview;
    }

    return {
      ...initial,

      async start(file) {
        get().forget();
        const { signal } = job;
        set({ stage: 'working' });
        try {
          const source = await readPhoto(file);
          await whenReady(models, 'all', signal);
          const session = await engine.open(source, newsOf(signal), signal);
          const chosen = firstChoice(session);
          if (chosen.faces.length + chosen.areas.length === 0) throw new RofiError('no-face');
          const result = await session.protect({ ...options, ...chosen }, newsOf(signal), signal);
          signal.throwIfAborted();
          made = result;
          const { original, preview, proof } = result;
          set({
            stage: 'shown',
            progress: null,
            original,
            verdict: proof.verdict,
            pictures: { protected: preview },
          });
        } catch (error) {
          if (signal.aborted) return;
          get().forget();
          set({ problem: toProblem(error) });
        }
      },

      async show(view) {
        const { signal } = job;
        set({ view, problem: null });
        if (!made || get().pictures[view]) return;
        try {
          const picture = await open(made, view, signal);
          if (!signal.aborted && picture) set({ pictures: { ...get().pictures, [view]: picture } });
        } catch (error) {
          if (!signal.aborted) set({ problem: toProblem(error), view: 'protected' });
        }
        if (!signal.aborted) set({ progress: null });
      },

      forget() {
        job.abort();
        job = new AbortController();
        made?.key.fill(0);
        made = null;
        set(initial);
      },
    };
  });
}
