/** Formats of which only the decoder reads more than the first bytes. */
import type { FormatLabel } from './format';
import { magic } from './letters';

export const BMP: FormatLabel = {
  name: 'BMP',
  mime: 'image/bmp',
  extensions: ['bmp'],
  begins: magic([0, 'BM']),
};

export const TIFF: FormatLabel = {
  name: 'TIFF',
  mime: 'image/tiff',
  extensions: ['tif', 'tiff'],
  begins: magic([0, 'II*\0'], [0, 'MM\0*'], [0, 'II+\0'], [0, 'MM\0+']),
};

export const JXL: FormatLabel = {
  name: 'JPEG XL',
  mime: 'image/jxl',
  extensions: ['jxl'],
  begins: magic([0, '\xff\x0a'], [0, '\0\0\0\x0cJXL ']),
};

export const JP2: FormatLabel = {
  name: 'JPEG 2000',
  mime: 'image/jp2',
  extensions: ['jp2', 'j2k'],
  begins: magic([0, '\0\0\0\x0cjP  '], [0, '\xff\x4f\xff\x51']),
};
