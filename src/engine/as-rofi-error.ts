import { RofiError, type ErrorCode } from '../errors';

const outOfMemory = /out of memory|bad_alloc|allocation failed|could not allocate|array length/i;

/** Gives whatever was thrown a code: its own, `out-of-memory` when it reads like that, else `otherwise`. */
export function asRofiError(thrown: unknown, otherwise: ErrorCode): RofiError {
  if (thrown instanceof RofiError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = outOfMemory.test(message) ? 'out-of-memory' : otherwise;
  return new RofiError(code, message, {}, { cause: thrown });
}
