import { create } from 'zustand';
import type { BatchStore } from './batch';
import type { ClinicLinkStore } from './clinic-link';
import { heldKeys, type HeldKey } from './held-keys';
import type { ProtectStore } from './protect';
import type { VisitKeyStore } from './visit-key';

/** One person's photos under one key: from the first photo until somebody starts over. */
export interface Visit {
  /** Keys that would be gone for good if the visit ended now; while there are any, the person is being asked. */
  readonly losing: readonly HeldKey[];
  /** Ends the visit, photos and key with it; asks first where a key would be missed. @param then - once it has ended */
  readonly end: (then?: () => void) => void;
  /** Ends it though keys are lost, or once they are saved: the person said so. */
  readonly endAnyway: () => void;
  /** Back to the visit, with everything in it. */
  readonly goOn: () => void;
  /** Closes the photo and keeps its key for the next one, because the person asked for the same. */
  readonly another: () => void;
}

export type VisitStore = ReturnType<typeof createVisitStore>;

export function createVisitStore(
  protect: ProtectStore,
  batch: BatchStore,
  visitKey: VisitKeyStore,
  clinicLink: ClinicLinkStore,
) {
  let next: (() => void) | undefined;

  function close(): void {
    protect.getState().reset();
    batch.getState().reset();
  }

  return create<Visit>()((set, get) => ({
    losing: [],

    end(then) {
      if (then) next = then;
      const held = heldKeys(protect.getState(), batch.getState(), visitKey.getState());
      const losing = held.filter(({ needed }) => needed);
      if (losing.length > 0) set({ losing });
      else get().endAnyway();
    },

    endAnyway() {
      close();
      visitKey.getState().forgetAll();
      clinicLink.getState().forget();
      set({ losing: [] });
      next?.();
      next = undefined;
    },

    goOn() {
      next = undefined;
      set({ losing: [] });
    },

    another: close,
  }));
}
