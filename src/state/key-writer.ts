import type { PrivacyKey } from '../record/types';
import { copyOf } from './made-key';
import { painted } from './painted';

/** What guards a saved key file. */
export type KeyLock =
  | { readonly kind: 'none' }
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  /** Everyone who holds the identity of one of these `age1…` recipients can open it. */
  | { readonly kind: 'clinic'; readonly recipients: readonly string[] };

/** Names the file after the key's number: it says nothing about the person. */
export function keyFileName(key: PrivacyKey): string {
  return `key-${key.id}.rofikey`;
}

/**
 * The bytes of a key file.
 *
 * @throws RofiError `invalid-recipient`, `not-a-key` when the key was overwritten before
 */
export async function writeKeyFile(given: PrivacyKey, lock: KeyLock): Promise<Uint8Array> {
  // The giver may overwrite its own while this waits.
  const key = copyOf(given);
  try {
    return await written(key, lock);
  } finally {
    key.key.fill(0);
  }
}

async function written(key: PrivacyKey, lock: KeyLock): Promise<Uint8Array> {
  const { writeKey, writeKeyForRecipients, writeKeyWithPassphrase } = await import('../record/key-file');
  switch (lock.kind) {
    case 'none':
      return writeKey(key);
    case 'passphrase':
      await painted();
      return await writeKeyWithPassphrase(key, lock.passphrase);
    case 'clinic': {
      const { parseRecipient } = await import('../record/identity');
      return writeKeyForRecipients(key, await Promise.all(lock.recipients.map(parseRecipient)));
    }
  }
}
