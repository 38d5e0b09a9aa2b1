import { recordIn } from '../../dicom/record-element';
import { RofiError } from '../../errors';
import { readRecord, unsealRecord } from '../../record/record';
import type { RecordHeader, SealedContent } from '../../record/types';
import type { RestoreOptions } from '../api';
import type { SourceFile } from '../types';

/** What a file's record is to a key. Anyone can write a header: it is to be believed only when its key has opened it. */
export type FoundRecord =
  | { readonly kind: 'none' }
  | { readonly kind: 'other-key'; readonly header: RecordHeader }
  | { readonly kind: 'authentic'; readonly header: RecordHeader; readonly content: SealedContent | null };

/**
 * The header of a file's record as it stands there, null when there is none: nobody vouches for it.
 *
 * @throws RofiError `damaged-file`, `unsupported-version`
 */
export async function readHeader(file: SourceFile): Promise<RecordHeader | null> {
  try {
    return await readRecord(recordIn(file.bytes));
  } catch (error) {
    if (codeOf(error) === 'not-protected') return null;
    throw error;
  }
}

/**
 * Opens a file's record with a key, whatever it holds. On the way through the pixels a record that cannot be believed is
 * none.
 *
 * @throws RofiError `damaged-file` and `unsupported-version` in `auto` mode, `not-a-key`
 */
export async function findRecord(
  file: SourceFile,
  key: Uint8Array,
  mode: RestoreOptions['mode'],
): Promise<FoundRecord> {
  try {
    return { kind: 'authentic', ...(await unsealRecord(recordIn(file.bytes), key)) };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'not-protected') return { kind: 'none' };
    if (code === 'wrong-key') return { kind: 'other-key', header: await readRecord(recordIn(file.bytes)) };
    if (mode === 'neural' && (code === 'damaged-file' || code === 'unsupported-version'))
      return { kind: 'none' };
    throw error;
  }
}

function codeOf(error: unknown): RofiError['code'] {
  return error instanceof RofiError ? error.code : 'internal';
}
