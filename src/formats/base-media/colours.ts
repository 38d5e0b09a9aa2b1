import { viewOf } from '../../bytes';
import { codedColours } from '../colours/coded';
import type { Colours } from '../colours/profile';
import { hasLetters, letters } from '../letters';

/** Boxes on the way to the first picture's colours, and how many bytes stand before their children. */
const CONTAINERS: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 };

/**
 * Colours by a colour box of kind `nclx`; an ICC profile in the other kind is the decoder's to use.
 *
 * @throws RangeError when the box is cut off
 */
export function readBoxedColours(bytes: Uint8Array): Colours {
  const view = viewOf(bytes);
  const search = (start: number, end: number): Colours => {
    for (let at = start; at + 8 <= end;) {
      const size = view.getUint32(at);
      const next = size < 8 ? end : Math.min(at + size, end);
      const type = letters(bytes, at + 4, 4);
      if (type === 'colr') {
        return hasLetters(bytes, at + 8, 'nclx')
          ? codedColours(view.getUint16(at + 12), view.getUint16(at + 14))
          : null;
      }
      const skipped = CONTAINERS[type];
      const found = skipped === undefined ? null : search(at + 8 + skipped, next);
      if (found !== null) return found;
      at = next;
    }
    return null;
  };
  return search(0, bytes.length);
}
