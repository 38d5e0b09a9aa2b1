import { animationEntries } from '../hidden-entries';
import type { MetadataEntry } from '../metadata-entry';

/** Further frames: every one has a control block before it. */
export function listHiddenInGif(bytes: Uint8Array): readonly MetadataEntry[] {
  let frames = 0;
  for (let at = bytes.indexOf(0x21); at >= 0; at = bytes.indexOf(0x21, at + 1)) {
    if (bytes[at + 1] === 0xf9 && bytes[at + 2] === 4 && bytes[at + 7] === 0) frames++;
  }
  return animationEntries(frames);
}
