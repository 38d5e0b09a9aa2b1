import type { PrivacyKey } from '../record/types';

/** A key made just now, without a label. Its bytes are copied, so the giver's may be wiped. */
export async function describeKey(bytes: Uint8Array): Promise<PrivacyKey> {
  const copy = bytes.slice();
  const keyFile = await import('../record/key-file');
  return keyFile.describeKey(copy, '', new Date());
}

/** A new key from the platform's cryptographic generator. */
export async function createPrivacyKey(): Promise<PrivacyKey> {
  const { createKey } = await import('../record/key');
  return describeKey(createKey());
}

/** The same key with bytes of its own, for whoever keeps it longer than its owner may. */
export function copyOf(key: PrivacyKey): PrivacyKey {
  return { ...key, key: key.key.slice() };
}
