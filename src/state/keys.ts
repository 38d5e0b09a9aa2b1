import { create } from 'zustand';
import { createPrivacyKey } from './describe-key';
import { engine } from './engine';
import { readKeyFile, unlockWithIdentity, unlockWithPassphrase, type LockedKey } from './key-reader';
import { toProblem, type Problem } from './problem';
import { readSource } from './source';
import { useVisitKey } from './visit-key';

/** Whether the open key fits a photo: `unknown` when the photo does not say which key it needs. */
export interface FitCheck {
  readonly photo: string;
  readonly fit: 'fits' | 'differs' | 'unknown';
  readonly wantedId: string;
}

interface Keys {
  readonly locked: LockedKey | null;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly check: FitCheck | null;
  readonly make: () => Promise<void>;
  /** Opens a key file, or with a clinic's identity file the locked key that waits. */
  readonly open: (file: File) => Promise<void>;
  readonly unlock: (passphrase: string) => Promise<void>;
  /** Compares the open key with the one a protected photo asks for. */
  readonly checkPhoto: (file: File) => Promise<void>;
  readonly close: () => void;
}

const initial = { locked: null, busy: false, problem: null, check: null } as const;

/** Work with the visit's key apart from any photo. */
export const useKeys = create<Keys>()((set, get) => {
  async function attempt(job: () => Promise<void>): Promise<void> {
    set({ busy: true, problem: null });
    try {
      await job();
    } catch (error) {
      set({ problem: toProblem(error) });
    }
    set({ busy: false });
  }
  const visit = () => useVisitKey.getState();

  return {
    ...initial,

    make: () => attempt(async () => visit().adopt(await createPrivacyKey(), false)),

    open: (file) =>
      attempt(async () => {
        const read = await readKeyFile(await readSource(file));
        const { locked } = get();
        if (read.kind === 'locked') set({ locked: read.locked });
        else if (read.kind === 'key') visit().adopt(read.key, true);
        else if (locked) {
          visit().adopt(await unlockWithIdentity(locked, read.file.bytes, null), true);
          set({ locked: null });
        }
      }),

    unlock: (passphrase) =>
      attempt(async () => {
        const { locked } = get();
        if (!locked) return;
        visit().adopt(await unlockWithPassphrase(locked, passphrase), true);
        set({ locked: null });
      }),

    checkPhoto: (file) =>
      attempt(async () => {
        const { key } = visit();
        if (!key) return;
        const { keyId } = await engine.summarise(await readSource(file));
        const fit = keyId === null ? 'unknown' : keyId === key.id ? 'fits' : 'differs';
        set({ check: { photo: file.name, fit, wantedId: keyId ?? '' } });
      }),

    close() {
      visit().forget();
      set(initial);
    },
  };
});
