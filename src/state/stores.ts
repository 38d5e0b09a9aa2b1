import type { Engine } from '../engine/worker/client';
import { createBatchStore } from './batch';
import { createClinicStore } from './clinic';
import { createClinicLinkStore, type KnownClinics } from './clinic-link';
import { createCompareStore } from './compare';
import { createIntakeStore, type Place } from './intake';
import { createKeysStore } from './keys';
import { createModelsStore } from './models';
import { createProtectStore } from './protect';
import { createRestoreStore } from './restore';
import { createStandStore } from './stand';
import { createVisitStore } from './visit';
import { createVisitKeyStore, isKeySaved } from './visit-key';

export type Stores = ReturnType<typeof createStores>;

/**
 * Everything a page knows, on one engine. Nothing is shared between two calls.
 *
 * @param keep - asks the browser to keep what is downloaded
 * @param show - turns to the screen on which files were opened
 * @param known - the clinics that the person has kept
 */
export function createStores(
  engine: Engine,
  keep: () => Promise<unknown> = () => Promise.resolve(),
  show: (place: Place) => void = () => undefined,
  known: KnownClinics = { read: () => ({}), keep: () => undefined },
) {
  const visitKey = createVisitKeyStore();
  const models = createModelsStore(engine, keep);
  const protect = createProtectStore(engine, models, visitKey);
  const batch = createBatchStore(engine, models, visitKey);
  const restore = createRestoreStore(engine, models);
  const compare = createCompareStore(engine, models);
  const keys = createKeysStore(engine, visitKey);
  const clinic = createClinicStore();
  const stand = createStandStore(engine, models);
  const clinicLink = createClinicLinkStore({ protect, batch, restore, visitKey }, known);
  const visit = createVisitStore(protect, batch, visitKey, clinicLink);
  const intake = createIntakeStore({ protect, batch, restore, compare, keys, clinic, visit, visitKey }, show);
  return {
    visitKey,
    models,
    protect,
    batch,
    restore,
    compare,
    keys,
    clinic,
    clinicLink,
    visit,
    intake,
    stand,
  };
}

/** Forgets photos and overwrites keys: the page is being left. What the platform copied is beyond its reach. */
export function forgetAll(stores: Stores): void {
  stores.intake.getState().dismiss();
  stores.visit.getState().goOn();
  stores.clinicLink.getState().forget();
  stores.stand.getState().forget();
  stores.protect.getState().reset();
  stores.batch.getState().reset();
  stores.restore.getState().reset();
  stores.compare.getState().reset();
  stores.keys.getState().reset();
  stores.clinic.getState().close();
  stores.visitKey.getState().forgetAll();
}

type Part<Name extends keyof Stores> = ReturnType<Stores[Name]['getState']>;

/** Whether a photo is in work: a reload would lose it. */
export function isRunning(
  protect: Part<'protect'>,
  restore: Part<'restore'>,
  batch: Part<'batch'>,
  stand: Part<'stand'>,
): boolean {
  const protecting = protect.stage === 'opening' || protect.stage === 'protecting';
  return protecting || restore.running || batch.running || stand.stage === 'working';
}

/** Whether the page holds what exists nowhere else: a key, an identity, protected photos. */
export function isUnsaved(
  visitKey: Part<'visitKey'>,
  clinic: Part<'clinic'>,
  protect: Part<'protect'>,
  batch: Part<'batch'>,
): boolean {
  const key = visitKey.key !== null && !visitKey.saved;
  const identity = clinic.identity !== null && !clinic.saved;
  const photoKey = protect.protection?.key ?? null;
  const photo =
    photoKey !== null && !(protect.photoSaved && isKeySaved(photoKey, protect.keySaved, visitKey));
  const photos = batch.key !== null && !(batch.zipSaved && isKeySaved(batch.key, batch.keySaved, visitKey));
  return key || visitKey.left.length > 0 || identity || photo || photos;
}
