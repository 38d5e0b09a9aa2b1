import { create } from 'zustand';
import { RofiError } from '../errors';
import type { PrivacyKey } from '../record/types';
import { copyOf } from './made-key';

/**
 * What becomes of a key that is not saved: a `fresh` one was made for a photo that nobody has saved, and may give way to
 * another; a `chosen` one was made or taken by the person; a `needed` one opens a file that is out of this page, or may be.
 */
type KeyUse = 'fresh' | 'chosen' | 'needed';

export interface VisitKey {
  /** The key of this visit's photos; lives in this page's memory only. */
  readonly key: PrivacyKey | null;
  /** Whether the person has it outside this page. */
  readonly saved: boolean;
  readonly use: KeyUse;
  /** Keys of photos that were saved and are closed: they open those files, and nobody has them outside this page. */
  readonly left: readonly PrivacyKey[];
  /**
   * Makes a key the one of this visit; the key before it is overwritten.
   *
   * @throws RofiError `internal` when that one is needed and not saved
   */
  readonly adopt: (key: PrivacyKey, saved: boolean, use: KeyUse) => void;
  /** Notes that a file has left, or may leave, that this key alone opens. */
  readonly need: (id: string) => void;
  readonly markSaved: (id: string) => void;
  /** Keeps a copy of an unsaved key that a saved file needs, while the photo that held it is closed. */
  readonly takeOver: (key: PrivacyKey) => void;
  /** Overwrites the key bytes and forgets the key, be it needed or not: the person has been asked. */
  readonly forget: () => void;
  /** The same, and those that were taken over. */
  readonly forgetAll: () => void;
}

const none = { key: null, saved: false, use: 'chosen' } as const;

export type VisitKeyStore = ReturnType<typeof createVisitKeyStore>;

export function createVisitKeyStore() {
  return create<VisitKey>()((set, get) => {
    const isCurrent = (id: string): boolean => get().key?.id === id;

    /** Overwrites those that were taken over and are not to stay. */
    function leave(stays: (key: PrivacyKey) => boolean): void {
      const { left } = get();
      for (const key of left) if (!stays(key)) key.key.fill(0);
      set({ left: left.filter(stays) });
    }

    return {
      ...none,
      left: [],

      adopt(key, saved, use) {
        const before = get();
        if (before.key && !isCurrent(key.id)) {
          if (isAtRisk(before))
            throw new RofiError('internal', 'a key that a file needs would be overwritten');
          before.key.key.fill(0);
        }
        const kept = isCurrent(key.id) && before.key !== key;
        // The same key again: what is known of it stays.
        if (kept) set({ saved: before.saved || saved, use: before.use === 'needed' ? 'needed' : use });
        else set({ key, saved, use });
      },

      need: (id) => {
        if (isCurrent(id)) set({ use: 'needed' });
      },

      markSaved: (id) => {
        if (isCurrent(id)) set({ saved: true });
        leave((key) => key.id !== id);
      },

      takeOver(key) {
        get().need(key.id);
        const here = isCurrent(key.id) || get().left.some(({ id }) => id === key.id);
        if (!here) set({ left: [...get().left, copyOf(key)] });
      },

      forget() {
        get().key?.key.fill(0);
        set(none);
      },

      forgetAll() {
        get().forget();
        leave(() => false);
      },
    };
  });
}

/** Whether the only copy of a key is here, and a file needs it. */
export function isAtRisk({ key, saved, use }: Pick<VisitKey, 'key' | 'saved' | 'use'>): boolean {
  return key !== null && !saved && use === 'needed';
}

/** Whether a key is outside this page: saved where it was used, or as the visit's. */
export function isKeySaved(
  key: PrivacyKey | null,
  savedThere: boolean,
  visit: Pick<VisitKey, 'key' | 'saved'>,
): boolean {
  return savedThere || (visit.saved && visit.key !== null && visit.key.id === key?.id);
}
