import type { FormatLabel } from '../format';
import { magic } from '../letters';

export const GIF: FormatLabel = {
  name: 'GIF',
  mime: 'image/gif',
  extensions: ['gif'],
  begins: magic([0, 'GIF8']),
};
