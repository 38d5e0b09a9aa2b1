import { concat } from '../../bytes';
import { parseProfile } from '../colours/icc';
import type { Colours } from '../colours/profile';
import { hasLetters } from '../letters';
import { readJpegFrame } from './frame';
import { listSegments } from './segments';

const PROFILE = 'ICC_PROFILE\0';
/** A number and a count follow. */
const HEAD = PROFILE.length + 2;

/**
 * Colours by the profile in a JPEG's APP2 segments, in whatever order these come.
 *
 * @throws RangeError when the profile or the frame header is broken
 */
export function readJpegColours(bytes: Uint8Array): Colours {
  const parts = new Map<number, Uint8Array>();
  for (const { name, start, end } of listSegments(bytes)) {
    if (name !== 'APP2' || !hasLetters(bytes, start, PROFILE)) continue;
    parts.set(bytes[start + PROFILE.length] ?? 0, bytes.subarray(start + HEAD, end));
  }
  if (parts.size === 0) return null;
  const ordered = [...parts].sort(([one], [other]) => one - other).map(([, part]) => part);
  return parseProfile(concat(...ordered), readJpegFrame(bytes).channels === 1);
}
