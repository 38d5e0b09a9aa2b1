import { damaged } from './header';
import type { ImagePart } from './types';

/** Far more than a picture with the largest record has; walking millions would hold a reader up. */
const MOST_PARTS = 10_000;

/** @throws RofiError `damaged-file` when a picture falls into more parts than any needs */
export function refuseTooMany(parts: readonly ImagePart[]): void {
  if (parts.length > MOST_PARTS) throw damaged(`more than ${MOST_PARTS} parts`);
}
