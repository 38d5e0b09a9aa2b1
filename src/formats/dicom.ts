/** What a DICOM file begins with; all else about them is in `src/dicom/`. */
import type { FormatLabel } from './format';
import { magic } from './letters';

/** Bytes before the letters that say what a file is. */
export const PREAMBLE = 128;
export const MAGIC = 'DICM';

export const DICOM: FormatLabel = {
  name: 'DICOM',
  mime: 'application/dicom',
  extensions: ['dcm', 'dicom', 'dic'],
  begins: magic([PREAMBLE, MAGIC]),
};
