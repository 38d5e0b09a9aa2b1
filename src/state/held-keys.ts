import type { PrivacyKey } from '../record/types';
import type { Batch } from './batch';
import type { Protect } from './protect';
import type { VisitKey } from './visit-key';

/** A key that exists nowhere but in this page. */
export interface HeldKey {
  readonly key: PrivacyKey;
  /** Whether it would be missed: it opens what has left the page, or the person made or took it. */
  readonly needed: boolean;
  readonly markSaved: () => void;
}

/** Every key that this page has the only copy of, each once. */
export function heldKeys(protect: Protect, batch: Batch, visit: VisitKey): readonly HeldKey[] {
  const held = new Map<string, HeldKey>();
  const add = (key: PrivacyKey | null | undefined, needed: boolean, markSaved: () => void): void => {
    if (!key || (visit.saved && visit.key?.id === key.id)) return;
    const before = held.get(key.id);
    held.set(key.id, before ? { ...before, needed: before.needed || needed } : { key, needed, markSaved });
  };
  if (!protect.keySaved) add(protect.protection?.key, protect.keyNeeded, protect.markKeySaved);
  if (!batch.keySaved) add(batch.key, batch.keyNeeded, batch.markKeySaved);
  if (!visit.saved) {
    add(visit.key, visit.use !== 'fresh', () => visit.key && visit.markSaved(visit.key.id));
  }
  for (const key of visit.left) add(key, true, () => visit.markSaved(key.id));
  return [...held.values()];
}
