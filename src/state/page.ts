/** The stores of this page, on the one engine whose worker starts with the first call. */
import { createEngine } from '../engine/worker/client';
import type { Place } from './intake';
import { knownClinics } from './known-clinics';
import { createStores, forgetAll, isRunning, isUnsaved } from './stores';

/** Safari removes after seven days what it was not asked to keep. Refused, or not offered, it costs a download later. */
async function askToKeep(): Promise<void> {
  const { storage } = navigator as Partial<Navigator>;
  const { persist } = (storage ?? {}) as Partial<StorageManager>;
  await persist?.call(storage).catch(() => false);
}

export const engine = createEngine();
/** Screens are named in the address. */
function show(place: Place): void {
  window.location.hash = `#/${place}`;
}

const stores = createStores(engine, askToKeep, show, knownClinics);

export const useVisitKey = stores.visitKey;
export const useModels = stores.models;
export const useProtect = stores.protect;
export const useBatch = stores.batch;
export const useRestore = stores.restore;
export const useCompare = stores.compare;
export const useKeys = stores.keys;
export const useClinic = stores.clinic;
export const useClinicLink = stores.clinicLink;
export const useVisit = stores.visit;
export const useStand = stores.stand;
export const useIntake = stores.intake;

export const forgetPage = (): void => forgetAll(stores);

/** {@link isRunning}, for a component. */
export function useRunning(): boolean {
  return isRunning(useProtect(), useRestore(), useBatch(), useStand());
}

/** {@link isUnsaved}, for a component. */
export function useUnsaved(): boolean {
  return isUnsaved(useVisitKey(), useClinic(), useProtect(), useBatch());
}
