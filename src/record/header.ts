/** The record's open header: canonical JSON, read strictly and within bounds, unknown fields ignored. */
import * as v from 'valibot';
import { RofiError } from '../errors';
import { fromBase64 } from '../bytes';
import { parseCanonicalJson } from './canonical-json';
import type { CoveredBox, FaceTransform, ImageFingerprint, RecordHeader } from './types';

export const SALT_LENGTH = 32;
export const NONCE_LENGTH = 12;

/** Whoever has no key can write a header: nothing in it may cost a reader more than a photo of this product can. */
const HEADER_LIMITS = {
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

/** Lower-case hex digits, so many. */
export const Hex = (digits: number) => v.pipe(v.string(), v.length(digits), v.regex(/^[0-9a-f]*$/));

/** A whole number from `min` to `max`. */
export const Whole = (min: number, max: number) => v.pipe(Between(min, max), v.integer());

const Between = (min: number, max: number) => v.pipe(v.number(), v.minValue(min), v.maxValue(max));

const Base64 = (length: number) =>
  v.pipe(
    v.string(),
    v.check((text) => fromBase64(text)?.length === length),
  );

const Side = Whole(1, HEADER_LIMITS.side);
const Finite = v.pipe(v.number(), v.finite());
const Growth = Between(-HEADER_LIMITS.scale.max, HEADER_LIMITS.scale.max);
const Place = Whole(0, HEADER_LIMITS.side);

const Header = v.pipe(
  v.object({
    keyId: Hex(16),
    contents: v.picklist(['original', 'pixels-only']),
    salt: Base64(SALT_LENGTH),
    nonce: Base64(NONCE_LENGTH),
    image: v.pipe(
      v.object({ width: Side, height: Side, sha256: Hex(64) }),
      v.check(({ width, height }) => width * height <= HEADER_LIMITS.pixels, 'picture too large'),
    ),
    faces: v.pipe(
      v.array(
        v.object({
          transform: v.object({ a: Growth, b: Growth, tx: Finite, ty: Finite }),
          person: v.exactOptional(Whole(0, HEADER_LIMITS.persons)),
        }),
      ),
      v.maxLength(HEADER_LIMITS.faces),
    ),
    covered: v.exactOptional(
      v.pipe(
        v.array(v.object({ x: Place, y: Place, width: Side, height: Side })),
        v.maxLength(HEADER_LIMITS.covered),
      ),
    ),
    signThreshold: Between(0, 1),
    options: v.object({ keepBothEyes: v.boolean() }),
    models: v.record(v.string(), Hex(64)),
  }),
  v.check(({ faces, image }) => faces.every(({ transform }) => isNear(transform, image)), 'a face elsewhere'),
  v.check(({ covered = [], image }) => covered.every((box) => isWithin(box, image)), 'a box elsewhere'),
);

/**
 * Reads a header.
 *
 * @throws RofiError `damaged-file` when it is not canonical, a field is missing or of the wrong kind, or a number is out
 *   of bounds
 */
export function parseHeader(bytes: Uint8Array): RecordHeader {
  if (bytes.length > HEADER_LIMITS.bytes) throw damaged('header too long');
  return parseAs(Header, bytes);
}

/** What a schema makes of canonical JSON, or `damaged-file`. */
export function parseAs<Schema extends v.GenericSchema>(
  schema: Schema,
  bytes: Uint8Array,
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, parseCanonicalJson(bytes));
  if (success) return output;
  throw damaged(`${v.getDotPath(issues[0]) ?? ''} ${issues[0].message}`);
}

export function damaged(what: string): RofiError {
  return new RofiError('damaged-file', what);
}

function isWithin({ x, y, width, height }: CoveredBox, image: ImageFingerprint): boolean {
  return x + width <= image.width && y + height <= image.height;
}

/** Whether a similarity makes a crop of a face in or beside the picture. */
function isNear({ a, b, tx, ty }: FaceTransform, { width, height }: ImageFingerprint): boolean {
  const { scale } = HEADER_LIMITS;
  const square = a * a + b * b;
  const isBetween = (value: number, min: number, max: number): boolean => value >= min && value <= max;
  // The middle of the crop, in the photo: an eye may lie beyond the edge, a face nowhere near it may not.
  const [left, top] = [CROP / 2 - tx, CROP / 2 - ty];
  return (
    isBetween(Math.sqrt(square), scale.min, scale.max) &&
    isBetween((a * left + b * top) / square, -width, 2 * width) &&
    isBetween((a * top - b * left) / square, -height, 2 * height)
  );
}
