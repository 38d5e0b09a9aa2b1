import { create } from 'zustand';
import type {
  FaceView,
  Inspection,
  JobNews,
  OutputOptions,
  Proof,
  ProtectOptions,
  ProtectResult,
} from '../engine/api';
import type { Engine, PhotoSession } from '../engine/worker/client';
import type { Box, Point, SourceFile } from '../engine/types';
import type { PrivacyKey } from '../record/types';
import type { KeyLock } from './key-writer';
import { copyOf, describeKey } from './made-key';
import { whenReady, type ModelsStore } from './models';
import { defaultOutput } from './output';
import { toProblem, type Problem } from './problem';
import { withNews, type Progress } from './progress';
import { purposes } from './purpose';
import { readPhoto } from './source';
import { isKeySaved, type VisitKey, type VisitKeyStore } from './visit-key';

/** `sent`: photo and key are out of this page, and what is left is to say where they go. */
export type ProtectStage = 'empty' | 'opening' | 'ready' | 'protecting' | 'done' | 'sent';

export interface ProtectSettings {
  readonly signThreshold: number;
  readonly keepBothEyes: boolean;
  readonly output: OutputOptions;
}

/** A protection that may be saved, and the key that opens it: never another, whatever becomes of the visit's key. */
export interface Protection {
  readonly result: ProtectResult;
  /** Null where the photo may not be saved. */
  readonly key: PrivacyKey | null;
}

export interface Protect {
  readonly stage: ProtectStage;
  /** What was opened; all of one photo is in it, and goes with it. */
  readonly session: PhotoSession | null;
  readonly source: SourceFile | null;
  readonly inspection: Inspection | null;
  readonly faces: readonly FaceView[];
  /** Ids of the faces to protect. */
  readonly chosen: ReadonlySet<number>;
  /** Ids of the faces that are covered, if chosen, in place of being replaced. */
  readonly covered: ReadonlySet<number>;
  /** Areas to be covered whole, photo pixels: heads that cannot be replaced, and what was marked by hand. */
  readonly areas: readonly Box[];
  readonly settings: ProtectSettings;
  readonly placing: boolean;
  /** Protects as soon as the photo is open, unless something wants to be decided first. */
  readonly atOnce: boolean;
  readonly progress: Progress | null;
  readonly problem: Problem | null;
  readonly protection: Protection | null;
  readonly photoSaved: boolean;
  readonly keySaved: boolean;
  /** What the saved key file is locked with; null while this photo's key is not saved, or was for another photo. */
  readonly keySavedAs: KeyLock['kind'] | null;
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
  readonly markPhotoSaved: () => void;
  readonly markKeySaved: (as?: KeyLock['kind']) => void;
  /** Back to the settings of the same photo. */
  readonly adjust: () => void;
  /** To what was made, forward or back. */
  readonly showResult: () => void;
  /** To what happens with photo and key, once both are out of this page. */
  readonly finish: () => void;
  readonly reset: () => void;
}

const noProtection = { protection: null, photoSaved: false, keySaved: false, keySavedAs: null } as const;

const initial = {
  stage: 'empty',
  session: null,
  source: null,
  inspection: null,
  faces: [],
  chosen: new Set<number>(),
  covered: new Set<number>(),
  areas: [],
  placing: false,
  atOnce: false,
  progress: null,
  problem: null,
  ...noProtection,
} as const;

const initialSettings: ProtectSettings = {
  ...purposes.signs,
  output: { format: 'png', size: 'original', sealOriginal: true },
};

/** Whether a face can be covered, but not replaced. */
export function onlyCovered({ tooSmall, turned }: FaceView): boolean {
  return tooSmall || turned;
}

/** What becomes of a photo before anybody decides: small faces stay, and what can only be covered is covered. */
export function firstChoice({
  faces,
  inspection: { heads },
}: Pick<PhotoSession, 'faces' | 'inspection'>): Required<
  Pick<ProtectOptions, 'faces' | 'covered' | 'areas'>
> {
  const chosen = faces.filter(({ tooSmall }) => !tooSmall);
  const ids = ({ id }: FaceView): number => id;
  return { faces: chosen.map(ids), covered: chosen.filter(onlyCovered).map(ids), areas: heads };
}

/** How many of those who were found stay as they are. */
export function leftOut({
  inspection,
  faces,
  chosen,
  areas,
}: Pick<Protect, 'inspection' | 'faces' | 'chosen' | 'areas'>): number {
  const heads = inspection?.heads ?? [];
  return faces.length - chosen.size + heads.filter((head) => !areas.includes(head)).length;
}

/** Whether a photo that was proved so may be saved. */
export function isSaveable({ verdict }: Pick<Proof, 'verdict'>): boolean {
  return verdict === 'protected' || verdict === 'doubtful' || verdict === 'covered';
}

/** Whether something asked for cannot begin before the networks are here. */
export function wantsNetworks({ stage, placing }: Pick<Protect, 'stage' | 'placing'>): boolean {
  return stage === 'protecting' || placing;
}

