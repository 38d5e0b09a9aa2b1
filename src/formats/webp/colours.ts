import { parseProfile } from '../colours/icc';
import type { Colours } from '../colours/profile';
import { riffChunks } from './chunks';

/**
 * Colours by the profile in a WebP's chunk ICCP.
 *
 * @throws RangeError when the profile is broken
 */
export function readWebpColours(bytes: Uint8Array): Colours {
  for (const { name, start, end } of riffChunks(bytes)) {
    if (name === 'ICCP') return parseProfile(bytes.subarray(start, end), false);
  }
  return null;
}
