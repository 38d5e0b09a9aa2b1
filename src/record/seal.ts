/** The sealed part of a record: AES-256-GCM under a key derived for this one record. */
import * as v from 'valibot';
import { RofiError } from '../errors';
import { decodeText, encodeText, sha256, toHex, uint32, unshared, viewOf, wipe } from '../bytes';
import { canonicalJson } from './canonical-json';
import { damaged, Hex, parseAs, Whole } from './header';
import { expand } from './key';
import type { OriginalFile, SealedContent } from './types';

/** What a record's sealing depends on besides its contents. */
export interface SealParameters {
  readonly key: Uint8Array;
  /** 32 bytes, fresh for every record. */
  readonly salt: Uint8Array;
  /** 12 bytes, fresh for every record. */
  readonly nonce: Uint8Array;
  /** Everything before the sealed part, authenticated with it. */
  readonly associatedData: Uint8Array;
}

export async function seal(plaintext: Uint8Array, parameters: SealParameters): Promise<Uint8Array> {
  const key = await sealingKey(parameters, 'encrypt');
  return new Uint8Array(await crypto.subtle.encrypt(algorithm(parameters), key, unshared(plaintext)));
}

/** @throws RofiError `damaged-file` when anything but the sealed bytes and their header comes out */
export async function unseal(sealed: Uint8Array, parameters: SealParameters): Promise<Uint8Array> {
  const key = await sealingKey(parameters, 'decrypt');
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm(parameters), key, unshared(sealed)));
  } catch (cause) {
    throw new RofiError('damaged-file', 'the sealed part is not authentic', {}, { cause });
  }
}

/**
 * Length-prefixed JSON of what the file is, its bytes, and zeros that hide its exact size. Halves of characters in the
 * name, which UTF-8 has no bytes for, become replacement characters.
 */
export async function packOriginal({ name: given, bytes }: OriginalFile): Promise<Uint8Array> {
  const name = decodeText(encodeText(given)) ?? '';
  const description = canonicalJson({ name, sha256: toHex(await sha256(bytes)), size: bytes.length });
  const length = 4 + description.length + bytes.length;
  const packed = new Uint8Array(paddedLength(length));
  packed.set(uint32(description.length));
  packed.set(description, 4);
  packed.set(bytes, 4 + description.length);
  return packed;
}

/** @throws RofiError `damaged-file` when the bytes are not what {@link packOriginal} makes */
export async function unpackOriginal(packed: Uint8Array): Promise<SealedContent> {
  if (packed.length < 4) throw damaged('no description');
  const start = 4 + viewOf(packed).getUint32(0);
  if (start > packed.length) throw damaged('description cut off');
  const {
    name,
    size,
    sha256: digest,
  } = parseAs(
    v.object({ name: v.string(), size: Whole(0, packed.length - start), sha256: Hex(64) }),
    packed.subarray(4, start),
  );
  const end = start + size;
  // Whatever else stood in the padding would go along unseen.
  const padded = packed.length === paddedLength(end) && packed.subarray(end).every((byte) => byte === 0);
  if (!padded) throw damaged('not padded with zeros');
  const bytes = packed.slice(start, end);
  if (toHex(await sha256(bytes)) !== digest) throw damaged('not the original that was sealed');
  return { original: { name, bytes }, sha256: digest };
}

/** Padmé: at most 12 % longer, and only O(log log) bits of the true length remain visible. */
export function paddedLength(length: number): number {
  const exponent = 31 - Math.clz32(length);
  const step = 2 ** Math.max(0, exponent - (32 - Math.clz32(exponent)));
  return Math.ceil(length / step) * step;
}

async function sealingKey({ key, salt }: SealParameters, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const derived = new Uint8Array(await expand(key, salt, 'rofi/seal/v1', 32));
  try {
    return await crypto.subtle.importKey('raw', derived, 'AES-GCM', false, [usage]);
  } finally {
    wipe(derived);
  }
}

function algorithm({ nonce, associatedData }: SealParameters): AesGcmParams {
  return { name: 'AES-GCM', iv: unshared(nonce), additionalData: unshared(associatedData) };
}
