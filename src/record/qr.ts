/** Keys and recipients on paper, as QR codes. */
import { encodeQR } from 'qr';
import { decodeQR } from 'qr/decode.js';
import { RofiError } from '../errors';
import { decodeText, fromHex, toHex } from '../bytes';
import { KEY_LENGTH, assertKey, keyId } from './key';
import type { DecodedPixels, PrivacyKey } from './types';

const PREFIX = 'ROFIKEY';
const ID_DIGITS = 16;

/**
 * A key as text for a QR code: `ROFIKEY1:`, its id and its 32 bytes in upper-case hex.
 *
 * Only characters of the QR alphanumeric mode, so the code stays small and can be typed by hand.
 */
export async function keyText(key: Uint8Array): Promise<string> {
  return keyTextOf({ id: await keyId(key), key });
}

/** {@link keyText} of a key whose id is known. @throws RofiError `not-a-key` when it was wiped */
export function keyTextOf({ id, key }: Pick<PrivacyKey, 'id' | 'key'>): string {
  assertKey(key);
  return `${PREFIX}1:${id}${toHex(key)}`.toUpperCase();
}

/**
 * Reads {@link keyText} back, in either case and with white space anywhere.
 *
 * @returns the 32 key bytes
 * @throws RofiError `not-a-key`, `unsupported-version`, or `damaged-key` when a character is wrong
 */
export async function parseKeyText(text: string): Promise<Uint8Array> {
  const [, version, digits] = /^ROFIKEY(\d+):(.*)$/.exec(text.replaceAll(/\s/g, '').toUpperCase()) ?? [];
  if (version === undefined || digits === undefined) throw new RofiError('not-a-key', 'not a key as text');
  if (version !== '1') throw new RofiError('unsupported-version', `key text version ${version}`);
  const key = fromHex(digits.slice(ID_DIGITS));
  if (key?.length !== KEY_LENGTH) throw new RofiError('damaged-key', 'not 32 bytes');
  if ((await keyId(key)).toUpperCase() !== digits.slice(0, ID_DIGITS)) {
    throw new RofiError('damaged-key', 'the id does not fit the key');
  }
  return key;
}

/** The text of a file that is nothing but a key as {@link keyText} spells it; null for all others. */
export function keyTextIn(file: Uint8Array): string | null {
  const text = (decodeText(file) ?? '').replaceAll(/\s/g, '').toUpperCase();
  return text.startsWith(PREFIX) ? text : null;
}

/** The modules of a QR code, row by row, true where dark, with the quiet zone around it. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  return encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
}

/** The text of a QR code somewhere in an RGBA picture; null when there is none to read. */
export function readQr({ width, height, data }: DecodedPixels): string | null {
  try {
    return decodeQR({ width, height, data });
  } catch {
    return null;
  }
}
