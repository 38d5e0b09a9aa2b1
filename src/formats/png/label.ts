import type { FormatLabel } from '../format';
import { magic } from '../letters';

/** What stands before the first chunk. */
export const SIGNATURE = '\x89PNG\r\n\x1a\n';

export const PNG: FormatLabel = {
  name: 'PNG',
  mime: 'image/png',
  extensions: ['png'],
  begins: magic([0, SIGNATURE]),
};
