/** Values of elements, as what they mean. */
import { viewOf } from '../bytes';
import { RofiError } from '../errors';
import type { DataSet, Tag } from './types';

const FORMAT = 'DICOM';

/** @returns what to throw for a file that is cut off, or does not hold together */
export function broken(what: string): RofiError {
  return new RofiError('cannot-decode', `DICOM: ${what}`, { format: FORMAT });
}

/** An element's ASCII value without padding; empty when the element is not there. */
export function text(dataSet: DataSet, tag: Tag): string {
  const { value } = dataSet.get(tag) ?? { value: new Uint8Array(0) };
  // Whatever is read as text here is short by its nature.
  return String.fromCharCode(...value.subarray(0, 1024))
    .replace(/[\0 ]+$/, '')
    .trimStart();
}

/** An unsigned 16-bit value, the `index`th of them; null when the element is not there or too short. */
export function uint16(dataSet: DataSet, tag: Tag, index = 0): number | null {
  const value = dataSet.get(tag)?.value;
  if (value === undefined || value.length < 2 * index + 2) return null;
  return viewOf(value).getUint16(2 * index, true);
}
