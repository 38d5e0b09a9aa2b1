import { RofiError, type ErrorCode } from '../../errors';

const outOfMemory = /out of memory|bad_alloc|allocation failed|could not allocate|array length/i;

/** Gives whatever was thrown a code: its own, `out-of-memory` when it reads like that, else `otherwise` with its values. */
export function asRofiError(
  thrown: unknown,
  otherwise: ErrorCode,
  values: RofiError['values'] = {},
): RofiError {
  if (thrown instanceof RofiError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const isMemory = outOfMemory.test(message);
  return new RofiError(isMemory ? 'out-of-memory' : otherwise, message, isMemory ? {} : values, {
    cause: thrown,
  });
}
