/** What protecting a photo gave, and the key that opens it. */
import type { Proof, ProtectResult } from '../engine/api';
import type { PrivacyKey } from '../record/types';
import type { KeyLock } from './key-writer';
import { copyOf, describeKey } from './made-key';
import type { VisitKey, VisitKeyStore } from './visit-key';

/** A protection that may be saved, and the key that opens it: never another, whatever becomes of the visit's key. */
interface Protection {
  readonly result: ProtectResult;
  /** Null where the photo may not be saved. */
  readonly key: PrivacyKey | null;
  /** How many of those who were found it leaves as they are, because a person said so. */
  readonly leftOut: number;
}

/** A protection, and what of it is out of this page. */
export interface Protected {
  readonly protection: Protection | null;
  readonly photoSaved: boolean;
  /** Whether a photo is out of this page that this key opens: this one, or one made of it before. */
  readonly keyNeeded: boolean;
  /** Whether another program took them to send them on, rather than a folder of this device. */
  readonly photoSent: boolean;
  readonly keySent: boolean;
  readonly keySaved: boolean;
  /** What the saved key file is locked with; null while this photo's key is not saved, or was for another photo. */
  readonly keySavedAs: KeyLock['kind'] | null;
}

export const noProtection = {
  protection: null,
  photoSaved: false,
  keyNeeded: false,
  photoSent: false,
  keySent: false,
  keySaved: false,
  keySavedAs: null,
} as const satisfies Protected;

/** Whether a photo that was proved so may be saved. */
export function isSaveable({ verdict }: Pick<Proof, 'verdict'>): boolean {
  return verdict === 'protected' || verdict === 'doubtful' || verdict === 'covered';
}

/** Whether another face may be drawn, where one was: under a new key, so nothing that is saved may need the one before. */
export function canDrawAgain(
  { protection, keyNeeded, keySaved }: Pick<Protected, 'protection' | 'keyNeeded' | 'keySaved'>,
  visit: Pick<VisitKey, 'key' | 'saved' | 'use'>,
): boolean {
  if (!protection?.key || protection.result.proof.peopleTried === 0) return false;
  const fresh = visit.key?.id === protection.key.id && visit.use === 'fresh' && !visit.saved;
  return fresh && !keyNeeded && !keySaved;
}

/**
 * A copy of the key that the next protection of the photo gets; undefined where one is made for it. What was saved keeps
 * its key; one that has gone nowhere with this photo gives way to a new one.
 */
export function nextKey(
  { protection, keyNeeded, keySaved }: Pick<Protected, 'protection' | 'keyNeeded' | 'keySaved'>,
  visit: Pick<VisitKey, 'key' | 'saved' | 'use'>,
): Uint8Array | undefined {
  const replaceable = visit.use === 'fresh' && !visit.saved;
  const kept = protection?.key && (keyNeeded || keySaved) ? protection.key : null;
  return (kept ?? (replaceable ? null : visit.key))?.key.slice();
}

/**
 * The key of a protection that may be saved: the visit's where it is the same, else the one that was made. The result's
 * copy is overwritten.
 *
 * @param given - whether the engine was given it
 */
export async function keyOf(
  result: ProtectResult,
  given: boolean,
  visitKey: VisitKeyStore,
): Promise<PrivacyKey | null> {
  try {
    return isSaveable(result.proof) ? await ownKey(result, given, visitKey) : null;
  } finally {
    result.key.fill(0);
  }
}

async function ownKey(
  { key, keyId }: ProtectResult,
  given: boolean,
  visitKey: VisitKeyStore,
): Promise<PrivacyKey> {
  const visit = visitKey.getState();
  if (visit.key?.id === keyId) {
    visit.need(keyId);
    return copyOf(visit.key);
  }
  const described = await describeKey(key);
  // One that was given and closed meanwhile, or met another one here, is the photo's alone.
  const free = visit.key === null || visit.use === 'fresh';
  if (!given && free) visit.adopt(copyOf(described), false, 'fresh');
  return described;
}
