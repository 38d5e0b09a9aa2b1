import { create } from 'zustand';
import { toProblem, type Problem } from './problem';
import { readSource } from './source';

interface Clinic {
  /** `AGE-SECRET-KEY-1…`, in this page's memory only. */
  readonly identity: string | null;
  /** `age1…`, what patients lock their keys with. */
  readonly recipient: string | null;
  /** An identity file that wants its passphrase. */
  readonly lockedFile: Uint8Array | null;
  readonly saved: boolean;
  readonly problem: Problem | null;
  readonly make: () => Promise<void>;
  readonly open: (file: File) => Promise<void>;
  readonly unlock: (passphrase: string) => Promise<void>;
  /** The identity file's bytes; locked unless the passphrase is empty. */
  readonly write: (passphrase: string) => Promise<Uint8Array | null>;
  readonly close: () => void;
}

const initial = { identity: null, recipient: null, lockedFile: null, saved: false, problem: null } as const;

/** A clinic's identity, which opens the keys that patients lock for it. */
export const useClinic = create<Clinic>()((set, get) => {
  const record = () => import('../record/identity');

  async function hold(identity: string | undefined, saved: boolean): Promise<void> {
    if (identity === undefined) return;
    const { recipientOf } = await record();
    set({ ...initial, identity, recipient: await recipientOf(identity), saved });
  }

  async function read(file: Uint8Array, passphrase: string | null): Promise<void> {
    try {
      const [identity] = await (await record()).readIdentities(file, passphrase);
      await hold(identity, true);
    } catch (error) {
      const problem = toProblem(error);
      if (problem?.code === 'key-locked') set({ lockedFile: file, problem: null });
      else set({ problem });
    }
  }

  return {
    ...initial,

    async make() {
      await hold(await (await record()).createIdentity(), false);
    },

    async open(file) {
      await read((await readSource(file)).bytes, null);
    },

    async unlock(passphrase) {
      const { lockedFile } = get();
      if (lockedFile) await read(lockedFile, passphrase);
    },

    async write(passphrase) {
      const { identity } = get();
      if (identity === null) return null;
      const { writeIdentity, writeIdentityWithPassphrase } = await record();
      const now = new Date();
      const bytes =
        passphrase === ''
          ? await writeIdentity(identity, now)
          : await writeIdentityWithPassphrase(identity, now, passphrase);
      set({ saved: true });
      return bytes;
    },

    close: () => set(initial),
  };
});
