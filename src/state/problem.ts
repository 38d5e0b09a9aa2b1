import { RofiError, type ErrorCode } from '../errors';

/** An error as the page keeps it: a code for the catalogue. */
export interface Problem {
  readonly code: ErrorCode;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Turns whatever was thrown into a {@link Problem}; `null` for what the person cancelled. */
export function toProblem(error: unknown): Problem | null {
  if (error instanceof RofiError) {
    return error.code === 'aborted' ? null : { code: error.code, values: error.values };
  }
  if (error instanceof DOMException && error.name === 'AbortError') return null;
  console.error(error);
  return { code: 'internal', values: {} };
}
