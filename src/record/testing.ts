/** Shared by this folder's tests. */
import fc from 'fast-check';
import { concat, fromBase64, sha256 } from '../bytes';
import { RofiError, type ErrorCode } from '../errors';
import type { ProtectionDetails } from './types';
import containers from './vectors/containers.json';

const hexDigest = fc.stringMatching(/^[0-9a-f]{64}$/);
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);

/** Any key but the one of zeros. */
export const keys = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .filter((key) => key.some((byte) => byte !== 0));

export const originals = fc.record({
  name: fc.string({ unit: 'binary' }),
  bytes: fc.uint8Array({ maxLength: 2000 }),
});

/** A face somewhere in the picture, of any size and turn that a header may have. */
const transforms = fc
  .record({ scale: fc.double({ min: 0.02, max: 15, noNaN: true }), turn: share, x: share, y: share })
  .map(({ scale, turn, x, y }) => {
    const [a, b] = [scale * Math.cos(2 * Math.PI * turn), scale * Math.sin(2 * Math.PI * turn)];
    return { a, b, tx: 128 - a * x + b * y, ty: 128 - b * x - a * y };
  });

/** Readers drop names that objects have by themselves, and no model has one. */
const modelNames = fc
  .stringMatching(/^[a-z0-9_]{1,12}$/)
  .filter((name) => !['constructor', 'prototype', '__proto__'].includes(name));

export const details: fc.Arbitrary<ProtectionDetails> = fc.record(
  {
    image: fc.record({
      width: fc.integer({ min: 1, max: 8000 }),
      height: fc.integer({ min: 1, max: 8000 }),
      sha256: hexDigest,
    }),
    faces: fc.array(
      fc.record({ transform: transforms, person: fc.nat(65536) }, { requiredKeys: ['transform'] }),
      { maxLength: 3 },
    ),
    covered: fc.array(
      // The smallest picture has one pixel.
      fc.constant({ x: 0, y: 0, width: 1, height: 1 }),
      { maxLength: 3 },
    ),
    signThreshold: share,
    options: fc.record({ keepBothEyes: fc.boolean() }),
    models: fc.dictionary(modelNames, hexDigest, { maxKeys: 4 }),
  },
  { requiredKeys: ['image', 'faces', 'signThreshold', 'options', 'models'] },
);

/** A small PNG and a small JPEG without any metadata. */
export const [PNG, JPEG] = ['png', 'jpeg'].map((format) =>
  fromBase64(containers.cases.find(({ name }) => name === format)!.image)!,
) as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>];

/** A copy with one byte XORed. */
export function flip(bytes: Uint8Array, position: number, mask: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  copy[position] = copy[position]! ^ mask;
  return copy;
}

/** A record after a change by someone who knows the format: the closing digest is made anew. */
export async function withNewDigest(record: Uint8Array): Promise<Uint8Array> {
  const body = record.subarray(0, -32);
  return concat(body, await sha256(body));
}

/** The code that an action fails with; null when it succeeds. Any other error is thrown on. */
export async function failure(action: () => unknown): Promise<ErrorCode | null> {
  try {
    await action();
    return null;
  } catch (error) {
    if (error instanceof RofiError) return error.code;
    throw error;
  }
}
