/** The record's open header: canonical JSON, read strictly and within bounds, unknown fields ignored. */
import { RofiError } from '../errors';
import { fromBase64 } from './bytes';
import { isObject, parseCanonicalJson } from './canonical-json';
import type {
  CoveredBox,
  FaceTransform,
  ImageFingerprint,
  ProtectedFaceDetails,
  RecordHeader,
} from './types';

export const SALT_LENGTH = 32;
export const NONCE_LENGTH = 12;

/** Whoever has no key can write a header: nothing in it may cost a reader more than a photo of this product can. */
export const HEADER_LIMITS = {
  bytes: 2 ** 16,
  faces: 64,
  covered: 64,
  /** Of a side, and of all: pixels. */
  side: 2 ** 16,
  pixels: 2 ** 26,
  /** Crop pixels to one of the photo. */
  scale: { min: 1 / 64, max: 16 },
  /** Of a key. */
  persons: 2 ** 16,
} as const;

/** Side of the crop that transforms lead to, pixels. */
const CROP = 256;

/**
 * Reads a header.
 *
 * @throws RofiError `damaged-file` when it is not canonical, a field is missing or of the wrong kind, or a number is out
 *   of bounds
 */
export function parseHeader(bytes: Uint8Array): RecordHeader {
  if (bytes.length > HEADER_LIMITS.bytes) throw damaged('header too long');
  const fields = parseObject(bytes);
  const options = object(fields['options']);
  const image = fingerprint(fields['image']);
  const faces = list(fields['faces']);
  if (faces.length > HEADER_LIMITS.faces) throw damaged('too many faces');
  const covered = fields['covered'];
  return {
    keyId: hex(fields['keyId'], 16),
    contents: contents(fields['contents']),
    salt: base64(fields['salt'], SALT_LENGTH),
    nonce: base64(fields['nonce'], NONCE_LENGTH),
    image,
    faces: faces.map((face) => protectedFace(object(face), image)),
    ...(covered !== undefined && { covered: coveredBoxes(covered, image) }),
    signThreshold: number(fields['signThreshold'], 0, 1),
    options: { keepBothEyes: boolean(options['keepBothEyes']) },
    models: Object.fromEntries(
      Object.entries(object(fields['models'])).map(([name, digest]) => [name, hex(digest, 64)]),
    ),
  };
}

/** A canonical JSON object from bytes, or `damaged-file`. */
export function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const fields = parseCanonicalJson(bytes);
  if (fields === null) throw damaged('not canonical JSON');
  return fields;
}

export function damaged(what: string): RofiError {
  return new RofiError('damaged-file', what);
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw damaged('expected a text');
  return value;
}

/** A whole number from `min` to `max`. */
export function integer(value: unknown, min: number, max: number): number {
  const checked = number(value, min, max);
  if (!Number.isInteger(checked)) throw damaged('expected a whole number');
  return checked;
}

export function hex(value: unknown, digits: number): string {
  const digest = text(value);
  if (digest.length !== digits || !/^[0-9a-f]*$/.test(digest)) throw damaged('expected hex digits');
  return digest;
}

function number(value: unknown, min: number, max: number): number {
  // Written so that what is no number at all, NaN, fails as well.
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw damaged(`expected a number from ${min} to ${max}`);
  }
  return value;
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

function object(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw damaged('expected an object');
  return value;
}

function contents(value: unknown): RecordHeader['contents'] {
  if (value !== 'original' && value !== 'pixels-only') throw damaged('unknown contents');
  return value;
}

function fingerprint(value: unknown): ImageFingerprint {
  const fields = object(value);
  const width = integer(fields['width'], 1, HEADER_LIMITS.side);
  const height = integer(fields['height'], 1, HEADER_LIMITS.side);
  if (width * height > HEADER_LIMITS.pixels) throw damaged('picture too large');
  return { width, height, sha256: hex(fields['sha256'], 64) };
}

function protectedFace(
  { transform: alignment, person }: Readonly<Record<string, unknown>>,
  image: ImageFingerprint,
): ProtectedFaceDetails {
  return {
    transform: transform(alignment, image),
    ...(person !== undefined && { person: integer(person, 0, HEADER_LIMITS.persons) }),
  };
}

function coveredBoxes(value: unknown, image: ImageFingerprint): readonly CoveredBox[] {
  const boxes = list(value);
  if (boxes.length > HEADER_LIMITS.covered) throw damaged('too much is covered');
  return boxes.map((box) => {
    const fields = object(box);
    const x = integer(fields['x'], 0, image.width - 1);
    const y = integer(fields['y'], 0, image.height - 1);
    const width = integer(fields['width'], 1, image.width - x);
    const height = integer(fields['height'], 1, image.height - y);
    return { x, y, width, height };
  });
}

/** A similarity that makes a crop of a face in or beside the picture. */
function transform(value: unknown, { width, height }: ImageFingerprint): FaceTransform {
  const { scale } = HEADER_LIMITS;
  const fields = object(value);
  const a = number(fields['a'], -scale.max, scale.max);
  const b = number(fields['b'], -scale.max, scale.max);
  const tx = number(fields['tx'], -Number.MAX_VALUE, Number.MAX_VALUE);
  const ty = number(fields['ty'], -Number.MAX_VALUE, Number.MAX_VALUE);
  const square = a * a + b * b;
  number(Math.sqrt(square), scale.min, scale.max);
  // The middle of the crop, in the photo: an eye may lie beyond the edge, a face nowhere near it may not.
  const [u, v] = [CROP / 2 - tx, CROP / 2 - ty];
  number((a * u + b * v) / square, -width, 2 * width);
  number((a * v - b * u) / square, -height, 2 * height);
  return { a, b, tx, ty };
}
