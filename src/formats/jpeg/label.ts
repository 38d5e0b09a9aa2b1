import type { FormatLabel } from '../format';
import { magic } from '../letters';

export const JPEG: FormatLabel = {
  name: 'JPEG',
  mime: 'image/jpeg',
  extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
  begins: magic([0, '\xff\xd8\xff']),
};
