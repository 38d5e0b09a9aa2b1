import { RofiError } from '../errors';

/** A chunk of a PNG or a segment of a JPEG, by its name in the standard (`IHDR`, `APP15`, …). */
export interface ImagePart {
  readonly name: string;
  /** Where its payload is in the file. */
  readonly start: number;
  readonly end: number;
}

/** Far more than a picture with the largest record has; walking millions would hold a reader up. */
const MOST_PARTS = 10_000;

/** @throws RofiError `damaged-file` when a picture falls into more parts than any needs */
export function refuseTooMany(parts: readonly ImagePart[]): void {
  if (parts.length > MOST_PARTS) throw new RofiError('damaged-file', `more than ${MOST_PARTS} parts`);
}
