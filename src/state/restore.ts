import { create } from 'zustand';
import { RofiError } from '../errors';
import type { JobNews, Need, RestoreOptions, RestoreResult } from '../engine/api';
import { thumbnailOf, type Engine } from '../engine/worker/client';
import type { SourceFile } from '../engine/types';
import type { PrivacyKey } from '../record/types';
import { readKeyFile, unlockWithIdentity, unlockWithPassphrase, type LockedKey } from './key-reader';
import { whenReady, type ModelsStore } from './models';
import { toProblem, type Problem } from './problem';
import { withNews, type Progress } from './progress';
import { keyFromText, qrInImage } from './qr-reader';
import { RestorePictures } from './restore-pictures';
import { keysFor, restoredFrom, smallOf, standingOf, type RestorePhoto } from './restore-photo';
import { isPhoto, readSource } from './source';

export interface Restore {
  /** In the order in which they came. */
  readonly photos: readonly RestorePhoto[];
  /** Keys that are open, each once. */
  readonly keys: readonly PrivacyKey[];
  /** Key files that are still locked. */
  readonly locked: readonly LockedKey[];
  readonly unlocking: boolean;
  readonly running: boolean;
  /** What the photo in work needs to be here first. */
  readonly need: Need;
  readonly progress: Progress | null;
  /** What is wrong with the files that came, or with a key. */
  readonly problem: Problem | null;
  readonly zipSaved: boolean;
  /**
   * Takes protected photos, their keys and a clinic's identity file, in any order. What fits exactly is restored at once.
   */
  readonly addFiles: (files: readonly File[]) => Promise<void>;
  readonly setKey: (key: PrivacyKey) => Promise<void>;
  /** Tries a passphrase on the key that waits for one. */
  readonly unlock: (passphrase: string) => Promise<void>;
  /** Restores one photo in a way that is not taken without asking. */
  readonly restore: (id: number, options: RestoreOptions) => Promise<void>;
  readonly remove: (id: number) => void;
  /** Ends the photo in work; it waits again. */
  readonly cancel: () => void;
  readonly markZipSaved: () => void;
  readonly reset: () => void;
}

const initial = {
  photos: [],
  keys: [],
  locked: [],
  unlocking: false,
  running: false,
  need: 'nothing',
  progress: null,
  problem: null,
  zipSaved: false,
} as const;

export type RestoreStore = ReturnType<typeof createRestoreStore>;

