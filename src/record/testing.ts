/** Shared by this folder's tests. */
import fc from 'fast-check';
import { concat, fromBase64, sha256 } from './bytes';
import { RofiError, type ErrorCode } from '../errors';
import type { ProtectionDetails } from './types';
import containers from './vectors/containers.json';

const hexDigest = fc.stringMatching(/^[0-9a-f]{64}$/);
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

export const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });

export const originals = fc.record({
  name: fc.string({ unit: 'binary' }),
  bytes: fc.uint8Array({ maxLength: 2000 }),
});

export const details: fc.Arbitrary<ProtectionDetails> = fc.record({
  image: fc.record({ width: fc.nat(), height: fc.nat(), sha256: hexDigest }),
  faces: fc.array(fc.record({ transform: fc.record({ a: finite, b: finite, tx: finite, ty: finite }) }), {
    maxLength: 3,
  }),
  signThreshold: finite,
  options: fc.record({ keepBothEyes: fc.boolean() }),
  models: fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), hexDigest, { maxKeys: 4 }),
});

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
