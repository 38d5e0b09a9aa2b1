import { animationEntries, sizeOf, trailingEntries } from '../hidden-entries';
import type { MetadataEntry } from '../metadata-entry';
import type { ImagePart } from '../parts';
import { listChunks } from './chunks';

/** Chunks that say how pixels are coded, or whose tags are listed one by one. */
const READ =
  /^(?:IHDR|PLTE|IDAT|IEND|tRNS|cHRM|gAMA|iCCP|sBIT|sRGB|cICP|mDCV|cLLI|bKGD|hIST|pHYs|sPLT|tEXt|zTXt|iTXt|eXIf|tIME|acTL|fcTL|fdAT|roFi)$/;

/**
 * Further frames, unknown chunks, and what stands behind the picture's end.
 *
 * @throws RofiError `damaged-file` for more chunks than any picture has
 */
export function listHiddenInPng(bytes: Uint8Array): readonly MetadataEntry[] {
  const parts = listChunks(bytes);
  const frames = parts.filter(({ name }) => name === 'fcTL').length;
  return [...animationEntries(frames), ...parts.flatMap((part) => entriesOf(bytes, part))];
}

function entriesOf(bytes: Uint8Array, { name, start, end }: ImagePart): readonly MetadataEntry[] {
  const content = bytes.subarray(start, end);
  if (name === 'trailing') return trailingEntries(content);
  return READ.test(name) ? [] : [{ group: 'other', name, value: sizeOf(content) }];
}
