import { create } from 'zustand';
import type { JobNews, OutputOptions, Surroundings } from '../engine/api';
import type { Engine, PhotoSession } from '../engine/worker/client';
import type { Box, Point, SourceFile } from '../engine/types';
import type { PrivacyKey } from '../record/types';
import {
  firstHiding,
  leftOut,
  nobody,
  whatToHide,
  withCovered,
  withMember,
  withPlaced,
  type Hiding,
} from './hiding';
import type { KeyLock } from './key-writer';
import { whenReady, type ModelsStore } from './models';
import { defaultOutput } from './output';
import { toProblem, type Problem } from './problem';
import { withNews, type Progress } from './progress';
import { keyOf, nextKey, noProtection, type Protected } from './protection';
import { purposes } from './purpose';
import { readPhoto } from './source';
import { isKeySaved, type VisitKeyStore } from './visit-key';

/** `sent`: photo and key are out of this page, and what is left is to say where they go. */
export type ProtectStage = 'empty' | 'opening' | 'ready' | 'protecting' | 'done' | 'sent';

export interface ProtectSettings {
  readonly signThreshold: number;
  readonly keepBothEyes: boolean;
  readonly surroundings: Surroundings;
  readonly output: OutputOptions;
}

export interface Protect extends Hiding, Protected {
  readonly stage: ProtectStage;
  /** What was opened; all of one photo is in it, and goes with it. */
  readonly session: PhotoSession | null;
  readonly source: SourceFile | null;
  readonly settings: ProtectSettings;
  readonly placing: boolean;
  /** Protects as soon as the photo is open, unless something wants to be decided first. */
  readonly atOnce: boolean;
  readonly progress: Progress | null;
  readonly problem: Problem | null;
  readonly open: (file: File) => Promise<void>;
  /** Opens another picture of the same file, by its number from 0. */
  readonly openFrame: (frame: number) => Promise<void>;
  readonly protectAtOnce: () => void;
  readonly choose: (id: number, chosen: boolean) => void;
  /** Covers a face in place of replacing it, or no longer; one that cannot be replaced stays covered. */
  readonly cover: (id: number, covered: boolean) => void;
  readonly markArea: (area: Box) => void;
  readonly removeArea: (area: Box) => void;
  readonly change: (settings: Partial<ProtectSettings>) => void;
  /** Adds a face by its two eyes. @returns whether it did */
  readonly place: (eyes: readonly [Point, Point]) => Promise<boolean>;
  readonly protect: () => Promise<void>;
  readonly cancel: () => void;
  /** @param sent - given to another program, not saved */
  readonly markPhotoSaved: (sent?: boolean) => void;
  /** @param sent - given to another program, not saved */
  readonly markKeySaved: (as?: KeyLock['kind'], sent?: boolean) => void;
  /** Back to the settings of the same photo. */
  readonly adjust: () => void;
  /** To what was made, forward or back. */
  readonly showResult: () => void;
  /** To what happens with photo and key, once both are out of this page. */
  readonly finish: () => void;
  readonly reset: () => void;
}

const initial = {
  stage: 'empty',
  session: null,
  source: null,
  ...nobody,
  placing: false,
  atOnce: false,
  progress: null,
  problem: null,
  ...noProtection,
} as const;

const initialSettings: ProtectSettings = {
  ...purposes.signs,
  surroundings: 'everything',
  output: { format: 'png', size: 'original', sealOriginal: true },
};

/** Whether something asked for cannot begin before the networks are here. */
export function wantsNetworks({ stage, placing }: Pick<Protect, 'stage' | 'placing'>): boolean {
  return stage === 'protecting' || placing;
}

export type ProtectStore = ReturnType<typeof createProtectStore>;

