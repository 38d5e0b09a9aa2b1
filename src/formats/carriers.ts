import type { RecordCarrier } from './format';
import { JPEG_CARRIER } from './jpeg/record';
import { PNG_CARRIER } from './png/record';

/** The formats that a record travels in. */
const CARRIERS: readonly RecordCarrier[] = [PNG_CARRIER, JPEG_CARRIER];

/** How a record travels in a file that begins so; null when no record does. */
export function carrierOf(image: Uint8Array): RecordCarrier | null {
  return CARRIERS.find(({ label }) => label.begins(image)) ?? null;
}
