import { encodeText, toHex } from '../bytes';

/**
 * Sixteen characters by which people compare a clinic's public key, on a letter with on a screen: the first 64 bits of
 * SHA-256("rofi/recipient/v1" ‖ recipient) in upper-case hex, in groups of four.
 */
export async function recipientFingerprint(recipient: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encodeText(`rofi/recipient/v1${recipient}`));
  const digits = toHex(new Uint8Array(digest, 0, 8)).toUpperCase();
  return digits.replaceAll(/.{4}(?!$)/g, '$& ');
}