/** Whether protecting would change anything. */
export function hidesSomething({ chosen, areas }: Pick<Protect, 'chosen' | 'areas'>): boolean {
  return chosen.size > 0 || areas.length > 0;
}

/** Whether something comes back from the sealed original alone. */
export function coversSomething({
  chosen,
  covered,
  areas,
}: Pick<Protect, 'chosen' | 'covered' | 'areas'>): boolean {
  return areas.length > 0 || [...chosen].some((id) => covered.has(id));
}

function whatToHide({
  chosen,
  covered,
  areas,
}: Protect): Pick<ProtectOptions, 'faces' | 'covered' | 'areas'> {
  return { faces: [...chosen], covered: [...chosen].filter((id) => covered.has(id)), areas };
}

/** Whether another face may be drawn, where one was: under a new key, so nothing that is saved may need the one before. */
export function canDrawAgain(
  { protection, photoSaved, keySaved }: Pick<Protect, 'protection' | 'photoSaved' | 'keySaved'>,
  visit: Pick<VisitKey, 'key' | 'saved' | 'use'>,
): boolean {
  if (!protection?.key || protection.result.proof.peopleTried === 0) return false;
  const fresh = visit.key?.id === protection.key.id && visit.use === 'fresh' && !visit.saved;
  return fresh && !photoSaved && !keySaved;
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

    /** Overwrites the result's own copy of its key. */
    function drop(): typeof noProtection {
      get().protection?.key?.key.fill(0);
      return noProtection;
    }

    /** The key of a protection that may be saved: the visit's where it is the same, else the one that was made. */
    async function keyOf({ key, keyId, proof }: ProtectResult, given: boolean): Promise<PrivacyKey | null> {
      if (!isSaveable(proof)) return null;
      const visit = visitKey.getState();
      if (visit.key?.id === keyId) {
        visit.need(keyId);
        return copyOf(visit.key);
      }
      const described = await describeKey(key);
      // One that was given and closed meanwhile, or met another one here, is the photo's alone.
      const free = visit.key === null || visit.use === 'fresh';
      if (!given && free) visit.adopt(copyOf(described), false, 'fresh');
      return described;
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
        const { inspection, faces } = session;
        set({
          stage: 'ready',
          session,
          inspection,
          faces,
          chosen: new Set(firstChoice(session).faces),
          covered: new Set(faces.filter(onlyCovered).map(({ id }) => id)),
          areas: inspection.heads,
          settings: { ...get().settings, output: defaultOutput(inspection, source.bytes.length) },
          problem: faces.length + inspection.heads.length === 0 ? { code: 'no-face', values: {} } : null,
        });
        const coverable = inspection.heads.length > 0 || faces.some(onlyCovered);
        const clear = faces.length > 0 && !coverable && !inspection.animated;
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

      choose(id, chosen) {
        const next = new Set(get().chosen);
        if (chosen) next.add(id);
        else next.delete(id);
        set({ chosen: next });
      },

      cover(id, covered) {
        const { faces, covered: before } = get();
        const next = new Set(before);
        if (covered) next.add(id);
        else if (!faces.some((face) => face.id === id && onlyCovered(face))) next.delete(id);
        set({ covered: next });
      },

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
          const chosen = face.tooSmall ? get().chosen : new Set([...get().chosen, face.id]);
          const covered = onlyCovered(face) ? new Set([...get().covered, face.id]) : get().covered;
          set({ placing: false, faces: session.faces, chosen, covered });
          return true;
        } catch (error) {
          if (get().session === session) set({ placing: false, problem: toProblem(error) });
          return false;
        }
      },

      async protect() {
        const { session, stage, settings, protection, photoSaved, keySaved, keySavedAs } = get();
        if (!session || stage === 'opening' || stage === 'protecting') return;
        const signal = startJob();
        const visit = visitKey.getState();
        // A key that was made for this photo and has gone nowhere with it gives way to a new one.
        const replaceable = visit.use === 'fresh' && !visit.saved;
        const kept = protection?.key && (photoSaved || keySaved) ? protection.key : null;
        const key = (kept ?? (replaceable ? null : visit.key))?.key.slice();
        set({ stage: 'protecting', progress: null, problem: null, placing: false });
        try {
          await whenReady(models, 'all', signal);
          const options = { ...settings, ...whatToHide(get()), ...(key ? { key } : {}) };
          const result = await session.protect(options, newsOf(signal), signal);
          signal.throwIfAborted();
          const made = { result, key: await keyOf(result, key !== undefined) };
          if (signal.aborted) return;
          const sameKey = made.key !== null && made.key.id === protection?.key?.id;
          set({
            ...drop(),
            stage: 'done',
            protection: made,
            keySaved: sameKey && keySaved,
            keySavedAs: sameKey ? keySavedAs : null,
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

      markPhotoSaved() {
        const id = get().protection?.key?.id;
        if (id !== undefined) visitKey.getState().need(id);
        set({ photoSaved: true });
        get().finish();
      },

      markKeySaved(as = 'none') {
        const id = get().protection?.key?.id;
        if (id !== undefined) visitKey.getState().markSaved(id);
        set({ keySaved: true, keySavedAs: as });
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
