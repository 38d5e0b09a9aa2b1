import { RofiError } from '../errors';
import { DICOM } from './dicom';
import { foreignName } from './foreign';
import { labelled, type ImageFormat } from './labels';

/**
 * Tells the format from the first bytes; names and extensions are not trusted.
 *
 * @throws RofiError `empty-file`, `unsupported-format` (with `values.format`), `not-an-image`
 */
export function sniffFormat(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new RofiError('empty-file');
  // Before all others, foreign ones too: what stands in front of its letters may be anything.
  const foreign = DICOM.begins(bytes) ? null : foreignName(bytes);
  if (foreign !== null)
    throw new RofiError('unsupported-format', `${foreign} is not read`, { format: foreign });
  const format = labelled(bytes);
  if (format === null) throw new RofiError('not-an-image');
  return format;
}
