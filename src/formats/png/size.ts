import { viewOf } from '../../bytes';
import type { Size } from '../format';
import { hasLetters } from '../letters';

/** @throws RangeError when the header is cut off, or another chunk comes first, as in Apple's own kind */
export function readPngSize(bytes: Uint8Array): Size {
  if (!hasLetters(bytes, 12, 'IHDR')) throw new RangeError('the header does not come first');
  const view = viewOf(bytes);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
