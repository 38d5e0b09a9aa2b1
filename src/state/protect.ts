import { create } from 'zustand';
import type { FaceView, Inspection, OutputOptions, ProtectResult, StepProgress } from '../engine/api';
import { describeKey } from './describe-key';
import { engine, heldPhoto } from './engine';
import type { Point, SourceFile } from '../engine/types';
import { networksReady } from './models';
import { defaultOutput } from './output';
import { toProblem, type Problem } from './problem';
import { readableSource } from './source';
import { useVisitKey } from './visit-key';

export type ProtectStage = 'empty' | 'opening' | 'ready' | 'protecting' | 'done';

export interface ProtectSettings {
  readonly signThreshold: number;
  readonly keepBothEyes: boolean;
  readonly output: OutputOptions;
}

interface Protect {
  readonly stage: ProtectStage;
  readonly source: SourceFile | null;
  /** Blob address of the chosen photo, to show it. */
  readonly url: string | null;
  readonly inspection: Inspection | null;
  readonly faces: readonly FaceView[];
  /** Ids of the faces to protect. */
  readonly chosen: ReadonlySet<number>;
  readonly settings: ProtectSettings;
  readonly progress: StepProgress | null;
  readonly problem: Problem | null;
  readonly result: ProtectResult | null;
  readonly photoSaved: boolean;
  readonly open: (file: File) => Promise<void>;
  readonly choose: (id: number, chosen: boolean) => void;
  readonly change: (settings: Partial<ProtectSettings>) => void;
  readonly place: (eyes: readonly [Point, Point]) => Promise<void>;
  readonly protect: () => Promise<void>;
  readonly cancel: () => void;
  readonly markPhotoSaved: () => void;
  /** Back to the settings of the same photo. */
  readonly adjust: () => void;
  readonly reset: () => void;
}

const initial = {
  stage: 'empty',
  source: null,
  url: null,
  inspection: null,
  faces: [],
  chosen: new Set<number>(),
  progress: null,
  problem: null,
  result: null,
  photoSaved: false,
} as const;

const initialSettings: ProtectSettings = {
  signThreshold: 0.5,
  keepBothEyes: false,
  output: { format: 'png', size: 'original', sealOriginal: true },
};

let job = new AbortController();
/** Id of the key that was made for the photo in work. */
let drawnKeyId: string | null = null;

function startJob(): AbortSignal {
  job.abort();
  job = new AbortController();
  return job.signal;
}

export const useProtect = create<Protect>()((set, get) => {
  const onStep = (progress: StepProgress): void => set({ progress });

  /** Opens the photo in the worker. */
  async function inspect(source: SourceFile, signal: AbortSignal): Promise<Inspection> {
    await networksReady(signal);
    const inspection = await engine.inspect(source, onStep, signal);
    heldPhoto.id = inspection.photoId;
    set({ inspection });
    return inspection;
  }

  /** The photo as the worker holds it; opened again when the worker has lost it. */
  async function current(source: SourceFile, signal: AbortSignal): Promise<Inspection> {
    const { inspection, faces } = get();
    if (inspection && inspection.photoId === heldPhoto.id) return inspection;
    const again = await inspect(source, signal);
    for (const face of faces) {
      const eyes = placedEyes.get(face.id);
      if (face.origin === 'placed' && eyes) await engine.placeFace(again.photoId, eyes);
    }
    return again;
  }

  return {
    ...initial,
    settings: initialSettings,

    async open(file) {
      const signal = startJob();
      get().reset();
      set({ stage: 'opening', url: URL.createObjectURL(file) });
      try {
        const source = await readableSource(file);
        set({ source });
        const inspection = await inspect(source, signal);
        const { width, height, faces } = inspection;
        set({
          stage: 'ready',
          faces,
          chosen: new Set(faces.filter(({ tooSmall }) => !tooSmall).map(({ id }) => id)),
          settings: { ...get().settings, output: defaultOutput(width * height, source.bytes.length) },
          problem: faces.length === 0 ? { code: 'no-face', values: {} } : null,
        });
      } catch (error) {
        if (signal.aborted) return;
        get().reset();
        set({ problem: toProblem(error) });
      }
    },

    choose(id, chosen) {
      const next = new Set(get().chosen);
      if (chosen) next.add(id);
      else next.delete(id);
      set({ chosen: next });
    },

    change: (settings) => set({ settings: { ...get().settings, ...settings } }),

    async place(eyes) {
      const { source, faces, chosen } = get();
      if (!source) return;
      try {
        const { photoId } = await current(source, job.signal);
        const face = await engine.placeFace(photoId, eyes);
        placedEyes.set(face.id, eyes);
        const ids = face.tooSmall ? chosen : new Set([...chosen, face.id]);
        set({ faces: [...faces, face], chosen: ids, problem: null });
      } catch (error) {
        set({ problem: toProblem(error) });
      }
    },

    async protect() {
      const { source, chosen, settings } = get();
      if (!source) return;
      const signal = startJob();
      set({ stage: 'protecting', progress: null, problem: null });
      try {
        const { photoId } = await current(source, signal);
        const visit = useVisitKey.getState();
        // A key drawn for this photo and not saved yet is drawn again with the new settings.
        const redraw = visit.key?.id === drawnKeyId && !visit.saved;
        const key = redraw ? undefined : visit.key?.key;
        const options = { ...settings, faces: [...chosen], ...(key ? { key } : {}) };
        const result = await engine.protect(photoId, options, onStep, signal);
        if (result.proof.verdict === 'protected' && visit.key?.id !== result.keyId) {
          visit.adopt(await describeKey(result.key), false);
          drawnKeyId = result.keyId;
        }
        set({ stage: 'done', result, photoSaved: false });
      } catch (error) {
        heldPhoto.id = null;
        if (get().source === source) set({ stage: 'ready', problem: toProblem(error) });
      }
    },

    cancel() {
      job.abort();
      if (get().stage === 'opening') get().reset();
    },

    markPhotoSaved: () => set({ photoSaved: true }),

    adjust: () => set({ stage: 'ready', result: null, photoSaved: false }),

    reset() {
      const { url } = get();
      if (url) URL.revokeObjectURL(url);
      placedEyes.clear();
      drawnKeyId = null;
      set({ ...initial, settings: initialSettings });
    },
  };
});

/** Eyes placed by hand, by face id, to place them again in a new worker. */
const placedEyes = new Map<number, readonly [Point, Point]>();
