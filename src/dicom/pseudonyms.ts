/** Names that a key gives in place of a file's own: always the same for the same ones, and telling nobody else anything. */
import { encodeText, toHex, unshared, viewOf, wipe } from '../bytes';
import { expand } from '../record/key';

/** Dates move into the past by up to ten years. */
const MOST_DAYS = 3652;

export interface Pseudonyms {
  /** A new UID for what stands for an old one, or for anything else. */
  readonly uid: (of: string) => Promise<string>;
  /** A new patient ID. */
  readonly patient: (of: string) => Promise<string>;
  /** By how many days all dates move: at least one, into the past. */
  readonly days: () => Promise<number>;
}

/**
 * The pseudonyms of a key: HMAC-SHA-256 under 32 bytes of HKDF(key, info "rofi/dicom/v1").
 *
 * @throws RofiError `not-a-key` unless the key has 32 bytes, not all of them zero
 */
export async function pseudonymsOf(key: Uint8Array): Promise<Pseudonyms> {
  const secret = new Uint8Array(await expand(key, new Uint8Array(0), 'rofi/dicom/v1', 32));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const hmacKey = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign']);
  wipe(secret);
  const sign = async (text: string): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.sign('HMAC', hmacKey, unshared(encodeText(text))));
  return {
    uid: async (of) => uuidAsUid(await sign(`uid/${of}`)),
    patient: async (of) => `ROFI-${toHex((await sign(`patient/${of}`)).subarray(0, 8))}`,
    days: async () => 1 + (viewOf(await sign('days')).getUint32(0) % MOST_DAYS),
  };
}

/** 16 bytes as a UUID of version 8, and that as a UID (PS3.5, B.2). */
function uuidAsUid(bytes: Uint8Array): string {
  const uuid = bytes.slice(0, 16);
  uuid[6] = ((uuid[6] ?? 0) & 0x0f) | 0x80;
  uuid[8] = ((uuid[8] ?? 0) & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${toHex(uuid)}`)}`;
}
