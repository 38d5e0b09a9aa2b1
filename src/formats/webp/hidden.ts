import { animationEntries, trailingEntries } from '../hidden-entries';
import type { MetadataEntry } from '../metadata-entry';
import { riffChunks, riffEnd } from './chunks';

/**
 * Further frames, and what stands behind the container's end.
 *
 * @throws RangeError when the container's head is cut off
 */
export function listHiddenInWebp(bytes: Uint8Array): readonly MetadataEntry[] {
  const containerEnd = riffEnd(bytes);
  let frames = 0;
  let end = 12;
  for (const { name, at, next } of riffChunks(bytes)) {
    if (at >= containerEnd) break;
    if (name === 'ANMF') frames++;
    end = next;
  }
  return [...animationEntries(frames), ...trailingEntries(bytes.subarray(end))];
}
