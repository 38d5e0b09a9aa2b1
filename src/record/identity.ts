/** A clinic's identity (secret) and recipient (public), as age-keygen writes them: X25519. */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { RofiError } from '../errors';
import { isAge, lockForRecipients, lockWithPassphrase, unlock } from './age';
import { decodeText, encodeText, wipe } from '../bytes';

/** Makes an identity, `AGE-SECRET-KEY-1…`. */
export function createIdentity(): Promise<string> {
  return generateX25519Identity();
}

/**
 * The recipient, `age1…`, that a clinic publishes.
 *
 * @throws RofiError `invalid-identity`
 */
export async function recipientOf(identity: string): Promise<string> {
  if (!/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/.test(identity)) throw new RofiError('invalid-identity');
  try {
    return await identityToRecipient(identity);
  } catch (cause) {
    throw new RofiError('invalid-identity', 'the checksum does not fit', {}, { cause });
  }
}

/** The identity file that `age -i` takes. */
export async function writeIdentity(identity: string, created: Date): Promise<Uint8Array> {
  const time = created.toISOString().replace(/\.\d+/, '');
  return encodeText(`# created: ${time}\n# public key: ${await recipientOf(identity)}\n${identity}\n`);
}

/** The identity file locked with a passphrase, which `age -i` opens as well. */
export async function writeIdentityWithPassphrase(
  identity: string,
  created: Date,
  passphrase: string,
  workFactor?: number,
): Promise<Uint8Array> {
  return lockWithPassphrase(await writeIdentity(identity, created), passphrase, workFactor);
}

/** Whether a file looks like an identity file that is not locked. */
export function isIdentityFile(file: Uint8Array): boolean {
  return /^AGE-SECRET-KEY-/m.test(decodeText(file) ?? '');
}

/**
 * Reads an identity file, locked or not: one identity a line, comment lines and empty lines between them.
 *
 * @throws RofiError `invalid-identity`; for locked files also `key-locked`, `wrong-passphrase`, `damaged-key`
 */
export async function readIdentities(
  file: Uint8Array,
  passphrase: string | null = null,
): Promise<readonly string[]> {
  if (isAge(file)) {
    const plain = await unlock(file, passphrase === null ? null : { passphrase });
    try {
      return await parseIdentities(plain);
    } finally {
      wipe(plain);
    }
  }
  return parseIdentities(file);
}

/**
 * Checks a recipient that somebody typed, pasted or scanned, and gives it back without white space.
 *
 * @throws RofiError `invalid-recipient` unless it is an X25519 recipient with a fitting checksum
 */
export async function parseRecipient(text: string): Promise<string> {
  const recipient = text.trim();
  if (!/^age1[0-9a-z]{58}$/.test(recipient)) throw new RofiError('invalid-recipient', 'not X25519');
  await lockForRecipients(new Uint8Array(0), [recipient]);
  return recipient;
}

async function parseIdentities(file: Uint8Array): Promise<readonly string[]> {
  const lines = (decodeText(file) ?? '').split('\n').map((line) => line.trim());
  const identities = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (identities.length === 0) throw new RofiError('invalid-identity', 'no identity in the file');
  for (const identity of identities) await recipientOf(identity);
  return identities;
}
