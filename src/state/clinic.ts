import { create } from 'zustand';
import { RofiError } from '../errors';
import { attempt } from './attempt';
import { painted } from './painted';
import type { Problem } from './problem';
import { readSource } from './source';

export interface Clinic {
  /** `AGE-SECRET-KEY-1…`, in this page's memory only. */
  readonly identity: string | null;
  /** `age1…`, what patients lock their keys with. */
  readonly recipient: string | null;
  /** An identity file that wants its passphrase. */
  readonly lockedFile: Uint8Array | null;
  /** Whether the person has the identity outside this page. */
  readonly saved: boolean;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly make: () => Promise<void>;
  /** Opens an identity file. One that is open and not saved stays: patients may lock keys for it. */
  readonly open: (file: File) => Promise<void>;
  readonly unlock: (passphrase: string) => Promise<void>;
  /** The identity file's bytes; locked unless the passphrase is empty. Null when it could not be written. */
  readonly write: (passphrase: string) => Promise<Uint8Array | null>;
  readonly markSaved: () => void;
  /** Forgets the identity, be it saved or not: the person has been asked. */
  readonly close: () => void;
}

const initial = {
  identity: null,
  recipient: null,
  lockedFile: null,
  saved: false,
  busy: false,
  problem: null,
} as const;

const record = () => import('../record/identity');

export type ClinicStore = ReturnType<typeof createClinicStore>;

/** A clinic's identity, which opens the keys that patients lock for it. */
export function createClinicStore() {
  return create<Clinic>()((set, get) => {
    async function hold(identity: string | undefined, saved: boolean): Promise<void> {
      if (identity === undefined) return;
      const { recipientOf } = await record();
      const open = get();
      const another = open.identity !== null && open.identity !== identity;
      if (another && !open.saved) throw new RofiError('identity-unsaved');
      set({ ...initial, identity, recipient: await recipientOf(identity), saved });
    }

    async function read(file: Uint8Array, passphrase: string | null): Promise<void> {
      try {
        const [identity] = await (await record()).readIdentities(file, passphrase);
        await hold(identity, true);
      } catch (error) {
        if (!(error instanceof RofiError) || error.code !== 'key-locked') throw error;
        set({ lockedFile: file });
      }
    }

    return {
      ...initial,

      make: () => attempt(set, async () => hold(await (await record()).createIdentity(), false)),

      open: (file) => attempt(set, async () => read((await readSource(file, 'key')).bytes, null)),

      unlock: (passphrase) =>
        attempt(set, async () => {
          const { lockedFile } = get();
          if (lockedFile) await read(lockedFile, passphrase);
        }),

      async write(passphrase) {
        let bytes: Uint8Array | null = null;
        await attempt(set, async () => {
          const { identity } = get();
          if (identity === null) return;
          const { writeIdentity, writeIdentityWithPassphrase } = await record();
          if (passphrase !== '') await painted();
          const now = new Date();
          bytes =
            passphrase === ''
              ? await writeIdentity(identity, now)
              : await writeIdentityWithPassphrase(identity, now, passphrase);
        });
        return bytes;
      },

      markSaved: () => set({ saved: true }),
      close: () => set(initial),
    };
  });
}
