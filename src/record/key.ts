/** The 32-byte privacy key and what is derived from it. */
import { RofiError } from '../errors';
import { concat, encodeText, sha256, toHex, unshared, wipe } from '../bytes';

export const KEY_LENGTH = 32;
const VECTOR_LENGTH = 512;

/** Makes a key: 32 bytes from the platform's cryptographic generator. */
export function createKey(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(KEY_LENGTH));
}

/**
 * Names a key without revealing it: the first 16 hex digits of SHA-256 over "rofi/key-id/v1" and the key.
 *
 * @throws RofiError `not-a-key` as {@link assertKey}
 */
export async function keyId(key: Uint8Array): Promise<string> {
  assertKey(key);
  return toHex(await sha256(concat(encodeText('rofi/key-id/v1'), key))).slice(0, 16);
}

/**
 * The paper's key vector (section 4.1), 512 float32 that look drawn from N(0, I).
 *
 * Expanded by a hash so that a neighbour of the right key is as far away as any other key.
 *
 * @throws RofiError `not-a-key` as {@link assertKey}
 */
export async function keyVector(key: Uint8Array): Promise<Float32Array<ArrayBuffer>> {
  assertKey(key);
  const stream = await expand(key, new Uint8Array(0), 'rofi/key-vector/v1', VECTOR_LENGTH * 8);
  const words = new DataView(stream);
  // The half keeps both values inside the open interval: the logarithm of 0 never comes up.
  const uniform = (index: number) => (words.getUint32(index * 4, true) + 0.5) / 2 ** 32;
  const vector = Float32Array.from({ length: VECTOR_LENGTH }, (_, i) => {
    const radius = Math.sqrt(-2 * Math.log(uniform(2 * i)));
    return radius * Math.cos(2 * Math.PI * uniform(2 * i + 1));
  });
  wipe(new Uint8Array(stream));
  return vector;
}

/** HKDF-SHA-256 of the key: `length` bytes. */
export async function expand(
  key: Uint8Array,
  salt: Uint8Array,
  info: string,
  length: number,
): Promise<ArrayBuffer> {
  assertKey(key);
  const material = await crypto.subtle.importKey('raw', unshared(key), 'HKDF', false, ['deriveBits']);
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: unshared(salt), info: encodeText(info) };
  return crypto.subtle.deriveBits(parameters, material, length * 8);
}

/**
 * Refuses what cannot be a key. Zeros are what is left of a key that was overwritten: whatever were sealed under them
 * would lie open.
 *
 * @throws RofiError `not-a-key` unless the key has 32 bytes, not all of them zero
 */
export function assertKey(key: Uint8Array): void {
  if (key.length !== KEY_LENGTH) throw new RofiError('not-a-key', `a key has 32 bytes, not ${key.length}`);
  if (isBlank(key)) throw new RofiError('not-a-key', 'a key of zeros');
}

/** Whether there is nothing but zeros. */
export function isBlank(key: Uint8Array): boolean {
  return key.every((byte) => byte === 0);
}
