/** The key file, version 1: JSON, plain or locked as an age file. */
import * as v from 'valibot';
import { RofiError } from '../errors';
import { isAge, lockForRecipients, lockWithPassphrase, unlock } from './age';
import { decodeText, encodeText, fromBase64, toBase64, wipe } from '../bytes';
import { KEY_LENGTH, assertKey, isBlank, keyId } from './key';
import type { PrivacyKey, Secret } from './types';

const FORMAT = 'rofi-key';
const VERSION = 1;

/** Names a key, new or read from paper, for its owner. */
export async function describeKey(key: Uint8Array, label: string, created: Date): Promise<PrivacyKey> {
  return { id: await keyId(key), created: created.toISOString(), label, key };
}

/**
 * The plain key file.
 *
 * @throws RofiError `not-a-key` when the key has been overwritten
 */
export function writeKey({ id, created, label, key }: PrivacyKey): Uint8Array<ArrayBuffer> {
  assertKey(key);
  const file = { format: FORMAT, version: VERSION, id, created, label, key: toBase64(key) };
  return encodeText(`${JSON.stringify(file, null, 2)}\n`);
}

/** The key file locked with a passphrase: an armored age file. Blocks its thread for about a second. */
export async function writeKeyWithPassphrase(
  key: PrivacyKey,
  passphrase: string,
  workFactor?: number,
): Promise<Uint8Array> {
  return lockAndWipe(writeKey(key), (plain) => lockWithPassphrase(plain, passphrase, workFactor));
}

/** The key file locked for one or several clinics (`age1…`): an armored age file. */
export async function writeKeyForRecipients(
  key: PrivacyKey,
  recipients: readonly string[],
): Promise<Uint8Array> {
  return lockAndWipe(writeKey(key), (plain) => lockForRecipients(plain, recipients));
}

/**
 * Reads a key file, plain or locked. Fields that version 1 does not know are ignored.
 *
 * @throws RofiError `not-a-key` (not ours), `damaged-key` (ours, but changed or cut off),
 *   `unsupported-version`, and for locked files what {@link unlock} throws: `key-locked`, `wrong-passphrase`,
 *   `not-a-recipient`
 */
export async function readKey(file: Uint8Array, secret: Secret | null = null): Promise<PrivacyKey> {
  if (!isAge(file)) return parseKey(file);
  const plain = await unlock(file, secret);
  try {
    return await parseKey(plain);
  } finally {
    wipe(plain);
  }
}

/** Whether a file says that it is a key, whole or not, or is locked so that it may be one. */
export function isKeyFile(file: Uint8Array): boolean {
  return isAge(file) || new TextDecoder().decode(file.subarray(0, 256)).includes(`"${FORMAT}"`);
}

const Key = v.object({
  version: v.literal(VERSION),
  id: v.string(),
  created: v.pipe(v.string(), v.check(isTimestamp)),
  label: v.string(),
  key: v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const bytes = fromBase64(dataset.value);
      if (bytes?.length === KEY_LENGTH && !isBlank(bytes)) return bytes;
      addIssue({ message: 'no key' });
      return NEVER;
    }),
  ),
});

async function parseKey(file: Uint8Array): Promise<PrivacyKey> {
  const json = parseJson(file);
  if (!v.is(v.object({ format: v.literal(FORMAT) }), json))
    throw new RofiError('not-a-key', 'another format');
  const { success, output, issues } = v.safeParse(Key, json);
  if (!success) {
    const other = v.safeParse(v.object({ version: v.pipe(v.number(), v.notValue(VERSION)) }), json);
    if (other.success) throw new RofiError('unsupported-version', `key file version ${other.output.version}`);
    throw damagedKey(`${v.getDotPath(issues[0]) ?? ''} ${issues[0].message}`);
  }
  const { id, created, label, key } = output;
  if (id !== (await keyId(key))) throw damagedKey('the id does not fit the key');
  return { id, created, label, key };
}

function parseJson(file: Uint8Array): unknown {
  try {
    return JSON.parse(decodeText(file) ?? '');
  } catch {
    // A file of ours that was cut off or changed still says what it was.
    if (isKeyFile(file)) throw damagedKey('not JSON any more');
    throw new RofiError('not-a-key', 'not JSON');
  }
}

function isTimestamp(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

function damagedKey(what: string): RofiError {
  return new RofiError('damaged-key', what);
}

async function lockAndWipe(
  plain: Uint8Array,
  lock: (plain: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  try {
    return await lock(plain);
  } finally {
    wipe(plain);
  }
}
