/**
 * What is written into the pixels: pictures of the face, sealed with AES-256-GCM, and the public header they need.
 * Mirrored by training/rofi/sealed/seal.py; the byte formats are in SECURITY.md.
 */
import { RofiError } from '../../errors';
import { concat, uint32, unshared, viewOf, wipe } from '../../bytes';
import { crc32 } from '../../crc32';
import { expand } from '../../record/key';
import { crc16 } from './crc16';

/** The public header. */
export interface CodeHeader {
  /** 64ths of its full size that each layer's frame has, 0..63; 0 for no frame, which the base always has. */
  readonly shares: readonly [base: number, fine: number];
  /** 12 bytes, fresh for every face that is protected. */
  readonly nonce: Uint8Array;
}

/** The base, which JPEG leaves, and the fine layer, which a file without loss keeps. */
export const BASE = 0;
export const FINE = 1;
export const LAYERS = [BASE, FINE] as const;
export type Layer = (typeof LAYERS)[number];

export const SHARES = 64;

const INFO = 'rofi/pixels/v1';
const VERSION = 1;
const NONCE_BYTES = 12;
export const HEADER_BYTES = NONCE_BYTES + 4;
const TAG_BYTES = 16;
const CRC_BYTES = 4;
const LENGTH_BYTES = 2;
/** The full size of each layer's frame, bytes. */
const FULL_FRAMES = [860, 9000] as const;

/** A header with a nonce of its own. */
export function newHeader(shares: CodeHeader['shares']): CodeHeader {
  return { shares, nonce: crypto.getRandomValues(new Uint8Array(NONCE_BYTES)) };
}

/** 16 bytes: version in four bits, shares in six bits each, nonce, CRC-16. */
export function packHeader({ shares: [base, fine], nonce }: CodeHeader): Uint8Array<ArrayBuffer> {
  const packed = concat(new Uint8Array(2), nonce, new Uint8Array(2));
  viewOf(packed).setUint16(0, (VERSION << 12) | (base << 6) | fine);
  viewOf(packed).setUint16(HEADER_BYTES - 2, crc16(packed.subarray(0, -2)));
  return packed;
}

/** The header; null where the bytes are none. */
export function unpackHeader(bytes: Uint8Array): CodeHeader | null {
  if (bytes.length !== HEADER_BYTES) return null;
  const body = bytes.subarray(0, -2);
  if (crc16(body) !== viewOf(bytes).getUint16(HEADER_BYTES - 2)) return null;
  const first = viewOf(bytes).getUint16(0);
  const [version, base, fine] = [first >> 12, (first >> 6) & 63, first & 63];
  return version === VERSION && base > 0 ? { shares: [base, fine], nonce: body.slice(2) } : null;
}

/** Size of a layer's frame; 0 where there is none. */
export function frameBytes({ shares }: Pick<CodeHeader, 'shares'>, layer: Layer): number {
  return Math.floor((FULL_FRAMES[layer] * shares[layer]) / SHARES);
}

/** Bytes of a picture that a layer can carry; negative where there is no room for any. */
export function room(header: Pick<CodeHeader, 'shares'>, layer: Layer): number {
  return frameBytes(header, layer) - CRC_BYTES - TAG_BYTES - LENGTH_BYTES;
}

/**
 * A layer's frame: ciphertext, tag, CRC-32 of both. One nonce serves one face once.
 *
 * @throws RofiError `internal` when the picture is too large, `not-a-key`
 */
export async function sealFrame(
  key: Uint8Array,
  header: CodeHeader,
  layer: Layer,
  picture: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const size = room(header, layer);
  if (picture.length > size) throw new RofiError('internal', `${picture.length} bytes do not fit ${size}`);
  const plain = new Uint8Array(LENGTH_BYTES + size);
  viewOf(plain).setUint16(0, picture.length);
  plain.set(picture, LENGTH_BYTES);
  const cipher = await cipherKey(key, header, 'encrypt');
  const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm(header, layer), cipher, plain));
  return concat(sealed, uint32(crc32(sealed)));
}

/** Whether a frame was read without an error, whatever the key. */
export function isIntact(frame: Uint8Array): boolean {
  const end = frame.length - CRC_BYTES;
  return end > 0 && crc32(frame.subarray(0, end)) === viewOf(frame).getUint32(end);
}

/**
 * The picture in a frame; null for a frame that is damaged or of another key.
 *
 * @throws RofiError `not-a-key`
 */
export async function unsealFrame(
  key: Uint8Array,
  header: CodeHeader,
  layer: Layer,
  frame: Uint8Array,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const cipher = await cipherKey(key, header, 'decrypt');
  const sealed = unshared(frame.subarray(0, -CRC_BYTES));
  const opening = crypto.subtle.decrypt(algorithm(header, layer), cipher, sealed);
  const plain = await opening.then((bytes) => new Uint8Array(bytes)).catch(() => null);
  return plain && plain.slice(LENGTH_BYTES, LENGTH_BYTES + viewOf(plain).getUint16(0));
}

async function cipherKey(
  key: Uint8Array,
  { nonce }: CodeHeader,
  usage: 'encrypt' | 'decrypt',
): Promise<CryptoKey> {
  const derived = new Uint8Array(await expand(key, nonce, INFO, 32));
  try {
    return await crypto.subtle.importKey('raw', derived, 'AES-GCM', false, [usage]);
  } finally {
    wipe(derived);
  }
}

/** Every nonce has a key of its own, so the layer's number is enough to keep its layers apart. */
function algorithm(header: CodeHeader, layer: Layer): AesGcmParams {
  const iv = new Uint8Array(12);
  iv[11] = layer;
  return { name: 'AES-GCM', iv, additionalData: packHeader(header) };
}
