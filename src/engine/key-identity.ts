import { keyVector } from '../record/key';

/** A key as the networks take it. */
export interface KeyIdentity {
  /** [512], from N(0, I). */
  readonly vector: Float32Array;
}

/** @throws RofiError `not-a-key` unless the key has 32 bytes */
export async function identityOf(key: Uint8Array): Promise<KeyIdentity> {
  return { vector: await keyVector(key) };
}
