/**
 * The record that travels inside a protected file (SECURITY.md, "Record").
 *
 * magic 4 · version 2 · header length 4 · header · sealed length 4 · sealed · SHA-256 of all before 32.
 * The magic, the version and the closing digest keep their places in every version to come, so that damage,
 * a newer version and a wrong key are told apart.
 */
import { RofiError } from '../errors';
import {
  concat,
  encodeText,
  fromBase64,
  sha256,
  startsWith,
  toBase64,
  toHex,
  uint32,
  viewOf,
  wipe,
} from '../bytes';
import { canonicalJson } from './canonical-json';
import { NONCE_LENGTH, SALT_LENGTH, damaged, parseHeader } from './header';
import { keyId } from './key';
import { packOriginal, seal, unpackOriginal, unseal } from './seal';
import type {
  DecodedPixels,
  OpenedRecord,
  OriginalFile,
  ProtectionDetails,
  RecordHeader,
  UnsealedRecord,
} from './types';

const MAGIC = encodeText('ROFI');
const VERSION = 1;
const HEADER_START = 10;
const DIGEST_LENGTH = 32;

/**
 * Seals a protection and, unless it is null ("pixels only"), the original under the key.
 *
 * @throws RofiError `not-a-key` unless the key has 32 bytes, not all of them zero
 */
export function sealRecord(
  key: Uint8Array,
  details: ProtectionDetails,
  original: OriginalFile | null,
): Promise<Uint8Array> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_LENGTH));
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH));
  return sealRecordWith(key, details, original, { salt, nonce });
}

/** {@link sealRecord} with a given salt and nonce, for test vectors only: a salt must never serve twice. */
export async function sealRecordWith(
  key: Uint8Array,
  details: ProtectionDetails,
  original: OriginalFile | null,
  { salt, nonce }: { readonly salt: Uint8Array; readonly nonce: Uint8Array },
): Promise<Uint8Array> {
  const header: RecordHeader = {
    image: details.image,
    faces: details.faces.map(({ transform: { a, b, tx, ty }, person }) => ({
      transform: { a, b, tx, ty },
      ...(person !== undefined && { person }),
    })),
    ...(details.covered !== undefined && {
      covered: details.covered.map(({ x, y, width, height }) => ({ x, y, width, height })),
    }),
    signThreshold: details.signThreshold,
    options: { keepBothEyes: details.options.keepBothEyes },
    models: details.models,
    keyId: await keyId(key),
    contents: original === null ? 'pixels-only' : 'original',
    salt: toBase64(salt),
    nonce: toBase64(nonce),
  };
  const associatedData = openPart(canonicalJson(header));
  // Pixels only: nothing is sealed, and the tag alone keeps the header authentic.
  const plaintext = original === null ? new Uint8Array(0) : await packOriginal(original);
  const sealed = await seal(plaintext, { key, salt, nonce, associatedData }).finally(() => wipe(plaintext));
  const record = concat(associatedData, uint32(sealed.length), sealed, new Uint8Array(DIGEST_LENGTH));
  const end = record.length - DIGEST_LENGTH;
  record.set(await sha256(record.subarray(0, end)), end);
  return record;
}

/**
 * Reads the open part of a record, without any key.
 *
 * @throws RofiError `not-protected` (not a record), `damaged-file` or `unsupported-version`
 */
export async function readRecord(record: Uint8Array): Promise<RecordHeader> {
  return (await split(record)).header;
}

/**
 * Opens a record and gives the original back, byte for byte.
 *
 * @throws RofiError `pixels-only` when no original was sealed, and what {@link unsealRecord} throws
 */
export async function openRecord(record: Uint8Array, key: Uint8Array): Promise<OpenedRecord> {
  const { header, content } = await unsealRecord(record, key);
  if (content === null) throw new RofiError('pixels-only');
  return { header, ...content };
}

/**
 * Makes sure that a record is what was sealed under the key, its header included, and opens it. Only so much is known of
 * a header: whoever has no key can write one that {@link readRecord} reads.
 *
 * @throws RofiError `wrong-key` when the record names another key, `not-protected`, `damaged-file`,
 *   `unsupported-version`, or `not-a-key` unless the key has 32 bytes, not all of them zero
 */
export async function unsealRecord(record: Uint8Array, key: Uint8Array): Promise<UnsealedRecord> {
  const { header, associatedData, sealed } = await split(record);
  // The id commits to the key, which AES-GCM alone does not.
  if ((await keyId(key)) !== header.keyId) throw new RofiError('wrong-key', `the file wants ${header.keyId}`);
  const salt = fromBase64(header.salt) ?? new Uint8Array(0);
  const nonce = fromBase64(header.nonce) ?? new Uint8Array(0);
  const packed = await unseal(sealed, { key, salt, nonce, associatedData });
  try {
    if (header.contents === 'original') return { header, content: await unpackOriginal(packed) };
    if (packed.length > 0) throw damaged('pixels only, and yet something is sealed');
    return { header, content: null };
  } finally {
    wipe(packed);
  }
}

/** Hex SHA-256 over "rofi/pixels/v1", width and height (uint32, big-endian) and the RGBA bytes. */
export async function pixelsDigest({ width, height, data }: DecodedPixels): Promise<string> {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return toHex(await sha256(concat(encodeText('rofi/pixels/v1'), uint32(width), uint32(height), bytes)));
}

function openPart(header: Uint8Array): Uint8Array {
  return concat(MAGIC, Uint8Array.of(VERSION >> 8, VERSION & 0xff), uint32(header.length), header);
}

interface RecordParts {
  readonly header: RecordHeader;
  readonly associatedData: Uint8Array;
  readonly sealed: Uint8Array;
}

async function split(record: Uint8Array): Promise<RecordParts> {
  if (!startsWith(record, MAGIC)) throw new RofiError('not-protected', 'no record');
  const end = record.length - DIGEST_LENGTH;
  if (end < HEADER_START + 4) throw damaged('record cut off');
  const digest = await sha256(record.subarray(0, end));
  if (!startsWith(record, digest, end)) throw damaged('the digest does not fit');
  const view = viewOf(record);
  const version = view.getUint16(4);
  if (version !== VERSION) throw new RofiError('unsupported-version', `record version ${version}`);
  const headerEnd = HEADER_START + view.getUint32(6);
  const sealedStart = headerEnd + 4;
  if (sealedStart > end || sealedStart + view.getUint32(headerEnd) !== end) throw damaged('lengths disagree');
  return {
    header: parseHeader(record.subarray(HEADER_START, headerEnd)),
    associatedData: record.subarray(0, headerEnd),
    sealed: record.subarray(sealedStart, end),
  };
}
