/** The record's open header: canonical JSON (RFC 8785), read strictly, unknown fields ignored. */
import { RofiError } from '../errors';
import { decodeText, encodeText, fromBase64 } from './bytes';
import type { FaceTransform, ImageFingerprint, RecordHeader } from './types';

export const SALT_LENGTH = 32;
export const NONCE_LENGTH = 12;

/** UTF-8 of JSON with sorted keys and no white space. Numbers must be finite. */
export function canonicalJson(value: object): Uint8Array<ArrayBuffer> {
  return encodeText(
    JSON.stringify(value, (_, field: unknown) => {
      if (typeof field === 'number' && !Number.isFinite(field)) {
        throw new RofiError('internal', 'a header cannot hold a number that is not finite');
      }
      return isObject(field) ? Object.fromEntries(Object.entries(field).sort(byName)) : field;
    }),
  );
}

/**
 * Reads a header.
 *
 * @throws RofiError `damaged-file` when a field is missing or of the wrong kind
 */
export function parseHeader(bytes: Uint8Array): RecordHeader {
  const fields = parseJsonObject(bytes);
  const options = object(fields['options']);
  return {
    keyId: hex(fields['keyId'], 16),
    contents: contents(fields['contents']),
    salt: base64(fields['salt'], SALT_LENGTH),
    nonce: base64(fields['nonce'], NONCE_LENGTH),
    image: fingerprint(fields['image']),
    faces: list(fields['faces']).map((face) => ({ transform: transform(object(face)['transform']) })),
    signThreshold: number(fields['signThreshold']),
    options: { keepBothEyes: boolean(options['keepBothEyes']) },
    models: Object.fromEntries(
      Object.entries(object(fields['models'])).map(([name, digest]) => [name, hex(digest, 64)]),
    ),
  };
}

/** A JSON object from bytes, or `damaged-file`. */
export function parseJsonObject(bytes: Uint8Array): Record<string, unknown> {
  const text = decodeText(bytes);
  try {
    return object(JSON.parse(text ?? ''));
  } catch (cause) {
    throw cause instanceof RofiError ? cause : damaged('not JSON');
  }
}

export function damaged(what: string): RofiError {
  return new RofiError('damaged-file', what);
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw damaged('expected a text');
  return value;
}

export function number(value: unknown): number {
  if (typeof value !== 'number') throw damaged('expected a number');
  return value;
}

export function hex(value: unknown, digits: number): string {
  const digest = text(value);
  if (digest.length !== digits || !/^[0-9a-f]*$/.test(digest)) throw damaged('expected hex digits');
  return digest;
}

function base64(value: unknown, length: number): string {
  const encoded = text(value);
  if (fromBase64(encoded)?.length !== length) throw damaged('expected base64');
  return encoded;
}

function boolean(value: unknown): boolean {
  if (typeof value !== 'boolean') throw damaged('expected true or false');
  return value;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw damaged('expected a list');
  return value;
}

function object(value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw damaged('expected an object');
  return value;
}

function contents(value: unknown): RecordHeader['contents'] {
  if (value !== 'original' && value !== 'pixels-only') throw damaged('unknown contents');
  return value;
}

function fingerprint(value: unknown): ImageFingerprint {
  const { width, height, sha256 } = object(value);
  return { width: number(width), height: number(height), sha256: hex(sha256, 64) };
}

function transform(value: unknown): FaceTransform {
  const { a, b, tx, ty } = object(value);
  return { a: number(a), b: number(b), tx: number(tx), ty: number(ty) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
