/** The record in a DICOM file: a private block whose creator is `ROFI` (PS3.5, 7.8). */
import { extractRecord } from '../record/container';
import { viewOf } from '../bytes';
import { RofiError } from '../errors';
import { DICOM } from '../formats/dicom';
import { readDicom } from './read';
import type { DataElement, DataSet } from './types';
import { text } from './values';
import { bytesElement, textElement, uint32 } from './write';

export const PRIVATE_GROUP = 0x0071;
export const PRIVATE_CREATOR = 'ROFI';
/** Elements of the block: the record, its length (values are padded), and the frame of the original that was protected. */
const [RECORD, LENGTH, FRAME] = [0x01, 0x02, 0x03];
const FIRST_BLOCK = 0x10;
const LAST_BLOCK = 0xff;

/** @param frame - from 0 */
export function recordElements(record: Uint8Array, frame: number): readonly DataElement[] {
  return [
    textElement(PRIVATE_GROUP * 0x10000 + FIRST_BLOCK, 'LO', PRIVATE_CREATOR),
    bytesElement(tagOf(FIRST_BLOCK, RECORD), 'OB', record),
    bytesElement(tagOf(FIRST_BLOCK, LENGTH), 'UL', uint32(record.length)),
    textElement(tagOf(FIRST_BLOCK, FRAME), 'IS', String(frame + 1)),
  ];
}

/**
 * Takes the record out of any file that carries one: a DICOM file, a PNG or a JPEG.
 *
 * @throws RofiError `not-protected` when there is none, `damaged-file` when it or the file is cut off or changed
 */
export function recordIn(file: Uint8Array): Uint8Array {
  if (!DICOM.begins(file)) return extractRecord(file);
  const dataSet = readable(file);
  const block = blockIn(dataSet);
  if (block === null) throw new RofiError('not-protected', 'no private block of ours');
  const value = dataSet.get(tagOf(block, RECORD))?.value;
  const length = dataSet.get(tagOf(block, LENGTH))?.value;
  if (value === undefined || length?.length !== 4)
    throw new RofiError('damaged-file', 'a block without record');
  const size = viewOf(length).getUint32(0, true);
  if (size > value.length) throw new RofiError('damaged-file', 'record cut off');
  return value.subarray(0, size);
}

/** Which frame of its original a protected file shows, from 0; 0 for all other files. Nobody vouches for it. */
export function frameIn(file: Uint8Array): number {
  if (!DICOM.begins(file)) return 0;
  const dataSet = readable(file);
  const block = blockIn(dataSet);
  const number = block === null ? 1 : Number(text(dataSet, tagOf(block, FRAME)));
  return Number.isInteger(number) && number > 0 ? number - 1 : 0;
}

function readable(file: Uint8Array): DataSet {
  try {
    return readDicom(file).dataSet;
  } catch (error) {
    if (error instanceof RofiError && error.code === 'cannot-decode') {
      throw new RofiError('damaged-file', error.message, {}, { cause: error });
    }
    throw error;
  }
}

/** Archives may give a block another place. */
function blockIn(dataSet: DataSet): number | null {
  for (let block = FIRST_BLOCK; block <= LAST_BLOCK; block++) {
    if (text(dataSet, PRIVATE_GROUP * 0x10000 + block) === PRIVATE_CREATOR) return block;
  }
  return null;
}

function tagOf(block: number, element: number): number {
  return PRIVATE_GROUP * 0x10000 + block * 0x100 + element;
}
