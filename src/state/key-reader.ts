import type { RofiError } from '../errors';
import type { SourceFile } from '../engine/types';
import type { PrivacyKey } from '../record/types';
import { asUtf8 } from '../bytes';
import { painted } from './painted';
import { keyFromText } from './qr-reader';

/** A key file that wants a passphrase or a clinic's identity first. */
export interface LockedKey {
  readonly file: SourceFile;
  readonly by: 'passphrase' | 'recipient';
}

/** What opening one dropped file gave. */
export type ReadKey =
  | { readonly kind: 'key'; readonly key: PrivacyKey }
  | { readonly kind: 'locked'; readonly locked: LockedKey }
  | { readonly kind: 'identity'; readonly file: SourceFile };

const isRofiError = (error: unknown): error is RofiError =>
  error instanceof Error && error.name === 'RofiError';

/**
 * Reads a key file, or says that it is locked or rather an identity file.
 *
 * @throws RofiError as `readKey` does, except `key-locked`
 */
export async function readKeyFile({ bytes, ...rest }: SourceFile): Promise<ReadKey> {
  const [{ readKey }, { isIdentityFile }, { keyTextIn }] = await Promise.all([
    import('../record/key-file'),
    import('../record/identity'),
    import('../record/qr'),
  ]);
  const file = { ...rest, bytes: asUtf8(bytes) };
  if (isIdentityFile(file.bytes)) return { kind: 'identity', file };
  const typed = keyTextIn(file.bytes);
  if (typed !== null) return { kind: 'key', key: await keyFromText(typed) };
  try {
    return { kind: 'key', key: await readKey(file.bytes) };
  } catch (error) {
    if (!isRofiError(error) || error.code !== 'key-locked') throw error;
    return {
      kind: 'locked',
      locked: { file, by: error.values['by'] === 'recipient' ? 'recipient' : 'passphrase' },
    };
  }
}

/** Opens a locked key with its passphrase. @throws RofiError `wrong-passphrase` */
export async function unlockWithPassphrase(locked: LockedKey, passphrase: string): Promise<PrivacyKey> {
  await painted();
  const { readKey } = await import('../record/key-file');
  return readKey(locked.file.bytes, { passphrase });
}

/** Opens a locked key with a clinic's identity file. @throws RofiError `not-a-recipient`, `invalid-identity`, `key-locked` */
export async function unlockWithIdentity(
  locked: LockedKey,
  identityFile: Uint8Array,
  passphrase: string | null,
): Promise<PrivacyKey> {
  const [{ readKey }, { readIdentities }] = await Promise.all([
    import('../record/key-file'),
    import('../record/identity'),
  ]);
  return readKey(locked.file.bytes, { identities: await readIdentities(identityFile, passphrase) });
}
