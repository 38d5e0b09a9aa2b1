import type { FormatLabel } from '../format';
import { magic } from '../letters';

export const WEBP: FormatLabel = {
  name: 'WebP',
  mime: 'image/webp',
  extensions: ['webp'],
  begins: magic([8, 'WEBP']),
};
