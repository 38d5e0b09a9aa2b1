import { viewOf } from '../../bytes';
import type { Size } from '../format';
import { hasLetters } from '../letters';

/** Where the first chunk's name stands. */
const NAME = 12;
/** The flags of VP8X, and the one that says so. */
const FLAGS = 20;
const ANIMATION = 2;

/** @throws RangeError when the header is cut off */
export function readWebpSize(bytes: Uint8Array): Size {
  const view = viewOf(bytes);
  if (hasLetters(bytes, NAME, 'VP8X')) return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
  if (hasLetters(bytes, NAME, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** Whether the header announces more pictures, to be shown one after the other. */
export function isAnimatedWebp(bytes: Uint8Array): boolean {
  return hasLetters(bytes, NAME, 'VP8X') && ((bytes[FLAGS] ?? 0) & ANIMATION) !== 0;
}

function uint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
