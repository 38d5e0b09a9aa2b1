/** Canonical JSON (RFC 8785): one text for one value, so that what was read is all there was. */
import { RofiError } from '../errors';
import { decodeText, encodeText, equalBytes } from '../bytes';

/** UTF-8 of JSON with sorted names and no white space. Numbers must be finite. */
export function canonicalJson(value: object): Uint8Array<ArrayBuffer> {
  return encodeText(serialise(value));
}

/** The object that the bytes are the canonical JSON of; null when they are anything else, a name that is there twice included. */
export function parseCanonicalJson(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(decodeText(bytes) ?? '');
    return isObject(value) && equalBytes(canonicalJson(value), bytes) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function serialise(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(serialise).join(',')}]`;
  if (isObject(value)) {
    // Not by way of a sorted object: it would keep names that look like numbers in an order of their own.
    const fields = Object.entries(value).sort(byName);
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${serialise(field)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RofiError('internal', 'JSON cannot hold a number that is not finite');
  }
  return JSON.stringify(value);
}

/** By UTF-16 code units, as the RFC has it. */
function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
