/** Files of the age format (age-encryption.org/v1): what any age tool opens opens here, and the other way round. */
import { Decrypter, Encrypter, armor, type Identity } from 'age-encryption';
import { RofiError, type ErrorCode } from '../errors';
import { decodeText, encodeText, startsWith } from '../bytes';
import type { Secret } from './types';

const BINARY = encodeText('age-encryption.org/v');
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';

/** 2^17 · 1 KiB = 128 MiB of memory: half of what the age program takes, because phones allow no more. */
const WORK_FACTOR = 17;
/** What the age program itself writes. Above it a hostile file could exhaust the memory. */
const MAX_WORK_FACTOR = 18;

/** Whether the bytes are an age file, binary or armored. */
export function isAge(bytes: Uint8Array): boolean {
  return startsWith(bytes, BINARY) || (decodeText(bytes)?.trimStart().startsWith(ARMOR) ?? false);
}

/** Locks bytes with a passphrase (scrypt), armored. Takes about a second and blocks its thread. */
export function lockWithPassphrase(
  bytes: Uint8Array,
  passphrase: string,
  workFactor = WORK_FACTOR,
): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return encryptArmored(encrypter, bytes);
}

/**
 * Locks bytes for everyone who holds the identity of one of the recipients, armored.
 *
 * @throws RofiError `invalid-recipient` when one is malformed or there is none
 */
export async function lockForRecipients(
  bytes: Uint8Array,
  recipients: readonly string[],
): Promise<Uint8Array> {
  if (recipients.length === 0) throw new RofiError('invalid-recipient', 'locked for nobody');
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    orThrow('invalid-recipient', () => encrypter.addRecipient(recipient));
  }
  return encryptArmored(encrypter, bytes);
}

/**
 * Opens an age file.
 *
 * @throws RofiError `key-locked` when the secret is missing or of the other kind (`values.by` says which is
 *   wanted: `passphrase` or `recipient`), `wrong-passphrase`, `not-a-recipient`, `invalid-identity`, or
 *   `damaged-key`
 */
export async function unlock(bytes: Uint8Array, secret: Secret | null): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  // The first identity sees every well-formed header, the last one only what no secret has opened.
  const seen = new Witness();
  const unmatched = new Witness();
  decrypter.addIdentity(seen);
  if (secret) addSecret(decrypter, secret);
  decrypter.addIdentity(unmatched);
  try {
    return await decrypter.decrypt(dearmor(bytes));
  } catch (cause) {
    if (cause instanceof RofiError) throw cause;
    if (!unmatched.lock) throw new RofiError('damaged-key', 'damaged age file', {}, { cause });
    throw refusal(unmatched.lock, secret);
  }
}

type Lock = 'passphrase' | 'recipient';

/** Opens nothing and notes how the file is locked. */
class Witness implements Identity {
  lock: Lock | null = null;

  unwrapFileKey(stanzas: Parameters<Identity['unwrapFileKey']>[0]): null {
    const scrypt = stanzas.find(({ args }) => args[0] === 'scrypt');
    if (Number(scrypt?.args[2]) > MAX_WORK_FACTOR) {
      throw new RofiError('damaged-key', `scrypt work factor ${scrypt?.args[2] ?? ''}`);
    }
    this.lock = scrypt ? 'passphrase' : 'recipient';
    return null;
  }
}

function addSecret(decrypter: Decrypter, secret: Secret): void {
  if ('passphrase' in secret) {
    decrypter.addPassphrase(secret.passphrase);
    return;
  }
  for (const identity of secret.identities) {
    orThrow('invalid-identity', () => decrypter.addIdentity(identity));
  }
}

/** Gives the errors of the age library, which are bare texts, a code. */
function orThrow(code: ErrorCode, action: () => void): void {
  try {
    action();
  } catch (cause) {
    throw new RofiError(code, code, {}, { cause });
  }
}

function refusal(lock: Lock, secret: Secret | null): RofiError {
  const offered = secret && ('passphrase' in secret ? 'passphrase' : 'recipient');
  if (offered !== lock) return new RofiError('key-locked', `locked by ${lock}`, { by: lock });
  return new RofiError(lock === 'passphrase' ? 'wrong-passphrase' : 'not-a-recipient');
}

function dearmor(bytes: Uint8Array): Uint8Array {
  return startsWith(bytes, BINARY) ? bytes : armor.decode(decodeText(bytes) ?? '');
}

async function encryptArmored(encrypter: Encrypter, bytes: Uint8Array): Promise<Uint8Array> {
  return encodeText(armor.encode(await encrypter.encrypt(bytes)));
}