/** Protected photos and the keys that open them. What comes back exactly comes back by itself. */
export function createRestoreStore(engine: Engine, models: ModelsStore) {
  let nextId = 0;
  let job = new AbortController();
  /** Opens the keys that are locked for a clinic, for as long as this visit lasts. */
  let identity: SourceFile | null = null;
  /** Photos whose run the person ended: they start again only when asked. */
  let ended = new Set<number>();

  return create<Restore>()((set, get) => {
    function update(id: number, changed: Partial<RestorePhoto>): void {
      set({ photos: get().photos.map((photo) => (photo.id === id ? { ...photo, ...changed } : photo)) });
    }

    const pictures = new RestorePictures(engine, {
      photos: () => get().photos,
      keys: () => get().keys,
      update,
    });

    const find = (id: number): RestorePhoto | undefined => get().photos.find((photo) => photo.id === id);

    async function addPhoto(file: File): Promise<void> {
      const source = await readSource(file, 'protected');
      const id = nextId++;
      const photo: RestorePhoto = {
        id,
        file,
        summary: null,
        glance: undefined,
        state: 'reading',
        problem: null,
        restored: null,
      };
      set({ photos: [...get().photos, photo] });
      try {
        const summary = await engine.summarise(source);
        const key = summary.kind === 'no-record' ? await keyOn(file) : null;
        if (key) {
          set({ photos: get().photos.filter((other) => other.id !== id) });
          holdKey(key);
          return;
        }
        // Without a record nothing else would say that a file is no picture.
        const glance = summary.kind === 'no-record' ? await engine.glance(source) : undefined;
        const preview = glance?.preview && thumbnailOf(glance.preview);
        update(id, { summary, state: 'waiting', glance: glance && { ...glance, preview: preview ?? null } });
      } catch (error) {
        const problem = toProblem(error);
        update(id, { state: 'failed', problem });
      }
    }

    function holdKey(key: PrivacyKey): void {
      const known = get().keys.some(({ id }) => id === key.id);
      if (known) {
        key.key.fill(0);
        return;
      }
      // What no key before fitted may fit this one.
      const photos = get().photos.map((photo) =>
        photo.problem?.code === 'key-fits-nowhere'
          ? { ...photo, state: 'waiting' as const, problem: null }
          : photo,
      );
      set({ keys: [...get().keys, key], photos });
    }

    function holdLocked(locked: LockedKey): void {
      set({ locked: [...get().locked, locked] });
    }

    /** The key has been opened, unless it went away meanwhile. */
    function opened(locked: LockedKey, key: PrivacyKey): void {
      if (!get().locked.includes(locked)) {
        key.key.fill(0);
        return;
      }
      set({ locked: get().locked.filter((other) => other !== locked) });
      holdKey(key);
    }

    async function addKeyFile(file: SourceFile): Promise<void> {
      const read = await readKeyFile(file);
      if (read.kind === 'key') holdKey(read.key);
      else if (read.kind === 'locked') holdLocked(read.locked);
      else {
        identity?.bytes.fill(0);
        identity = read.file;
      }
    }

    /** Opens with the identity at hand what is locked for clinics. @returns what is wrong with it, if anything */
    async function openWithIdentity(): Promise<Problem | null> {
      let problem: Problem | null = null;
      for (const locked of get().locked.filter(({ by }) => by === 'recipient')) {
        if (identity === null) break;
        try {
          opened(locked, await unlockWithIdentity(locked, identity.bytes, null));
        } catch (error) {
          problem = toProblem(error);
        }
      }
      if (problem) {
        identity?.bytes.fill(0);
        identity = null;
      }
      return problem;
    }

    const nextExact = (): RestorePhoto | undefined =>
      get().photos.find((photo) => standingOf(photo, get().keys) === 'exact' && !ended.has(photo.id));

    /** A key that the photo names decides; where it names none they are tried one after the other. */
    async function restoreWithKeys(
      photo: RestorePhoto,
      options: RestoreOptions,
      signal: AbortSignal,
    ): Promise<{ readonly result: RestoreResult; readonly keyId: string }> {
      const source = await readSource(photo.file, 'protected');
      const fitting = keysFor(photo, get().keys);
      const keys = fitting.length > 0 ? fitting : get().keys.slice(-1);
      const onNews = (news: JobNews): void => {
        if (!signal.aborted) set({ progress: withNews(get().progress, news) });
      };
      let failure: unknown = new RofiError('key-fits-nowhere');
      for (const { key, id } of keys) {
        try {
          return { result: await engine.restore(source, key, options, onNews, signal), keyId: id };
        } catch (error) {
          failure = error;
          if (!(error instanceof RofiError) || error.code !== 'key-fits-nowhere') break;
        }
      }
      throw failure;
    }

    async function runOne(photo: RestorePhoto, options: RestoreOptions, signal: AbortSignal): Promise<void> {
      const exact = options.mode === 'auto' && standingOf(photo, get().keys) === 'exact';
      const need = exact ? 'nothing' : 'all';
      update(photo.id, { state: 'working', problem: null });
      set({ need, progress: null, zipSaved: false });
      try {
        await whenReady(models, need, signal);
        const { result, keyId } = await restoreWithKeys(photo, options, signal);
        signal.throwIfAborted();
        // A list of many keeps only what it shows.
        const restored = restoredFrom(result, keyId);
        update(photo.id, {
          state: 'done',
          restored: get().photos.length > 1 ? smallOf(restored) : restored,
        });
      } catch (error) {
        const problem = toProblem(error);
        if (!problem) ended.add(photo.id);
        update(photo.id, problem ? { state: 'failed', problem } : { state: 'waiting' });
      }
    }

    /** Restores all that comes back by itself, one after the other; what the pictures show comes after that. */
    async function runAll(): Promise<void> {
      if (get().running) return;
      if (nextExact()) await runExact();
      void pictures.run();
    }

    async function runExact(): Promise<void> {
      job = new AbortController();
      const { signal } = job;
      set({ running: true });
      for (let photo = nextExact(); photo && !signal.aborted; photo = nextExact()) {
        await runOne(photo, { mode: 'auto', allowWrongKey: false }, signal);
      }
      if (job.signal === signal) set({ running: false, progress: null });
    }

    return {
      ...initial,

      async addFiles(files) {
        let problem: Problem | null = null;
        set({ problem: null });
        for (const file of files) {
          try {
            const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
            if (isPhoto(head)) await addPhoto(file);
            else await addKeyFile(await readSource(file, 'key'));
          } catch (error) {
            problem ??= toProblem(error);
          }
        }
        problem ??= await openWithIdentity();
        // The next file must not wipe away what is wrong with the one before.
        if (problem) set({ problem });
        await runAll();
      },

      async setKey(key) {
        set({ problem: null });
        holdKey(key);
        await runAll();
      },

      async unlock(passphrase) {
        const locked = get().locked.find(({ by }) => by === 'passphrase');
        if (!locked) return;
        set({ unlocking: true, problem: null });
        try {
          opened(locked, await unlockWithPassphrase(locked, passphrase));
        } catch (error) {
          set({ problem: toProblem(error) });
        }
        set({ unlocking: false });
        await runAll();
      },

      async restore(id, options) {
        const photo = find(id);
        if (!photo || get().running || get().keys.length === 0) return;
        job = new AbortController();
        const { signal } = job;
        set({ running: true });
        await runOne(photo, options, signal);
        if (job.signal !== signal) return;
        set({ running: false, progress: null });
        if (!signal.aborted) await runAll();
      },

      remove(id) {
        if (find(id)?.state === 'working') job.abort();
        set({ photos: get().photos.filter((photo) => photo.id !== id) });
      },

      cancel: () => job.abort(),
      markZipSaved: () => set({ zipSaved: true }),

      reset() {
        job.abort();
        job = new AbortController();
        pictures.stop();
        for (const { key } of get().keys) key.fill(0);
        identity?.bytes.fill(0);
        identity = null;
        ended = new Set();
        set(initial);
      },
    };
  });
}

/** The key on a picture of a key sheet; null where a picture shows none. @throws RofiError as {@link keyFromText} does */
async function keyOn(file: File): Promise<PrivacyKey | null> {
  const text = await qrInImage(file);
  if (text === null) return null;
  return keyFromText(text).catch((error: unknown) => {
    if (error instanceof RofiError && error.code === 'not-a-key') return null;
    throw error;
  });
}
