import { keyVector } from '../record/key';
import type { VirtualIdentity } from './networks/virtual-identity';
import type { Tools } from './tools';

/** A key as the networks take it: its vector, and the person it stands for. */
export interface KeyIdentity extends VirtualIdentity {
  /** [512], from N(0, I). */
  readonly vector: Float32Array;
}

/** @throws RofiError `not-a-key` unless the key has 32 bytes, and what the network throws */
export async function identityOf(key: Uint8Array, { networks }: Tools): Promise<KeyIdentity> {
  const vector = await keyVector(key);
  return { vector, ...(await networks.decodeVirtualIdentity(vector)) };
}
