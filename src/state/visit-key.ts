import { create } from 'zustand';
import type { PrivacyKey } from '../record/types';

interface VisitKey {
  /** The key of this visit's photos; lives in this page's memory only. */
  readonly key: PrivacyKey | null;
  /** Whether the person has saved it outside this page. */
  readonly saved: boolean;
  readonly adopt: (key: PrivacyKey, saved: boolean) => void;
  readonly setLabel: (label: string) => void;
  readonly markSaved: () => void;
  /** Overwrites the key bytes and forgets the key. */
  readonly forget: () => void;
}

export const useVisitKey = create<VisitKey>()((set, get) => ({
  key: null,
  saved: false,
  adopt(key, saved) {
    if (get().key?.id !== key.id) get().key?.key.fill(0);
    set({ key, saved });
  },
  setLabel(label) {
    const { key } = get();
    if (key) set({ key: { ...key, label } });
  },
  markSaved: () => set({ saved: true }),
  forget() {
    get().key?.key.fill(0);
    set({ key: null, saved: false });
  },
}));
