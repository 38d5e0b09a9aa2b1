import { create } from 'zustand';
import type { Engine } from '../engine/worker/client';
import type { PrivacyKey } from '../record/types';
import { attempt } from './attempt';
import { readKeyFile, unlockWithIdentity, unlockWithPassphrase, type LockedKey } from './key-reader';
import { copyOf, createPrivacyKey } from './made-key';
import type { Problem } from './problem';
import { readSource } from './source';
import { isAtRisk, type VisitKeyStore } from './visit-key';

/** Whether a photo names a key: `unknown` when it names none. */
interface FitCheck {
  readonly photo: string;
  readonly fit: 'fits' | 'differs' | 'unknown';
  readonly wantedId: string;
}

export interface Keys {
  /** A key from a file or from paper. It is looked at, and is no key for new photos: whoever gave it has it too. */
  readonly opened: PrivacyKey | null;
  readonly locked: LockedKey | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly check: FitCheck | null;
  readonly make: () => Promise<void>;
  /** Opens a key file, or with a clinic's identity file the locked key that waits. */
  readonly open: (file: File) => Promise<void>;
  readonly unlock: (passphrase: string) => Promise<void>;
  /** Takes a key that was scanned or typed. */
  readonly show: (key: PrivacyKey) => void;
  /** New photos get the opened key, because the person said so. Nothing happens while a needed key is not saved. */
  readonly useForNewPhotos: () => void;
  /** Compares the shown key with the one a protected photo asks for. */
  readonly checkPhoto: (file: File) => Promise<void>;
  /** Overwrites the shown key, be it needed or not: the person has been asked. */
  readonly close: () => void;
  /** Overwrites what was opened and leaves the visit's key. */
  readonly reset: () => void;
}

const initial = { opened: null, locked: null, busy: false, problem: null, check: null } as const;

export type KeysStore = ReturnType<typeof createKeysStore>;

/** Work with keys apart from any photo. */
export function createKeysStore(engine: Engine, visitKey: VisitKeyStore) {
  return create<Keys>()((set, get) => {
    const shown = (): PrivacyKey | null => get().opened ?? visitKey.getState().key;

    function show(key: PrivacyKey): void {
      get().opened?.key.fill(0);
      set({ opened: key, locked: null, problem: null, check: null });
    }

    return {
      ...initial,

      make: () =>
        attempt(set, async () => {
          const key = await createPrivacyKey();
          visitKey.getState().adopt(key, false, 'chosen');
        }),

      open: (file) =>
        attempt(set, async () => {
          const read = await readKeyFile(await readSource(file, 'key'));
          const { locked } = get();
          if (read.kind === 'locked') set({ locked: read.locked });
          else if (read.kind === 'key') show(read.key);
          else if (locked) show(await unlockWithIdentity(locked, read.file.bytes, null));
        }),

      unlock: (passphrase) =>
        attempt(set, async () => {
          const { locked } = get();
          if (locked) show(await unlockWithPassphrase(locked, passphrase));
        }),

      show,

      useForNewPhotos() {
        const { opened } = get();
        if (!opened || isAtRisk(visitKey.getState())) return;
        visitKey.getState().adopt(copyOf(opened), true, 'chosen');
        get().reset();
      },

      checkPhoto: (file) =>
        attempt(set, async () => {
          const key = shown();
          if (!key) return;
          const { keyId } = await engine.summarise(await readSource(file, 'protected'));
          if (shown() !== key) return;
          const fit = keyId === null ? 'unknown' : keyId === key.id ? 'fits' : 'differs';
          set({ check: { photo: file.name, fit, wantedId: keyId ?? '' } });
        }),

      close() {
        if (!get().opened) visitKey.getState().forget();
        get().reset();
      },

      reset() {
        get().opened?.key.fill(0);
        set(initial);
      },
    };
  });
}
