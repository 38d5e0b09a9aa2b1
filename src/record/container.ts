/** Where a record travels: inside a PNG or a JPEG, chosen by the file's first bytes. */
import { RofiError } from '../errors';
import { carrierOf } from '../formats/carriers';
import type { ImagePart } from '../formats/parts';

/**
 * Puts a record into an encoded PNG or JPEG, in place of any record it holds. Pixels are untouched.
 *
 * @throws RofiError `unsupported-format` for any other format, `damaged-file` when the image is cut off
 */
export function embedRecord(image: Uint8Array, record: Uint8Array): Uint8Array {
  const carrier = carrierOf(image);
  if (carrier === null) throw new RofiError('unsupported-format', 'a record travels in PNG or JPEG');
  return carrier.embed(image, record);
}

/**
 * Takes the record out of a file.
 *
 * @throws RofiError `not-protected` when there is none (other formats included), `damaged-file` when a part
 *   of it is missing, twice there or changed, or the image is cut off
 */
export function extractRecord(image: Uint8Array): Uint8Array {
  const record = carrierOf(image)?.extract(image) ?? null;
  if (record === null) throw new RofiError('not-protected', 'no record in this file');
  return record;
}

/**
 * Lists what an exported file must not hold: every chunk or segment that is neither needed to draw the
 * pixels nor the record, and bytes after the image's end (`trailing`).
 *
 * @throws RofiError `unsupported-format` for formats other than PNG and JPEG, `damaged-file` when cut off
 */
export function foreignParts(image: Uint8Array): readonly ImagePart[] {
  const carrier = carrierOf(image);
  if (carrier === null) throw new RofiError('unsupported-format', 'neither PNG nor JPEG');
  return carrier.listParts(image).filter((part) => !carrier.isOwnPart(image, part));
}