export function createProtectStore(engine: Engine, models: ModelsStore, visitKey: VisitKeyStore) {
  let job = new AbortController();

  function startJob(): AbortSignal {
    job.abort();
    job = new AbortController();
    return job.signal;
  }

  return create<Protect>()((set, get) => {
    const newsOf =
      (signal: AbortSignal) =>
      (news: JobNews): void => {
        if (!signal.aborted) set({ progress: withNews(get().progress, news) });
      };

    /** Overwrites the result's own copy of its key. @param next - the key that comes after it */
    function drop(next: PrivacyKey | null = null): typeof noProtection {
      const { protection, keyNeeded, keySaved } = get();
      const key = protection?.key ?? null;
      const atRisk = keyNeeded && !isKeySaved(key, keySaved, visitKey.getState());
      if (key && atRisk && key.id !== next?.id) visitKey.getState().takeOver(key);
      key?.key.fill(0);
      return noProtection;
    }

    async function openSource(read: () => Promise<SourceFile>): Promise<void> {
      get().reset();
      const signal = startJob();
      set({ stage: 'opening' });
      try {
        const source = await read();
        signal.throwIfAborted();
        set({ source });
        await whenReady(models, 'all', signal);
        const session = await engine.open(source, newsOf(signal), signal);
        signal.throwIfAborted();
        const { inspection } = session;
        const hiding = firstHiding(session);
        const { faces, covered, areas } = hiding;
        set({
          stage: 'ready',
          session,
          ...hiding,
          settings: { ...get().settings, output: defaultOutput(inspection, source.bytes.length) },
          problem: faces.length + areas.length === 0 ? { code: 'no-face', values: {} } : null,
        });
        const clear = faces.length > 0 && covered.size + areas.length === 0 && !inspection.animated;
        if (get().atOnce && clear && inspection.frames === 1) await get().protect();
      } catch (error) {
        if (signal.aborted) return;
        get().reset();
        set({ problem: toProblem(error) });
      }
    }

    return {
      ...initial,
      settings: initialSettings,

      open: (file) => openSource(() => readPhoto(file)),

      async openFrame(frame) {
        const { source, stage } = get();
        if (source && stage === 'ready') await openSource(() => Promise.resolve({ ...source, frame }));
      },

      protectAtOnce: () => set({ atOnce: true }),

      choose: (id, chosen) => set({ chosen: withMember(get().chosen, id, chosen) }),
      cover: (id, covered) => set({ covered: withCovered(get(), id, covered) }),
      markArea: (area) => set({ areas: [...get().areas, area] }),
      removeArea: (area) => set({ areas: get().areas.filter((other) => other !== area) }),

      change: (settings) => set({ settings: { ...get().settings, ...settings } }),

      async place(eyes) {
        const { session, stage } = get();
        if (!session || stage !== 'ready') return false;
        const signal = startJob();
        set({ placing: true, problem: null });
        try {
          await whenReady(models, 'all', signal);
          const face = await session.place(eyes, signal);
          signal.throwIfAborted();
          set({ placing: false, faces: session.faces, ...withPlaced(get(), face) });
          return true;
        } catch (error) {
          if (get().session === session) set({ placing: false, problem: toProblem(error) });
          return false;
        }
      },

      async protect() {
        const { session, stage, settings, protection, keyNeeded, keySaved, keySavedAs, keySent } = get();
        if (!session || stage === 'opening' || stage === 'protecting') return;
        const signal = startJob();
        const key = nextKey({ protection, keyNeeded, keySaved }, visitKey.getState());
        set({ stage: 'protecting', progress: null, problem: null, placing: false });
        try {
          await whenReady(models, 'all', signal);
          const left = leftOut(get());
          const options = { ...settings, ...whatToHide(get()), ...(key ? { key } : {}) };
          const result = await session.protect(options, newsOf(signal), signal);
          signal.throwIfAborted();
          const made = { result, key: await keyOf(result, key !== undefined, visitKey), leftOut: left };
          if (signal.aborted) return;
          const sameKey = made.key !== null && made.key.id === protection?.key?.id;
          set({
            ...drop(made.key),
            stage: 'done',
            protection: made,
            keyNeeded: sameKey && keyNeeded,
            keySaved: sameKey && keySaved,
            keySavedAs: sameKey ? keySavedAs : null,
            keySent: sameKey && keySent,
          });
        } catch (error) {
          if (get().session === session && job.signal === signal) {
            set({ stage: 'ready', problem: toProblem(error) });
          }
        } finally {
          key?.fill(0);
        }
      },

      cancel() {
        job.abort();
        if (get().stage === 'opening') get().reset();
      },

      markPhotoSaved(sent = false) {
        const id = get().protection?.key?.id;
        if (id !== undefined) visitKey.getState().need(id);
        set({ photoSaved: true, keyNeeded: true, photoSent: sent || get().photoSent });
        get().finish();
      },

      markKeySaved(as = 'none', sent = false) {
        const id = get().protection?.key?.id;
        if (id !== undefined) visitKey.getState().markSaved(id);
        set({ keySaved: true, keySavedAs: as, keySent: sent || get().keySent });
        get().finish();
      },

      adjust: () => set({ stage: 'ready', problem: null }),

      showResult() {
        const { protection, stage } = get();
        if (protection && (stage === 'ready' || stage === 'sent')) set({ stage: 'done', problem: null });
      },

      finish() {
        const { protection, photoSaved, keySaved, stage } = get();
        const out = photoSaved && isKeySaved(protection?.key ?? null, keySaved, visitKey.getState());
        if (out && stage === 'done') set({ stage: 'sent' });
      },

      reset() {
        job.abort();
        const { protection } = get();
        const visit = visitKey.getState();
        const ours = visit.key !== null && visit.key.id === protection?.key?.id;
        // Nothing was saved that it opens.
        if (ours && visit.use === 'fresh' && !visit.saved) visit.forget();
        set({ ...initial, ...drop(), settings: initialSettings });
      },
    };
  });
}
